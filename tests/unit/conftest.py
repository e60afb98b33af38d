"""Make the rules of the addons and the scripts importable, without Odoo."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import rules_loader
from hypothesis import settings

rules_loader.install()

# Every run draws the same examples: a failure is never a matter of luck.
settings.register_profile(
    "unit", deadline=None, max_examples=50, database=None, derandomize=True
)
settings.load_profile("unit")
