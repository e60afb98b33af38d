"""Checks of the files around the code: manifests, readmes, documents, paths."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from .tree import Findings, Tree

MANIFEST_KEYS = {"name", "version", "license", "author", "category", "summary"}
MANIFEST_KEYS |= {"depends", "data"}
OPTIONAL_KEYS = {"application", "assets", "auto_install", "demo", "description"}
OPTIONAL_KEYS |= {"external_dependencies", "installable", "post_init_hook", "sequence"}
OPTIONAL_KEYS |= {"pre_init_hook", "uninstall_hook", "website", "countries"}
FIXED = {"license": "AGPL-3", "author": "GRC Admiville", "category": "Services/GRC"}
VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
# Who may depend on whom: arrows only point down (shared design, section 1).
LAYERS = {
    "grc_base": 0,
    "grc_form": 1,
    "grc_sve": 2,
    "grc_portal": 3,
    "grc_helpdesk": 3,
    "grc_franceconnect": 4,
    "grc_demo": 5,
}
FRAGMENTS = ("DESCRIPTION", "CONTEXT", "CONFIGURE", "USAGE", "ROADMAP")
LOADED_FOLDERS = ("data", "views", "security", "wizards", "reports", "report")
TEXT_SUFFIXES = {"", ".cfg", ".cjs", ".conf", ".csv", ".css", ".eml", ".ini", ".js"}
TEXT_SUFFIXES |= {".json", ".md", ".mjs", ".po", ".pot", ".py", ".scss", ".sh", ".sql"}
TEXT_SUFFIXES |= {".svg", ".toml", ".txt", ".xml", ".yaml", ".yml"}
# A person's or one machine's folder: « ~ », « $HOME » and the cache folder move.
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:root|home/[a-z]\w*|work|Users/\w+)/[\w.]")

# === MANIFESTS === #


def _key_lines(path: Path) -> dict[str, int]:
    node = ast.parse(path.read_text(encoding="utf-8")).body[-1].value
    return {key.value: key.lineno for key in node.keys}


def _manifest_problems(addon: Path, manifest: dict) -> Iterator[tuple[str, str]]:
    """Yield (key, what is wrong with it)."""
    for key in sorted(MANIFEST_KEYS - set(manifest)):
        yield key, f"the key {key!r} is missing"
    for key in sorted(set(manifest) - MANIFEST_KEYS - OPTIONAL_KEYS):
        yield key, f"unknown key {key!r}"
    for key, value in FIXED.items():
        if manifest.get(key) != value:
            yield key, f"{key} must be {value!r}"
    if not VERSION.fullmatch(str(manifest.get("version"))):
        yield "version", "the version must be 19.0.x.y.z"
    for other in manifest.get("depends", ()):
        if other.startswith("grc_") and LAYERS[other] >= LAYERS[addon.name]:
            yield "depends", f"{addon.name} may not depend on {other}"


def check_manifests(tree: Tree) -> Findings:
    """Keys, version, licence and dependencies of each addon are the house's."""
    found = Findings()
    for addon in tree.addons:
        found.checked += 1
        path = addon / "__manifest__.py"
        lines = _key_lines(path)
        for key, what in _manifest_problems(addon, tree.manifest(addon)):
            found.add(tree.name(path, lines.get(key, 1)), what)
    return found


def _is_table(addon: Path, file: Path) -> bool:
    """Tell whether a CSV file is a table that the rules read: Odoo does not load it."""
    return file.suffix == ".csv" and any(
        f'"{file.name}"' in module.read_text(encoding="utf-8")
        for module in (addon / "rules").glob("**/*.py")
    )


def check_manifest_files(tree: Tree) -> Findings:
    """Each loaded file is in the manifest, and each file of the manifest exists."""
    found = Findings()
    for addon in tree.addons:
        manifest = tree.manifest(addon)
        listed = {*manifest.get("data", ()), *manifest.get("demo", ())}
        path = addon / "__manifest__.py"
        for name in sorted(listed):
            found.checked += 1
            if not (addon / name).is_file():
                found.add(tree.name(path), f"lists {name}, which does not exist")
        for folder in (*LOADED_FOLDERS, "demo"):
            for file in tree.walk((addon / folder).relative_to(tree.root).as_posix()):
                name = file.relative_to(addon).as_posix()
                is_left_out = file.suffix in {".xml", ".csv"} and name not in listed
                if is_left_out and not _is_table(addon, file):
                    found.add(tree.name(file), "is in no manifest: never loaded")
    return found


