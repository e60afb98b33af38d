from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..days import day_in_full
from ..rules import letter


class GrcRequestLetterMixin(models.AbstractModel):
    """A request by post: the address in the window, the place, the references."""

    _name = "grc.request.letter.mixin"
    _description = "Letters about a request"

    letter_to_print_count = fields.Integer(
        string="Letters to print", compute="_compute_letter_to_print_count"
    )

    def _compute_letter_to_print_count(self):
        counts = dict(
            self.env["grc.delivery"]._read_group(
                [("request_id", "in", self.ids), ("state", "=", "to_print")],
                ["request_id"],
                ["__count"],
            )
        )
        for record in self:
            record.letter_to_print_count = counts.get(record, 0)

    def action_print_letter(self):
        """Print the letter that waits, or show the list when there are several."""
        self.ensure_one()
        waiting = self.delivery_ids.filtered(lambda d: d.state == "to_print")
        if len(waiting) == 1:
            return waiting.action_print_letter()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_delivery_action"
        )
        domain = Domain("id", "in", waiting.ids)
        return action | {"domain": list(domain), "context": {}}

    def _postal_lines(self):
        """Return the citizen's postal address, line by line, as the post reads it.

        :rtype: list[str]
        """
        self.ensure_one()
        person = " ".join(
            filter(None, (self.requester_firstname, self.requester_lastname))
        )
        organization = self.requester_organization
        return letter.postal_lines(
            person or (not organization and self.requester_name) or None,
            organization,
            self.street2,
            self.street,
            self.zip,
            self.city,
            self._country_name(),
        )

    def _country_name(self):
        """Return the country of the address, empty in France.

        :rtype: str
        """
        self.ensure_one()
        if self.country_code in (False, "FR"):
            return ""
        # sudo: a list that everybody may read, even who files without an account
        countries_sudo = self.env["res.country"].sudo()
        country = countries_sudo.search([("code", "=", self.country_code)], limit=1)
        return country.name or self.country_code

    def _missing_postal_parts(self):
        """Return the codes of what the postal address lacks.

        :rtype: list[str]
        """
        self.ensure_one()
        return letter.missing_postal_parts(
            self.requester_name,
            self.street,
            # Not every country has postcodes.
            self.zip or self._country_name(),
            self.city,
        )

    def _check_postal_address(self):
        """Raise until a letter to the citizen would arrive.

        :raise UserError: naming what to fill in
        """
        self.ensure_one()
        labels = {
            "name": self.env._("name"),
            "street": self.env._("street"),
            "zip": self.env._("postcode"),
            "city": self.env._("town"),
        }
        missing = self._missing_postal_parts()
        if missing:
            raise UserError(
                self.env._(
                    "The letter cannot be printed yet. Fill in the postal address on "
                    "the request %(number)s first: %(parts)s.",
                    number=self.name,
                    parts=", ".join(labels[code] for code in missing),
                )
            )

    def _letter_extra(self, document):
        """Return what ties a message to its letter, if the letter may be posted.

        Without an address it is only read on a screen: another is printed later.

        :param grc.request.document document: a letter in the frame of a letter
        :rtype: dict
        """
        self.ensure_one()
        if self._missing_postal_parts():
            return {}
        return {"letter_document_id": document.id}

    def _letter(self, lines=None):
        """Return what the frame of a letter shows around its text.

        :param lines: address of somebody else than the citizen, line by line
        :return: ``recipient`` (lines), ``is_tight``, ``service``, ``reference``,
            ``agent`` and ``place_and_date``
        :rtype: dict
        """
        self.ensure_one()
        recipient = self._postal_lines() if lines is None else lines
        day = day_in_full(self.env, self._local_day(), weekday=False)
        return {
            "recipient": recipient,
            "is_tight": letter.is_tight(recipient),
            "service": self.service_id,
            "reference": self.name,
            "agent": self.agent_id.name or "",
            "place_and_date": self.env._(
                "%(place)s, %(day)s", place=self.company_id.city, day=day
            )
            if self.company_id.city
            else day,
        }
