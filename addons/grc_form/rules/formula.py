"""Formulas of computed questions: from text to a JSON tree and back.

``tarif * count(enfants)`` becomes ``{"op": "mul", "args": [{"q": "tarif"}, …]}``.
Numbers are canonical decimal strings. ``formula_value`` evaluates the tree.
"""

import re

LONGEST = 2000
DEEPEST = 40
# Functions and their numbers of arguments, at least and at most.
ARITIES = {
    "min": (1, 20),
    "max": (1, 20),
    "round": (1, 2),
    "sum": (1, 1),
    "count": (1, 1),
    "age": (1, 1),
    "days": (2, 2),
    "add_days": (2, 2),
    "add_months": (2, 2),
    "if": (3, 3),
    "filled": (1, 1),
    "empty": (1, 1),
}
FRENCH = {
    "somme": "sum",
    "nombre": "count",
    "arrondi": "round",
    "jours": "days",
    "ajoute_jours": "add_days",
    "ajoute_mois": "add_months",
    "si": "if",
    "rempli": "filled",
    "vide": "empty",
    "et": "and",
    "ou": "or",
    "non": "not",
    "oui": "yes",
    "aujourdhui": "today",
}
# Operators from the loosest to the tightest.
LEVELS = (
    {"or": "or"},
    {"and": "and"},
    {"=": "eq", "!=": "ne", "<=": "le", ">=": "ge", "<": "lt", ">": "gt"},
    {"+": "add", "-": "sub"},
    {"*": "mul", "/": "div"},
)
BINARY = {op: sign for level in LEVELS for sign, op in level.items()}
TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)
        |(?P<name>[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-z0-9_]+)*)
        |"(?P<text>[^"]{1,200})"
        |(?P<sign><=|>=|!=|[-+*/(),;=<>]))""",
    re.VERBOSE | re.ASCII,
)


class FormulaError(ValueError):
    """Say why a formula cannot be read: a code, and where.

    :param code: ``formula_syntax``, ``formula_function``, ``formula_arguments``,
        ``formula_too_long`` or ``formula_tree``
    :param params: ``position`` (from 1) or ``name``
    """

    def __init__(self, code: str, **params):
        super().__init__(code, params)
        self.code, self.params = code, params


def parse(text: str):
    """Return the tree of a formula.

    :param text: as an administrator types it; French names of functions are accepted
    :raise FormulaError: when it cannot be read

    Source: none (technical)
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise FormulaError("formula_too_long", longest=LONGEST)
    parser = _Parser(text)
    tree = parser.expression(0)
    if parser.kind != "end":
        parser.fail()
    check_tree(tree)
    return tree


class _Parser:
    def __init__(self, text: str):
        self.text, self.depth = text, 0
        self.start = self.end = 0
        self.advance()

    def advance(self) -> None:
        self.start = self.end
        found = TOKEN.match(self.text, self.end)
        if found:
            self.end, self.kind = found.end(), found.lastgroup
            self.token = found.group(self.kind)
            if self.kind == "name":
                self.token = self.token.lower()
        elif self.text[self.end :].strip():
            self.fail()
        else:
            self.kind, self.token = "end", ""

    def fail(self, code="formula_syntax", **params):
        raise FormulaError(code, **(params or {"position": self.start + 1}))

    def word(self) -> str:
        return FRENCH.get(self.token, self.token) if self.kind == "name" else ""

    def accept(self, *signs: str) -> bool:
        if self.kind == "sign" and self.token in signs:
            self.advance()
            return True
        return False

    def expression(self, level: int):
        self.depth += 1
        if self.depth > 200:
            self.fail("formula_too_long", longest=LONGEST)
        if level == len(LEVELS):
            tree = self.factor()
        else:
            tree = self.expression(level + 1)
            while operator := self.operator(level):
                self.advance()
                tree = _node(operator, tree, self.expression(level + 1))
        self.depth -= 1
        return tree

    def operator(self, level: int) -> str | None:
        token = self.word() if self.kind == "name" else self.token
        return LEVELS[level].get(token) if self.kind in ("name", "sign") else None

    def factor(self):
        if self.accept("-"):
            return _node("neg", self.expression(len(LEVELS)))
        if self.accept("("):
            tree = self.expression(0)
            self.close()
            return tree
        kind, token, word = self.kind, self.token, self.word()
        if kind not in ("number", "text", "name"):
            self.fail()
        self.advance()
        if kind == "number":
            return _number(token)
        if kind == "text":
            return {"text": token}
        return self.named(token, word)

    def named(self, token: str, word: str):
        if word == "not":
            return _node("not", self.expression(2))
        if self.accept("("):
            return self.call(word)
        if word in ("yes", "no", "today"):
            return {"today": {}} if word == "today" else word == "yes"
        if word in ("and", "or"):
            self.fail()
        return {"q": token}

    def call(self, name: str):
        if name not in ARITIES:
            self.fail("formula_function", name=name)
        args = [self.expression(0)]
        while self.accept(",", ";"):
            args.append(self.expression(0))
        self.close()
        return _node(name, *args)

    def close(self) -> None:
        if not self.accept(")"):
            self.fail()


