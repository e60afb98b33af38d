"""The tree under test, and small bad trees that the checks must catch."""

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "scripts"), str(TESTS / "unit")]

import rules_loader

from .tree import Tree

# The catalogue is read with the rules of the addons, without Odoo.
rules_loader.install()


@pytest.fixture(scope="session")
def tree() -> Tree:
    return Tree(Path(__file__).resolve().parents[2])


@pytest.fixture
def sample(tmp_path):
    """Return a function that writes files and gives back their tree."""

    def write(files: dict[str, str]) -> Tree:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Tree(tmp_path)

    return write
