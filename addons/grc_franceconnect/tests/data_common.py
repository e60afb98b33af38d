from unittest.mock import patch

from odoo.addons.grc_portal.tests.form_common import (
    FormPortalCommon,
    page,
    path_of,
    question,
)

from ..models import grc_data_source
from .common import IdentityHttpCommon

SIRET = "21990000800018"
CODE = "quotient_familial"
OPTIONS = [{"value": "caf", "label": "The CAF"}, {"value": "msa", "label": "The MSA"}]
ITEMS = [
    question("note", "text"),
    question("body", "choice", options=OPTIONS, prefill=f"data.{CODE}.fournisseur"),
    question(
        "quotient",
        "integer",
        required=True,
        sensitive=True,
        prefill=f"data.{CODE}.valeur",
    ),
    {
        "kind": "piece",
        "code": "p_proof",
        "document": "PROOF",
        "label": "",
        "required": True,
        "visible_if": None,
        "replaced_by": CODE,
    },
]
ALL = ["fournisseur", "valeur", "mois"]
TOKEN = "token-of-amelie-that-nobody-may-keep"


class DataCommon(IdentityHttpCommon, FormPortalCommon):
    """A form that asks the quotient familial, and Amélie, who signs in with FC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proof_kind = cls._document_type("PROOF")
        cls._publish(page("money", *ITEMS), page("last", question("end", "text")))
        sources = cls.env["grc.data.source"].with_context(active_test=False)
        cls.source = sources.search(
            [("company_id", "=", cls.town.id), ("connector", "=", CODE)]
        )
        base_url = cls.fake.issuer.removesuffix("/api/v2")
        cls.source.write(
            {
                "base_url": base_url,
                "recipient_siret": SIRET,
                "active": True,
                "timeout_seconds": 2.0,
            }
        )

    def setUp(self):
        super().setUp()
        self.fake.access = TOKEN
        self.patch(grc_data_source, "PAUSE_SECONDS", 0.0)

    @property
    def particulier(self):
        return self.fake.particulier

    # === THE FORM === #

    def begin_as_amelie(self):
        """Return the page of the form, Amélie signed in."""
        self.connect()
        return self.begin()

    def ask(self, form, *codes, status=303):
        """Tick some data and press the button; return the answer."""
        values = {"datum": [f"{CODE}.{code}" for code in codes]}
        return self.send_page(form, values, status, do=f"data:{CODE}")

    def fetch(self, form, *codes):
        """Agree, go to FranceConnect and come back; return the page of the form."""
        answer = self.ask(form, *(codes or ALL))
        back = self.come_back(self.fake.authorize(answer.headers["Location"]))
        return self.page(back)

    def press(self, form, verb):
        """Press a button of the panel; return the page where it leads."""
        answer = self.send_page(form, {}, do=f"{verb}:{CODE}")
        return self.page(path_of(answer).partition("#")[0])

    def consents(self, draft=None):
        domain = [("company_id", "=", self.town.id)]
        if draft:
            domain.append(("draft_id", "=", draft.id))
        return self.env["grc.data.consent"].search(domain)

    def panel(self, form):
        found = form.all(f"//*[@id='grc-data-{CODE}']")
        return found[0] if found else None

    def outcome(self, form):
        """Return what the panel says that failed, empty when nothing did."""
        found = form.all(f"//*[@id='grc-data-failed-{CODE}']")
        return found[0].get("data-outcome") if found else ""

    def no_call(self):
        return patch.object(self.env.registry["grc.data.source"], "_call", _unexpected)


def _unexpected(*args, **kwargs):
    raise AssertionError("the service was called")
