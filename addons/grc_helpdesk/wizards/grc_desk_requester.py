from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.grc_base.const import KINDS, SENDER_FIELDS

# At the desk nobody wrote from an address, the agent types in French, and corrects
# the months of distance of who lives abroad.
_NOT_ASKED = ("email_used", "language", "country_code")
REQUESTER_FIELDS = tuple(name for name in SENDER_FIELDS if name not in _NOT_ASKED)
_MAX_MATCHES = 5


class GrcDeskRequesterMixin(models.AbstractModel):
    """Who is speaking: recognised in the base of citizens, or typed."""

    _name = "grc.desk.requester.mixin"
    _description = "Citizen at the front desk"

    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        domain=[("is_grc_citizen", "=", True)],
        help="Search by name, telephone, e-mail address, SIRET or RNA number.",
    )
    prefilled_from_id = fields.Many2one(
        "res.partner", compute="_compute_requester", store=True, readonly=False
    )
    match_ids = fields.Many2many(
        "res.partner", string="Already known?", compute="_compute_match_ids"
    )
    has_matches = fields.Boolean(compute="_compute_match_ids")
    requester_kind = fields.Selection(
        KINDS,
        string="Kind",
        compute="_compute_requester",
        store=True,
        readonly=False,
    )
    requester_lastname = fields.Char(
        string="Last name", compute="_compute_requester", store=True, readonly=False
    )
    requester_firstname = fields.Char(
        string="First name", compute="_compute_requester", store=True, readonly=False
    )
    requester_organization = fields.Char(
        string="Full name",
        compute="_compute_requester",
        store=True,
        readonly=False,
    )
    requester_siret = fields.Char(
        string="SIRET number", compute="_compute_requester", store=True, readonly=False
    )
    requester_rna = fields.Char(
        string="RNA number", compute="_compute_requester", store=True, readonly=False
    )
    reply_email = fields.Char(
        string="E-mail address",
        compute="_compute_requester",
        store=True,
        readonly=False,
        help="Where the citizen wishes to be answered.",
    )
    phone = fields.Char(
        string="Telephone", compute="_compute_requester", store=True, readonly=False
    )
    street = fields.Char(compute="_compute_requester", store=True, readonly=False)
    street2 = fields.Char(compute="_compute_requester", store=True, readonly=False)
    zip = fields.Char(
        string="Postcode", compute="_compute_requester", store=True, readonly=False
    )
    city = fields.Char(compute="_compute_requester", store=True, readonly=False)

    # === COMPUTE METHODS === #

    @api.depends("partner_id")
    def _compute_requester(self):
        for intake in self:
            citizen = intake.partner_id
            known = citizen._grc_requester_vals() if citizen else {}
            # What was typed before the citizen was recognised is kept; what came
            # from the sheet of somebody else is not.
            origin = intake.prefilled_from_id
            keep = not citizen or not origin or origin == citizen
            for name in REQUESTER_FIELDS:
                intake[name] = known.get(name) or (keep and intake[name])
            intake.requester_kind = intake.requester_kind or "person"
            intake.prefilled_from_id = citizen or origin

    @api.depends(
        "partner_id",
        "requester_kind",
        "requester_lastname",
        "requester_firstname",
        "requester_organization",
        "requester_siret",
        "requester_rna",
        "reply_email",
        "phone",
    )
    def _compute_match_ids(self):
        citizens = self.env["res.partner"]
        for intake in self:
            domain = Domain.FALSE if intake.partner_id else intake._match_domain()
            intake.match_ids = (
                citizens
                if domain.is_false()
                else citizens.search(
                    domain & Domain("is_grc_citizen", "=", True), limit=_MAX_MATCHES
                )
            )
            intake.has_matches = bool(intake.match_ids)

    def _match_domain(self):
        """Return the domain of the citizens that look like who is typed."""
        self.ensure_one()
        citizens = self.env["res.partner"]
        domain = Domain.FALSE
        if self.reply_email:
            domain |= Domain("email", "=ilike", self.reply_email.strip())
        for number in (self.phone, self.requester_siret, self.requester_rna):
            domain |= citizens._grc_number_domain(number)
        person = self.requester_kind == "person"
        name = self.requester_lastname if person else self.requester_organization
        if len(name or "") > 1:
            by_name = Domain("complete_name", "ilike", name.strip())
            if person and self.requester_firstname:
                by_name &= Domain("complete_name", "ilike", self.requester_firstname)
            domain |= by_name
        return domain

    # === ACTION METHODS === #

    def action_create_citizen(self):
        """Create the sheet of the citizen from what was typed."""
        self.ensure_one()
        self.check_access("write")
        if self.partner_id:
            return
        requests = self.env["grc.request"]
        errors = requests._intake_identity_errors(self._typed(), self.channel)
        self._raise_errors(errors)
        draft = requests.new(self._typed() | {"company_id": self.company_id.id})
        # sudo: a desk agent has no right to create any contact, but may record
        # the citizen she is speaking with
        citizen_sudo = (
            self.env["res.partner"].sudo().create(draft._prepare_citizen_vals())
        )
        self.partner_id = citizen_sudo.id

    # === BUSINESS METHODS === #

    def _typed(self):
        return {name: self[name] for name in REQUESTER_FIELDS if self[name]}

    def _raise_errors(self, errors):
        """Say every error with the name of its field, as the screen shows it.

        :param dict errors: ``{field name: message}``
        :raise ValidationError: unless ``errors`` is empty
        """
        if not errors:
            return
        labels = self.fields_get(list(errors), ["string"])
        raise ValidationError(
            "\n".join(
                self.env._(
                    "%(field)s: %(message)s",
                    field=labels.get(name, {}).get("string", name),
                    message=message,
                )
                for name, message in errors.items()
            )
        )
