"""Make ``addons/<addon>/rules`` importable as ``grc_rules.<addon>``, without Odoo.

Importing ``odoo.addons.<addon>.rules`` would load the models of the addon.
"""

import sys
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ADDONS = Path(__file__).resolve().parents[1] / "addons"
PACKAGE = "grc_rules"


class RulesFinder(MetaPathFinder):
    """Find ``grc_rules.<addon>``; what it contains is found by Python itself."""

    def find_spec(self, fullname, path=None, target=None):
        parent, _dot, addon = fullname.partition(".")
        folder = ADDONS / addon / "rules"
        init = folder / "__init__.py"
        if parent != PACKAGE or not addon or not init.is_file():
            return None
        return spec_from_file_location(
            fullname, init, submodule_search_locations=[str(folder)]
        )


def install() -> None:
    """Register the ``grc_rules`` package, once."""
    if PACKAGE not in sys.modules:
        package = ModuleType(PACKAGE, __doc__)
        package.__path__ = []
        sys.modules[PACKAGE] = package
        sys.meta_path.append(RulesFinder())


def load(name: str) -> ModuleType:
    """Return the module ``grc_rules.<name>``, such as ``load("grc_sve.clock")``."""
    install()
    return import_module(f"{PACKAGE}.{name}")


def load_beside(addon: str, name: str) -> ModuleType:
    """Return a module of ``addons/<addon>/tests`` that imports nothing but the rules.

    It must write ``from ..rules import module``: no other form finds the rules already
    loaded.
    """
    package = f"{PACKAGE}_tests.{addon}"
    if package not in sys.modules:
        folders = {"": [], ".tests": [str(ADDONS / addon / "tests")]}
        for part, path in folders.items():
            sys.modules[package + part] = ModuleType(package + part, __doc__)
            sys.modules[package + part].__path__ = path
        sys.modules.setdefault(f"{PACKAGE}_tests", ModuleType(f"{PACKAGE}_tests"))
        sys.modules[f"{package}.rules"] = load(addon)
    return import_module(f"{package}.tests.{name}")
