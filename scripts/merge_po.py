"""Bring an addon's fr.po up to its .pot: new terms empty, old ones dropped.

    merge_po.py ADDON_FOLDER…     (called by ./grc i18n, which exports the .pot)

A translation is kept when its source did not change; nothing is guessed. Prints
what is left to translate and ends non-zero when something is.
"""

import sys
from pathlib import Path

import polib


def merge(addon: Path) -> int:
    """Merge and return the number of terms left to translate."""
    template = polib.pofile(addon / "i18n" / f"{addon.name}.pot")
    path = addon / "i18n" / "fr.po"
    known = {}
    if path.exists():
        known = {(e.msgctxt, e.msgid): e.msgstr for e in polib.pofile(path)}
    merged = polib.POFile(wrapwidth=78)
    merged.metadata = {
        key: value
        for key, value in template.metadata.items()
        if key not in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator")
    } | {"Language": "fr", "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    empty = 0
    for entry in template:
        entry.msgstr = known.get((entry.msgctxt, entry.msgid), "")
        empty += not entry.msgstr
        if not entry.msgstr:
            sys.stdout.write(f"{addon.name}: {entry.msgid!r}\n")
        merged.append(entry)
    merged.save(path)
    return empty


if __name__ == "__main__":
    sys.exit(1 if sum(merge(Path(folder)) for folder in sys.argv[1:]) else 0)
