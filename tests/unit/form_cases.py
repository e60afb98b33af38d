"""Forms that the tests of grc_form share."""

from datetime import date

from grc_rules.grc_form.types import Context

TODAY = date(2026, 11, 24)
CONTEXT = Context(today=TODAY)


def question(code, kind="text", **more):
    base = {"kind": "question", "code": code, "type": kind, "label": f"Votre {code}"}
    return base | {"required": False} | more


def choice(code, *values, **more):
    options = [{"value": value, "label": value.title()} for value in values]
    return question(code, "choice", options=options) | more


def block(code, *items, **more):
    base = {"kind": "block", "code": code, "label": f"Vos {code}", "items": [*items]}
    return base | {"item_label": "Ligne", "min": 0, "max": 3} | more


def piece(code, document="ATTEST", **more):
    base = {"kind": "piece", "code": code, "document": document, "label": code.title()}
    return base | {"required": True} | more


def page(code, *items, **more):
    return {"code": code, "title": code.title(), "items": [*items]} | more


def form(*pages, **more):
    """Return a schema of the pages, or of one page of the items given."""
    if pages and "kind" in pages[0]:
        pages = (page("p1", *pages),)
    return {"format": 1, "pages": [*pages], "checks": [], "stops": []} | more


def q(code, operator, value=None, **more):
    leaf = {"q": code, "op": operator} | more
    return leaf if operator in ("empty", "filled") or more else leaf | {"value": value}


def hall():
    """Return the loan of a hall: the example of the contract, with everything."""
    return form(
        page(
            "projet",
            {"kind": "section", "code": "s_lieu", "title": "Le lieu", "help": ""},
            choice("salle", "grande", "petite", required=True),
            question("debut", "date", min={"today": {"days": 15}}, required=True),
            question("fin", "date"),
            {"kind": "explanation", "code": "e1", "html": "<p>Lisez.</p>"},
            question("heures", "integer", min=1, max=12),
            question("prix", "computed", formula="heures * 12.5", result="number"),
        ),
        page(
            "personnes",
            choice("qui", "particulier", "association", required=True),
            question("rna", "rna", visible_if=q("qui", "eq", "association")),
            block(
                "enfants",
                question("prenom", required=True),
                question("naissance", "date"),
                question("allergie", "yes_no"),
                piece("p_pai", visible_if=q("allergie", "eq", True)),
                min=1,
                visible_if=q("qui", "eq", "particulier"),
            ),
            piece("p_assurance", visible_if=q("salle", "eq", "grande")),
        ),
        checks=[
            {
                "code": "c1",
                "refuse_if": q("fin", "lt", other="debut"),
                "message": "La date de fin suit la date de début.",
                "at": ["fin"],
            },
            {
                "code": "c2",
                "refuse_if": q("naissance", "age_lt", 3),
                "message": "Un enfant doit avoir 3 ans.",
                "at": ["naissance"],
            },
        ],
        stops=[
            {
                "code": "i1",
                "if": q("heures", "gt", 10),
                "title": "Trop long",
                "message": "<p>Au-delà de 10 heures, appelez-nous.</p>",
            }
        ],
    )
