"""Write the page of what a town must have validated, from the catalogue's files."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "addons/grc_form/catalogue"
TARGET = ROOT / "docs/catalogue-a-valider.md"

HEAD = """# Le catalogue : ce que la commune doit faire valider

Cette page s’adresse au juriste de la commune. Elle reprend, pour chaque démarche du
catalogue livré, ce que dit son fichier : l’effet du silence de la mairie, le texte qui
le fonde, les hypothèses et les doutes de ses auteurs.

Une démarche dont l’effet du silence est **à valider** ne peut pas être publiée : son
accusé de réception promettrait une chose fausse (CRPA, art. L231-1 à L231-6). La
commune choisit l’effet du silence dans la fiche de la démarche, indique le texte lu et
la date de lecture, puis publie.

Les démarches dont l’effet du silence est déjà renseigné ont été rapprochées d’un texte.
Aucune n’a de date de lecture : la commune l’indique quand elle a vérifié elle-même.

Cette page est écrite par `scripts/catalogue_page.py` à partir des fichiers : ne la
modifiez pas, corrigez le fichier de la démarche.
"""
EFFECTS = {
    "sva": "Acceptation",
    "svr": "Rejet",
    "none": "Aucun",
    "unknown": "À valider",
}
STARTS = {
    "default": "",
    "competent": ", depuis la réception par l’autorité compétente",
    "ack_sent": ", depuis l’envoi de l’accusé de réception",
}
NATURES = {
    "declaration": "déclaration",
    "question": "question",
    "report": "signalement",
    "document": "document",
    "request": "demande",
    "complaint": "réclamation",
    "appeal": "recours",
}
DOUBTS = ("confirmer", "valider", "vérifier", "proposition")


def text() -> str:
    """Return the content of the page that ships."""
    packs = json.loads((CATALOGUE / "packs.json").read_text(encoding="utf-8"))
    models = {pack["code"]: _models(pack["code"]) for pack in packs}
    everything = [own for pack in packs for own in models[pack["code"]]]
    parts = [HEAD, _summary(packs, models)]
    for pack in packs:
        parts.append(f"## {pack['name']}\n\n{_table(models[pack['code']])}")
    parts.append("## Pièces qu’aucun texte n’appuie\n\n" + _pieces(everything))
    parts.append("## Durées de conservation à confirmer\n\n" + _retention(everything))
    return _typography("\n".join(parts))


def _models(pack: str) -> list[dict]:
    paths = sorted((CATALOGUE / pack).glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def _rows(head: tuple, rows: list[tuple]) -> str:
    lines = [head, tuple("---" for _cell in head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines) + "\n"


def _cell(value: str) -> str:
    return " ".join(value.replace("|", "\\|").split())


def _title(own: dict) -> str:
    return f"{own['name']} ({own['code']})"


def _is_open(own: dict) -> bool:
    return own["law"]["regime"] == "unknown"


def _summary(packs: list, models: dict) -> str:
    rows = []
    for pack in packs:
        mine = models[pack["code"]]
        held = [own["code"] for own in mine if _is_open(own)]
        rows.append((pack["name"], str(len(mine)), str(len(held)), ", ".join(held)))
    mine = [own for some in models.values() for own in some]
    total = sum(map(_is_open, mine))
    rows.append(("Total", str(len(mine)), str(total), ""))
    return _rows(("Thème", "Démarches", "À valider", "Lesquelles"), rows)


def _effect(own: dict) -> str:
    law = own["law"]
    effect = EFFECTS[law["regime"]]
    if law["regime"] == "unknown":
        effect = f"**{effect}**"
    elif law["regime"] == "none":
        effect += f" ({NATURES[own['nature']]})"
    else:
        effect += f" après {law['months']} mois{STARTS[law['start_basis']]}"
    if law["prior_appeal"]:
        effect += " ; recours préalable obligatoire"
    if law["excluded"]:
        effect += " ; exclue de la saisine par voie électronique"
    return effect


def _table(models: list[dict]) -> str:
    rows = []
    for own in models:
        law = own["law"]
        texts = (law["source"] or "–", law["note"] or "–")
        rows.append((_title(own), _effect(own), *texts))
    head = ("Démarche", "Effet du silence", "Texte", "Hypothèses et doutes")
    return _rows(head, rows)


def _pieces(models: list[dict]) -> str:
    rows = [
        (_title(own), document["name"], "oui" if document["indispensable"] else "non")
        for own in models
        for document in own["documents"]
        if not document["legal_basis"]
    ]
    text = (
        "La commune indique la délibération ou le règlement qui les prévoit, ou cesse\n"
        "de les exiger.\n\n"
    )
    return text + _rows(("Démarche", "Pièce", "Indispensable"), rows)


def _retention(models: list[dict]) -> str:
    rows = [
        (_title(own), own["retention"])
        for own in models
        if any(word in own["retention"] for word in DOUBTS)
    ]
    return _rows(("Démarche", "Durée écrite dans la fiche"), rows)


def _typography(text: str) -> str:
    """Return the text with the no-break spaces of French before « : » and « ; »."""
    return text.replace(" ; ", "\u202f; ").replace(" : ", "\u00a0: ")


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
