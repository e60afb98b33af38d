"""A town for the benchmark of forms: a published prestation of sixty questions."""

QUESTIONS = 60
OPTIONS = [
    {"value": value, "label": f"Answer {value}"} for value in ("a", "b", "c", "d")
]
# Kind, how many, attributes: what a long form of a town is made of.
MIX = (
    ("text", 18, {"max_length": 100}),
    ("long_text", 3, {}),
    ("integer", 6, {"min": 0, "max": 9999}),
    ("amount", 3, {}),
    ("date", 6, {}),
    ("yes_no", 8, {}),
    ("choice", 8, {"options": OPTIONS}),
    ("choices", 3, {"options": OPTIONS}),
    ("email", 2, {}),
    ("phone", 2, {}),
    ("siret", 1, {}),
)
TYPED = {
    "text": {"": "Rue des Tilleuls"},
    "long_text": {"": "Une phrase.\nUne autre phrase."},
    "integer": {"": "12"},
    "amount": {"": "12,50"},
    "date": {".day": "3", ".month": "4", ".year": "2031"},
    "yes_no": {"": "yes"},
    "choice": {"": "b"},
    "choices": {"": ["a", "c"]},
    "email": {"": "zoe.martin@example.com"},
    "phone": {"": "06 12 34 56 78"},
    "siret": {"": "732 829 320 00074"},
}


def questions() -> list[dict]:
    """Return the sixty questions, kinds mixed; one in four has a condition."""
    left = [[kind, count, attributes] for kind, count, attributes in MIX]
    made: list[dict] = []
    while len(made) < QUESTIONS:
        for line in left:
            if line[1]:
                line[1] -= 1
                made.append(_question(len(made), line[0], line[2], made))
    return made


def _question(rank, kind, attributes, before):
    known = [one for one in before if one["type"] in ("yes_no", "choice")]
    condition = None
    if rank % 4 == 3 and known:
        asked = known[-1]
        value = True if asked["type"] == "yes_no" else "b"
        condition = {
            "any": [
                {"q": asked["code"], "op": "eq", "value": value},
                {"q": known[0]["code"], "op": "empty"},
            ]
        }
    return {
        "kind": "question",
        "code": f"q{rank}_{kind}",
        "type": kind,
        "label": f"Question {rank} of the form, as a town words it?",
        "help": "As it stands on the letter that you received." if rank % 3 else "",
        "required": rank % 2 == 0,
        "visible_if": condition,
    } | attributes


def typed() -> dict:
    """Return what a citizen types in the inputs of the sixty questions."""
    return {
        f"{one['code']}{part}": text
        for one in questions()
        for part, text in TYPED[one["type"]].items()
    }


def make_prestation(env, items=None, code="BENCH"):
    """Return a prestation of the town with a published form of ``items``."""
    company = env.ref("base.main_company")
    company.write(
        {
            "street": "1 place de la Mairie",
            "zip": "99000",
            "city": "Banc",
            "email": "mairie@example.com",
        }
    )
    service = env["grc.service"].create(
        {
            "name": f"Service {code}",
            "street": "1 place de la Mairie",
            "zip": "99000",
            "city": "Banc",
            "phone": "01 99 00 00 01",
            "email": "service@example.com",
        }
    )
    theme = env["grc.theme"].create({"name": f"Theme {code}"})
    prestation = env["grc.prestation"].create(
        {
            "name": f"Prestation {code}",
            "code": code,
            "theme_id": theme.id,
            "service_id": service.id,
            "summary": "One sentence.",
            "state": "published",
            "silence_regime": "none",
            "for_company": False,
            "for_association": False,
            "retention_text": "One year",
            "privacy_purpose": "To measure",
            "privacy_legal_basis": "Public interest (GDPR, art. 6.1.e)",
            "privacy_recipients": "The service in charge",
        }
    )
    draft = prestation._draft_version()
    draft._fill_from_schema(schema(items or questions()))
    draft.action_publish()
    return prestation


def schema(items) -> dict:
    """Return a form of one page that asks ``items``."""
    page = {"code": "page_all", "title": "All", "visible_if": None, "items": items}
    return {"format": 1, "pages": [page], "checks": [], "stops": []}
