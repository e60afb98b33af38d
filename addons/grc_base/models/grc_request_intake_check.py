from odoo import api, fields, models

from ..rules import identifiers


class GrcRequestIntakeCheckMixin(models.AbstractModel):
    """What must be known of a contact before it is recorded, by channel."""

    _name = "grc.request.intake.check.mixin"
    _description = "Checks at the intake of a request"

    @api.model
    def _intake_errors(self, vals, channel):
        """Say what is wrong in what the sender declares, field by field.

        A mail is never refused: whoever wrote it seized the administration
        (CRPA art. L112-8, R112-9-2).

        :return: ``{field name: message for the person who types}``
        :rtype: dict[str, str]
        """
        if channel == "mail":
            return {}
        errors = {}
        errors |= self._intake_prestation_errors(vals, channel)
        errors |= self._intake_identity_errors(vals, channel)
        if not (vals.get("subject") or "").strip():
            errors["subject"] = self.env._("Say in a few words what it is about.")
        if not (vals.get("description") or "").strip():
            errors["description"] = self.env._("Write your request.")
        received_at = vals.get("received_at")
        if (
            received_at
            and fields.Datetime.to_datetime(received_at) > fields.Datetime.now()
        ):
            errors["received_at"] = self.env._(
                "The day of reception cannot be in the future."
            )
        return errors

    @api.model
    def _intake_prestation_errors(self, vals, channel):
        prestation = (
            self.env["grc.prestation"]
            .sudo()
            .browse(  # sudo: public door
                vals.get("prestation_id") or []
            )
        )
        if prestation and not prestation._is_open(channel):
            return {
                "prestation_id": self.env._(
                    "“%(name)s” cannot be filed this way.", name=prestation.name
                )
            }
        if not prestation and channel == "portal":
            return {"prestation_id": self.env._("Choose what you ask for.")}
        return {}

    @api.model
    def _intake_identity_errors(self, vals, channel):
        """Check who the sender is (CRPA art. R112-9-1)."""
        errors = {}
        kind = vals.get("requester_kind") or "person"
        by_web = channel == "portal"
        if kind == "person":
            errors |= self._intake_missing(
                vals,
                {
                    "requester_lastname": self.env._("Write your last name."),
                    "requester_firstname": self.env._("Write your first name."),
                }
                if by_web
                else {"requester_lastname": self.env._("Write the last name.")},
            )
        else:
            errors |= self._intake_missing(
                vals,
                {"requester_organization": self.env._("Write the full name.")},
            )
        if by_web:
            errors |= self._intake_missing(
                vals,
                {
                    "street": self.env._("Write your postal address."),
                    "zip": self.env._("Write your postcode."),
                    "city": self.env._("Write your town."),
                    "email_used": self.env._("Write your e-mail address."),
                },
            )
        if kind == "company" and not identifiers.is_siret(vals.get("requester_siret")):
            errors["requester_siret"] = self.env._(
                "Write the SIRET number: 14 digits, for instance 732 829 320 00074."
            )
        if kind == "association" and not identifiers.is_rna(vals.get("requester_rna")):
            errors["requester_rna"] = self.env._(
                "Write the RNA number: the letter W followed by 9 characters, for "
                "instance W751234567."
            )
        country = vals.get("country_code")
        # sudo: a visitor chooses a country, and reads nothing else of it
        countries_sudo = self.env["res.country"].sudo()
        if country and not countries_sudo.search_count([("code", "=", country)]):
            errors["country_code"] = self.env._("Choose your country in the list.")
        for name in ("email_used", "reply_email"):
            if vals.get(name) and not identifiers.is_email(vals[name].strip()):
                errors[name] = self.env._(
                    "This e-mail address is not complete: write it as name@example.com."
                )
        return errors

    @api.model
    def _intake_missing(self, vals, messages):
        return {
            name: message
            for name, message in messages.items()
            if not (vals.get(name) or "").strip()
        }
