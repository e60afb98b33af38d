import hashlib
import json
from datetime import timedelta

from odoo import fields

from odoo.addons.grc_base.tests.access_common import AccessCommon
from odoo.addons.grc_base.tests.common import PDF, GrcCommon

HALL = {
    "format": 1,
    "pages": [
        {
            "code": "page_party",
            "title": "Your party",
            "visible_if": None,
            "items": [
                {
                    "kind": "question",
                    "code": "day_wanted",
                    "type": "date",
                    "label": "Which day?",
                    "help": "",
                    "required": True,
                    "visible_if": None,
                    "min": {"today": {"days": 15}},
                },
                {
                    "kind": "question",
                    "code": "hall",
                    "type": "choice",
                    "label": "Which hall?",
                    "required": True,
                    "visible_if": None,
                    "options": [
                        {"value": "small", "label": "Small hall"},
                        {"value": "large", "label": "Large hall"},
                    ],
                },
                {
                    "kind": "question",
                    "code": "people_count",
                    "type": "integer",
                    "label": "How many people?",
                    "required": True,
                    "visible_if": {"q": "hall", "op": "eq", "value": "large"},
                    "min": 1,
                    "max": 300,
                },
                {
                    "kind": "question",
                    "code": "income",
                    "type": "amount",
                    "label": "Income of the household",
                    "required": False,
                    "sensitive": True,
                    "visible_if": None,
                },
            ],
        },
        {
            "code": "page_help",
            "title": "Who helps",
            "visible_if": None,
            "items": [
                {
                    "kind": "block",
                    "code": "helpers",
                    "label": "Helpers",
                    "item_label": "Helper",
                    "min": 0,
                    "max": 3,
                    "visible_if": None,
                    "items": [
                        {
                            "kind": "question",
                            "code": "helper_name",
                            "type": "text",
                            "label": "Name",
                            "required": True,
                            "visible_if": None,
                        }
                    ],
                },
                {
                    "kind": "piece",
                    "code": "p_insurance",
                    "document": "INSURANCE",
                    "label": "",
                    "help": "",
                    "required": True,
                    "visible_if": None,
                },
            ],
        },
    ],
    "checks": [],
    "stops": [],
}


class FormMixin:
    """Build forms on the town of ``GrcCommon``."""

    @classmethod
    def _schema(cls, **answers):
        """Return a copy of the schema of the hall."""
        return json.loads(json.dumps(HALL))

    @classmethod
    def _hall_answers(cls, days=40, **answers):
        """Return right answers to the form of the hall, with one document.

        :param int days: from today to the day wanted
        """
        piece = {
            "name": "insurance.pdf",
            "size": len(PDF),
            "mimetype": "application/pdf",
            "sha256": hashlib.sha256(PDF).hexdigest(),
        }
        return {
            "day_wanted": (fields.Date.today() + timedelta(days=days)).isoformat(),
            "hall": "large",
            "people_count": 80,
            "income": "1250.50",
            "helpers": [{"_id": "r1", "helper_name": "Zoé"}],
            "p_insurance": [piece],
        } | answers

    @classmethod
    def _document_type(cls, code="INSURANCE", **vals):
        return cls.env["grc.document.type"].create(
            {
                "name": code.capitalize(),
                "code": code,
                "company_id": cls.town.id,
                "legal_basis": "Rules of the halls, art. 2",
            }
            | vals
        )

    @classmethod
    def _form(cls, schema=None, prestation=None, publish=True):
        """Return the form of ``prestation``, published unless told otherwise."""
        prestation = prestation or cls.prestation
        prestation.write(
            {
                "retention_text": "One year",
                "privacy_purpose": "To lend the hall",
                "privacy_legal_basis": "Public interest (GDPR, art. 6.1.e)",
                "privacy_recipients": "The service in charge",
            }
        )
        draft = prestation._draft_version()
        draft._fill_from_schema(schema or cls._schema())
        if publish:
            draft.action_publish()
        return draft


def copied_requests(request, count):
    """Return ``request`` and copies of its row, ``count`` in all.

    Far quicker than filing, for tests on many requests: they have no history.
    """
    env = request.env
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'grc_request'"
        " AND column_name NOT IN ('id', 'name', 'idempotency_key')"
    )
    columns = ", ".join(f'"{name}"' for (name,) in env.cr.fetchall())
    env.cr.execute(
        f"INSERT INTO grc_request (name, {columns})"  # noqa: S608 - our own columns
        f" SELECT 'COPY-' || rank, {columns} FROM grc_request,"
        " generate_series(2, %s) AS rank WHERE id = %s RETURNING id",
        [count, request.id],
    )
    return request + request.browse(row[0] for row in env.cr.fetchall())


class FormCommon(FormMixin, GrcCommon):
    """A town with the form of a hall."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurance = cls._document_type()


class FormAccessCommon(FormMixin, AccessCommon):
    """Rights on forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurance = cls._document_type()
