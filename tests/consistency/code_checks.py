"""Checks of the Python code: rights, routes, privileges, rules, tests."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from .tree import Findings, Tree, dotted, literal

PUBLIC_GROUPS = ("base.group_public", "base.group_portal")
ARTICLE = re.compile(r"\b[LRD]\.?\s?\*?\s?\d{1,4}(?:-\d+)+\b|\bart\. \d+\b")

# === 1-2: MODELS AND ACCESS ROWS === #


def models(tree: Tree, addon: Path) -> Iterator[tuple[str, Path, int]]:
    """Yield (model, file, line) for the models that the addon creates."""
    for path in tree.python():
        if addon not in path.parents:
            continue
        for node in ast.walk(tree.parse(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            bases = {dotted(base).rpartition(".")[2] for base in node.bases}
            if not bases & {"Model", "TransientModel"}:
                continue
            values = {
                target.id: stmt.value
                for stmt in node.body
                if isinstance(stmt, ast.Assign)
                for target in stmt.targets
                if isinstance(target, ast.Name)
            }
            name = literal(values.get("_name"))
            if name and literal(values.get("_inherit")) != name:
                yield name, path, node.lineno


def access_rows(addon: Path) -> Iterator[tuple[int, dict[str, str]]]:
    path = addon / "security" / "ir.model.access.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            for row in reader:
                yield reader.line_num, row


def check_models_have_rights(tree: Tree) -> Findings:
    """Every model has an access row in its addon and an access test naming it."""
    found = Findings()
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in tree.files("addons/*/tests/test_*_access.py")
    )
    for addon in tree.addons:
        rows = {
            row["model_id:id"].rpartition(".")[2] for _line, row in access_rows(addon)
        }
        for name, path, line in models(tree, addon):
            found.checked += 1
            where = tree.name(path, line)
            if "model_" + name.replace(".", "_") not in rows:
                found.add(where, f"{name} has no row in ir.model.access.csv")
            if not re.search(rf"[\"']{re.escape(name)}[\"']", tests):
                found.add(where, f"{name} is named by no test_*_access.py")
    return found


def check_access_rows(tree: Tree) -> Findings:
    """No access row without a group, none that lets the public or a citizen write."""
    found = Findings()
    for addon in tree.addons:
        path = addon / "security" / "ir.model.access.csv"
        for line, row in access_rows(addon):
            found.checked += 1
            where, group = tree.name(path, line), row["group_id:id"]
            if not group:
                found.add(where, f"{row['id']} has no group")
            written = [
                key
                for key in ("perm_write", "perm_create", "perm_unlink")
                if row[key] != "0"
            ]
            if group in PUBLIC_GROUPS and written:
                found.add(where, f"{row['id']} gives {', '.join(written)} to {group}")
    return found


# === 3: RULES OF LAW === #


def rules_functions(tree: Tree) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Yield the public functions of every ``rules/``, methods included."""
    for path in tree.files("addons/*/rules/**/*.py"):
        module = tree.parse(path)
        classes = [
            node
            for node in module.body
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        ]
        for owner in (module, *classes):
            for node in owner.body:
                if isinstance(node, ast.FunctionDef) and node.name[0] != "_":
                    yield path, node


def source_of(function: ast.FunctionDef) -> str:
    """Return what follows ``Source:`` in the docstring, on however many lines."""
    _before, _found, after = (ast.get_docstring(function) or "").partition("Source:")
    return " ".join(after.split())


def _flat(text: str) -> str:
    """Return the text with its articles written in one way: L231-1, art. 17."""
    return re.sub(r"\b([LRD])\.?\s?\*?\s?(?=\d)", r"\1", text)


def check_rules_have_sources(tree: Tree) -> Findings:
    """Each rule cites its source; each cited article stands in legal.md and a test."""
    found = Findings()
    legal_path = tree.root / "docs" / "legal.md"
    legal = legal_path.read_text(encoding="utf-8") if legal_path.exists() else ""
    legal, tests = _flat(legal), _flat(tree.tests_text)
    for path, function in rules_functions(tree):
        found.checked += 1
        where = tree.name(path, function.lineno)
        source = source_of(function)
        if not source:
            found.add(where, f"{function.name}() cites no source (« Source: … »)")
        for article in ARTICLE.findall(_flat(source)):
            pattern = rf"{re.escape(article)}(?![\d-])"
            if not re.search(pattern, legal):
                found.add(where, f"{article} is not in docs/legal.md")
            if not re.search(pattern, tests):
                found.add(where, f"{article} is cited by no test")
        technical = source.startswith("none")
        if not technical and not re.search(rf"\b{function.name}\b", legal):
            found.add(where, f"{function.name}() is not in docs/legal.md")
    return found


