"""Write the JSON Schema of the file of a prestation, from the rules that check it."""

import json
from pathlib import Path

import rules_loader

TARGET = (
    Path(__file__).resolve().parents[1]
    / "addons/grc_form/static/schema/grc-prestation-1.json"
)


def text() -> str:
    """Return the content of the file that ships."""
    schema = rules_loader.load("grc_form.portable_schema").json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
