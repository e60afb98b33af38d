"""The rules of ``grc_form`` that this addon uses, in Odoo or without it.

The two packages stand side by side, under another name in the unit tests: only the
name of the addon changes.
"""

from importlib import import_module

data = import_module(
    __package__.replace("grc_franceconnect", "grc_form") + ".data.base"
)
