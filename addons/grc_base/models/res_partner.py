from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import KINDS
from ..rules import identifiers
from ..rules.partial_dates import from_french_order

_IDENTITY_FACTS = {"grc_identity_level", "grc_identity_on", "grc_identity_source"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_grc_citizen = fields.Boolean(
        string="Citizen", help="This contact files requests with the town hall."
    )
    grc_kind = fields.Selection(KINDS, string="Kind of citizen", default="person")
    grc_birth_name = fields.Char(string="Birth name")
    grc_given_names = fields.Char(
        string="Given names", help="All of them, in the order of the birth record."
    )
    grc_usage_name = fields.Char(string="Name in use")
    grc_gender = fields.Selection(
        [("female", "Female"), ("male", "Male")], string="Gender"
    )
    grc_birth_date = fields.Char(
        string="Date of birth",
        help="Day, month and year: 24/08/1962. When the day, or the day and the month, "
        "are not known: 08/1962 or 1962.",
    )
    grc_birth_place_code = fields.Char(
        string="Place of birth (COG code)",
        size=5,
        help="INSEE code of the commune; empty when born abroad.",
    )
    grc_birth_country_code = fields.Char(
        string="Country of birth (COG code)", size=5, help="99100 for France."
    )
    # No size: it would cut a wrong number into a right one before it is checked.
    grc_siret = fields.Char(string="SIRET number", index="btree_not_null")
    grc_rna = fields.Char(string="RNA number", index="btree_not_null")
    grc_identity_level = fields.Selection(
        [
            ("declared", "Declared by the citizen"),
            ("verified", "Checked by an agent"),
            ("franceconnect", "Certified by FranceConnect"),
        ],
        string="Assurance of identity",
        default="declared",
        readonly=True,
    )
    grc_identity_on = fields.Date(string="Identity checked on", readonly=True)
    grc_identity_source = fields.Char(string="Identity checked by", readonly=True)
    grc_request_count = fields.Integer(
        string="Requests", compute="_compute_grc_request_count"
    )

    @api.depends_context("uid")
    def _compute_grc_request_count(self):
        counts = dict(
            self.env["grc.request"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
            if self.env["grc.request"].has_access("read")
            else ()
        )
        for partner in self:
            partner.grc_request_count = counts.get(partner, 0)

    @api.constrains("grc_siret")
    def _check_grc_siret(self):
        for partner in self.filtered("grc_siret"):
            if not identifiers.is_siret(partner.grc_siret):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not a SIRET number: it has 14 digits and "
                        "the last one checks the others.",
                        number=partner.grc_siret,
                    )
                )

    @api.constrains("grc_rna")
    def _check_grc_rna(self):
        for partner in self.filtered("grc_rna"):
            if not identifiers.is_rna(partner.grc_rna):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not an RNA number: it is the letter W "
                        "followed by 9 characters.",
                        number=partner.grc_rna,
                    )
                )

    @api.constrains("grc_birth_date")
    def _check_grc_birth_date(self):
        for partner in self.filtered("grc_birth_date"):
            if not identifiers.is_partial_date(partner.grc_birth_date):
                raise ValidationError(
                    self.env._(
                        "Write the date of birth as 24/08/1962; when the day or the "
                        "month is not known, 08/1962 or 1962."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._grc_clean_vals(vals) for vals in vals_list])

    def write(self, vals):
        """Refuse that somebody types what only a check of identity may say.

        :raise UserError: when ``vals`` holds the assurance of an identity
        """
        if not self.env.su and _IDENTITY_FACTS.intersection(vals):
            raise UserError(
                self.env._(
                    "The assurance of an identity comes from a check, with the "
                    "button “I checked a proof of identity”."
                )
            )
        return super().write(self._grc_clean_vals(vals))

    @api.model
    def _grc_clean_vals(self, vals):
        cleaned = dict(vals)
        if vals.get("grc_siret"):
            cleaned["grc_siret"] = identifiers.clean_siret(vals["grc_siret"])
        if vals.get("grc_rna"):
            cleaned["grc_rna"] = identifiers.clean_rna(vals["grc_rna"])
        if vals.get("grc_birth_date"):
            cleaned["grc_birth_date"] = from_french_order(vals["grc_birth_date"])
        return cleaned

    def _grc_first_name(self):
        """Return the given name that a form asks for: the first of a list with commas.

        :return: empty for nobody
        :rtype: str
        """
        return (self.grc_given_names or "").partition(",")[0].strip()

    def action_verify_grc_identity(self):
        """Record that the agent saw a proof of identity, with name and day."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        for partner in self.filtered(
            lambda citizen: citizen.grc_identity_level != "franceconnect"
        ):
            # sudo: the facts that nobody types; the right to write was checked
            partner.sudo().write(
                {
                    "grc_identity_level": "verified",
                    "grc_identity_on": today,
                    "grc_identity_source": self.env.user.name,
                }
            )

    def action_open_grc_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_request_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.id)],
            "context": {},
        }
