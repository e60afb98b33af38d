"""The tree under test, and small bad trees that the checks must catch."""

from pathlib import Path

import pytest

from .tree import Tree


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