def _node(operator: str, *args) -> dict:
    return {"op": operator, "args": list(args)}


def _number(token: str) -> str:
    whole, _dot, digits = token.partition(".")
    digits = digits.rstrip("0")
    return f"{int(whole)}.{digits}" if digits else str(int(whole))


def check_tree(tree, depth: int = 0) -> None:
    """Check a tree that may come from a file.

    :raise FormulaError: when an operator, its arguments or a leaf is unknown

    Source: none (technical)
    """
    if depth > DEEPEST:
        raise FormulaError("formula_too_long", longest=LONGEST)
    if not isinstance(tree, dict) or set(tree) != {"op", "args"}:
        return _check_leaf(tree)
    name, args = tree["op"], tree["args"]
    if not isinstance(name, str) or not isinstance(args, list):
        raise FormulaError("formula_tree")
    least, most = (2, 2) if name in BINARY else ARITIES.get(name, (1, 1))
    if name not in BINARY and name not in ARITIES and name not in ("neg", "not"):
        raise FormulaError("formula_function", name=name)
    if not least <= len(args) <= most:
        raise FormulaError("formula_arguments", name=name)
    if name in ("sum", "count", "filled", "empty") and "q" not in args[0]:
        raise FormulaError("formula_arguments", name=name)
    for arg in args:
        check_tree(arg, depth + 1)
    return None


def _check_leaf(leaf) -> None:
    if isinstance(leaf, str):
        right = bool(re.fullmatch(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", leaf))
    elif isinstance(leaf, dict) and len(leaf) == 1:
        ((key, value),) = leaf.items()
        if key == "q":
            right = isinstance(value, str) and 0 < len(value) <= 120
        elif key == "text":
            right = isinstance(value, str) and 0 < len(value) <= 200
        else:
            right = key == "today" and value == {}
    else:
        right = isinstance(leaf, bool)
    if not right:
        raise FormulaError("formula_tree")


def reads(tree) -> set[str]:
    """Return the question codes that a tree reads; ``sum(block.code)`` reads the block.

    Source: none (technical)
    """
    if not isinstance(tree, dict):
        return set()
    if "q" in tree:
        return {str(tree["q"]).split(".")[0]}
    return {code for arg in tree.get("args", ()) for code in reads(arg)}


def unparse(tree) -> str:
    """Return the text of a tree, with the parentheses it needs only.

    Source: none (technical)
    """
    return _unparse(tree, 0)


def _unparse(tree, level: int) -> str:
    if isinstance(tree, bool):
        return "yes" if tree else "no"
    if isinstance(tree, str):
        return tree
    if "op" not in tree:
        return tree.get("q") or (f'"{tree["text"]}"' if "text" in tree else "today")
    name, args = tree["op"], tree["args"]
    if name in ("neg", "not"):
        inner = _unparse(args[0], len(LEVELS) if name == "neg" else 2)
        text = f"-{inner}" if name == "neg" else f"not {inner}"
        return f"({text})" if level > (len(LEVELS) if name == "neg" else 2) else text
    if name not in BINARY:
        return f"{name}({', '.join(_unparse(arg, 0) for arg in args)})"
    mine = next(i for i, signs in enumerate(LEVELS) if BINARY[name] in signs)
    left, right = _unparse(args[0], mine), _unparse(args[1], mine + 1)
    text = f"{left} {BINARY[name]} {right}"
    return f"({text})" if level > mine else text
