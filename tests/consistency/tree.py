"""Reads the repository for the consistency checks: files, line numbers, findings."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__", ".pytest_cache", "shots"}
SKIPPED_FOLDERS |= {".ruff_cache", ".hypothesis", "results"}


@dataclass
class Findings:
    """What a check looked at, and what it found wrong."""

    checked: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")

    def assert_clean(self) -> None:
        """Fail when the check looked at nothing, or found something."""
        checked = self.checked
        assert checked, "This check looked at nothing: it proves nothing."
        assert not self.problems, "\n" + "\n".join(self.problems)


@cache
def _parse(path: Path, _mtime: float) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@dataclass(frozen=True)
class Tree:
    """One checkout of the repository."""

    root: Path

    # === PATHS === #

    def name(self, path: Path, line: int | None = None) -> str:
        """Return ``path`` as a reader clicks on it: relative, with its line."""
        name = path.relative_to(self.root).as_posix()
        return f"{name}:{line}" if line else name

    def walk(self, *folders: str) -> Iterator[Path]:
        """Yield every file under the folders (default: the whole tree), sorted."""
        for folder in folders or (".",):
            for parent, names, files in os.walk(self.root / folder):
                names[:] = sorted(set(names) - SKIPPED_FOLDERS)
                for file in sorted(files):
                    yield Path(parent) / file

    def files(self, *patterns: str) -> list[Path]:
        """Return the files that match one of the glob patterns, sorted."""
        found = {path for pattern in patterns for path in self.root.glob(pattern)}
        return sorted(
            path
            for path in found
            if path.is_file() and not SKIPPED_FOLDERS & set(path.parts)
        )

    @cached_property
    def addons(self) -> list[Path]:
        """The folders of our addons."""
        return [path.parent for path in self.files("addons/grc_*/__manifest__.py")]

    def manifest(self, addon: Path) -> dict:
        return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))

    # === PYTHON === #

    def parse(self, path: Path) -> ast.Module:
        return _parse(path, path.stat().st_mtime)

    def python(self, *, tests: bool = False) -> list[Path]:
        """Return the Python files of the addons, with or without their tests."""
        return [
            path
            for path in self.files("addons/**/*.py")
            if tests or "tests" not in path.relative_to(self.root).parts
        ]

    @cached_property
    def tests_text(self) -> str:
        """Everything our tests say, in one string."""
        paths = self.files("addons/*/tests/**/*.py", "tests/**/*.py")
        own = self.root / "tests" / "consistency"
        return "\n".join(
            path.read_text(encoding="utf-8")
            for path in paths
            if own not in path.parents
        )

    # === XML === #

    def xml(self) -> Iterator[tuple[Path, etree._ElementTree]]:
        for path in self.files("addons/**/*.xml"):
            yield path, etree.parse(str(path))


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for an attribute chain, an empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        prefix = dotted(node.value)
        return f"{prefix}.{node.attr}" if prefix else node.attr
    return ""


def literal(node: ast.AST | None) -> str | None:
    """Return the text of a string literal, None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
