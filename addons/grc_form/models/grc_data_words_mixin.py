from odoo import api, models

from ..rules.types import TYPES
from ..rules.types.base import Context


class GrcDataWordsMixin(models.AbstractModel):
    """What is said of data services, in words."""

    _name = "grc.data.words.mixin"
    _description = "Words of data sources"

    @api.model
    def _connector_texts(self):
        """Return the name of each service, by code.

        :rtype: dict[str, str]
        """
        return {
            "sirene": self.env._("Companies (Sirene)"),
            "rna": self.env._("Associations (RNA)"),
            "ban": self.env._("Addresses (BAN)"),
        }

    @api.model
    def _datum_texts(self):
        """Return the name of each datum, by code of service and datum.

        :rtype: dict[str, str]
        """
        return {
            "sirene.name": self.env._("Name of the company"),
            "sirene.address": self.env._("Address of the establishment"),
            "sirene.commune": self.env._("Commune of the establishment"),
            "sirene.activity": self.env._("Code of the main activity (APE)"),
            "sirene.legal_form": self.env._("Code of the legal form"),
            "sirene.created_on": self.env._("Establishment created on"),
            "sirene.is_open": self.env._("Establishment open"),
            "sirene.rna": self.env._("RNA number of the association"),
            "rna.name": self.env._("Name of the association"),
            "rna.purpose": self.env._("Purpose of the association"),
            "rna.address": self.env._("Address of the association"),
            "rna.commune": self.env._("Commune of the association"),
            "rna.created_on": self.env._("Association created on"),
            "rna.is_active": self.env._("Association in activity"),
            "rna.is_public_utility": self.env._("Recognised as of public utility"),
            "rna.siret": self.env._("SIRET number of the association"),
            "ban.address": self.env._("Address as the national base writes it"),
            "ban.commune": self.env._("Commune of the address"),
            "ban.point": self.env._("Place of the address"),
        }

    @api.model
    def _datum_text(self, connector, datum):
        return self._datum_texts().get(f"{connector}.{datum}", datum)

    @api.model
    def _error_text(self, code):
        """Return what happened and what to do, for an administrator.

        :param str code: one of ``rules.data.base.ERRORS``
        """
        texts = {
            "not_found": self.env._("The service answers, but does not know that."),
            "refused": self.env._(
                "The service refuses us: the key is missing, wrong or does not give "
                "this right. Check the key, and the habilitation."
            ),
            "expired": self.env._(
                "The sign-in of the citizen is too old for the service."
            ),
            "unavailable": self.env._(
                "The service does not answer: try again in some minutes. If it "
                "lasts, check the address, and that this server may go out to it."
            ),
            "busy": self.env._("The service is already busy with the same question."),
            "too_many": self.env._(
                "The service finds that we ask too much: wait some minutes."
            ),
            "misconfigured": self.env._(
                "The service does not understand us: check the address and the SIRET "
                "of the local authority."
            ),
            "malformed": self.env._(
                "The service answers something else than expected: check the address; "
                "the service may have changed."
            ),
        }
        return texts[code]

    @api.model
    def _value_text(self, type_code, value, company=None):
        """Return a value as people read it.

        :param str type_code: type of question that the value is canonical for
        """
        question = {"kind": "question", "code": "x", "type": type_code}
        context = (
            self.env["grc.request"]._form_context(company)
            if company
            else Context(today=None)
        )
        return TYPES[type_code].text(question, value, context)