def check_readme_fragments(tree: Tree) -> Findings:
    """Each addon says what it is, why, how to set it up and use it, and its limits."""
    found = Findings()
    for addon in tree.addons:
        for fragment in FRAGMENTS:
            found.checked += 1
            path = addon / "readme" / f"{fragment}.md"
            if not path.is_file() or not path.read_text(encoding="utf-8").strip():
                found.add(tree.name(path), "is missing or empty")
    return found


# === DOCUMENTS === #


def check_documents(tree: Tree) -> Findings:
    """Links and file names of our documents lead somewhere; ./grc commands exist."""
    found = Findings()
    script = tree.root / "grc"
    commands = script.read_text(encoding="utf-8") if script.exists() else ""
    pages = tree.files("*.md", "docs/**/*.md", "addons/*/readme/*.md")
    for page in pages:
        for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
            where = tree.name(page, number)
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                found.checked += 1
                parts = urlsplit(target)
                is_ours = parts.path and not parts.scheme
                if is_ours and not (page.parent / parts.path).exists():
                    found.add(where, f"the link {target} leads nowhere")
            for name in re.findall(r"`((?:addons|tests|docs|scripts)/[\w./-]+)`", line):
                found.checked += 1
                if not (tree.root / name).exists():
                    found.add(where, f"{name} does not exist")
            for command in re.findall(r"\./grc ([a-z0-9]+)", line):
                found.checked += 1
                if not re.search(rf"\b{command}\b", commands):
                    found.add(where, f"./grc {command} does not exist")
    return found


def check_logins(tree: Tree) -> Findings:
    """README.md names the people of the demo town, all of them."""
    found = Findings()
    readme = (tree.root / "README.md").read_text(encoding="utf-8")
    for path in tree.files("addons/grc_demo/logins.txt"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            login = line.partition("\t")[0]
            if login:
                found.checked += 1
                if f"`{login}`" not in readme:
                    found.add(tree.name(path, number), f"README.md has no {login}")
    return found


def check_dependencies(tree: Tree) -> Findings:
    """docs/dependencies.md gives a reason for each package that we pin."""
    found = Findings()
    page = (tree.root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for path in tree.files("requirements*.txt", "package.json", "tests/*/package.json"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            match = re.match(r'(?:    ")?([\w-]+)(?:[=<]=|": "\d)', line)
            if match and match[1] != "version":
                found.checked += 1
                if f"`{match[1]}`" not in page:
                    where = tree.name(path, number)
                    found.add(where, f"docs/dependencies.md has no {match[1]}")
    return found


# === NO TRACE OF ONE MACHINE === #


def mirror_hosts() -> set[str]:
    """Return the hosts from which this machine takes its packages."""
    commands = (
        ("apt-get", "indextargets", "--format", "$(SITE)"),
        ("pip", "config", "get", "global.index-url"),
        ("npm", "config", "get", "registry"),
    )
    hosts = set()
    for command in commands:
        try:
            result = subprocess.run(
                command, capture_output=True, text=True, timeout=30, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        for url in result.stdout.split():
            hosts.add(urlsplit(url).hostname or "")
    return {host for host in hosts if "." in host and not host.startswith("127.")}


def check_no_machine(tree: Tree, hosts: set[str]) -> Findings:
    """No mirror's host and no folder of one machine is written in a file."""
    found = Findings()
    for path in tree.walk():
        if path.suffix not in TEXT_SUFFIXES or path.stat().st_size > 5_000_000:
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a sample mail in another charset
        found.checked += 1
        for number, line in enumerate(lines, 1):
            for host in hosts:
                if host in line:
                    found.add(tree.name(path, number), "names a package mirror")
            if match := MACHINE_PATH.search(line):
                found.add(tree.name(path, number), f"a machine's path: {match[0]}…")
    return found