def check_legal_page(tree: Tree) -> Findings:
    """Each test and file that docs/legal.md names exists."""
    found = Findings()
    path = tree.root / "docs" / "legal.md"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        for name in re.findall(r"\btest_\w+\b", line):
            found.checked += 1
            is_file = any(True for _path in tree.files(f"**/{name}.py"))
            if not is_file and not re.search(rf"\b{name}\b", tree.tests_text):
                found.add(tree.name(path, number), f"there is no test {name}")
    return found


# === 4: ROUTES === #


def routes(tree: Tree) -> Iterator[tuple[Path, ast.FunctionDef, ast.Call]]:
    for path in tree.python():
        for node in ast.walk(tree.parse(path)):
            for decorator in getattr(node, "decorator_list", ()):
                is_call = isinstance(decorator, ast.Call)
                if is_call and dotted(decorator.func).split(".")[-1] == "route":
                    yield path, node, decorator


def urls_of(route: ast.Call) -> list[str]:
    values = [*route.args, *(k.value for k in route.keywords if k.arg == "route")]
    nodes = [
        item
        for value in values
        for item in (value.elts if isinstance(value, ast.List) else [value])
    ]
    return [text for node in nodes if (text := literal(node))]


def url_pattern(url: str) -> re.Pattern:
    """Return the expression that finds a call of ``url`` in the text of a test."""
    parts = re.split(r"<[^>]*>", url)
    middle = r"[^/\s\"'?]+".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![\w/.-]){middle}(?![\w/.-])|(?<=[}}/]){middle}(?![\w/.-])")


def check_routes(tree: Tree) -> Findings:
    """Every route says its methods, is named in a test, and a page is a website's."""
    found = Findings()
    for path, function, route in routes(tree):
        found.checked += 1
        where = tree.name(path, route.lineno)
        keywords = {keyword.arg: keyword.value for keyword in route.keywords}
        if not route.args and not keywords:
            continue  # a plain override: everything is inherited from the core route
        if "methods" not in keywords:
            found.add(where, f"the route of {function.name}() has no methods=")
        renders = any(
            isinstance(node, ast.Call) and dotted(node.func) == "request.render"
            for node in ast.walk(function)
        )
        if renders and "website" not in keywords:
            found.add(where, f"{function.name}() renders a page without website=True")
        for url in urls_of(route):
            if not url_pattern(url).search(tree.tests_text):
                found.add(where, f"the route {url} is called by no test")
    return found


# === 7: TESTS THAT RUN === #


def check_tests_are_imported(tree: Tree) -> Findings:
    """Every test_*.py of an addon is imported by its tests/__init__.py."""
    found = Findings()
    for path in tree.files("addons/*/tests/test_*.py"):
        found.checked += 1
        init = path.parent / "__init__.py"
        names = set()
        if init.exists():
            for node in ast.walk(tree.parse(init)):
                if isinstance(node, ast.ImportFrom):
                    names |= {alias.name for alias in node.names}
                    names.add((node.module or "").rpartition(".")[2])
        if path.stem not in names:
            found.add(tree.name(path), "is not imported by tests/__init__.py")
    return found


# === 9: PRIVILEGES === #


def _statements(module: ast.Module) -> dict[int, range]:
    """Return {line: lines of the innermost statement that holds it}, without bodies."""
    lines_of = {}
    for node in ast.walk(module):  # parents come first, so the innermost one wins
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno if body else node.end_lineno + 1
            lines = range(node.lineno, max(end, node.lineno + 1))
            for line in lines:
                lines_of[line] = lines
    return lines_of


def _has_reason(lines: list[str], line: int, mark: str) -> bool:
    """Tell whether ``mark`` stands on the line, or in the comment just above it."""
    if mark in lines[line - 1]:
        return True
    above = line - 1
    while above >= 1 and lines[above - 1].lstrip().startswith(("#", "<!--")):
        if mark in lines[above - 1]:
            return True
        above -= 1
    return False


def check_sudo(tree: Tree) -> Findings:
    """Every ``.sudo(`` says why, in its statement or in the comment just above."""
    found = Findings()
    for path in tree.python():
        lines = path.read_text(encoding="utf-8").splitlines()
        module = tree.parse(path)
        statements = _statements(module)
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute
            ):
                continue
            if node.func.attr != "sudo":
                continue
            found.checked += 1
            line = node.func.end_lineno
            places = statements.get(line, [line])
            if not any(_has_reason(lines, place, "# sudo:") for place in places):
                found.add(tree.name(path, line), ".sudo( without a « # sudo: why »")
    for path in tree.files("addons/**/*.xml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if ".sudo(" in line:
                found.checked += 1
                if not _has_reason(lines, number, "sudo:"):
                    found.add(tree.name(path, number), ".sudo( without its reason")
    return found
