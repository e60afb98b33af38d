from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import HOUSEHOLD_ROLES
from ..rules import household
from ..rules.identifiers import is_partial_date, mask_nir
from ..rules.partial_dates import from_french_order

_ASSURANCE = {"level", "verified_by_id", "verified_on"}
_ENDS = {"adult_id", "person_id", "company_id"}
_NAMES = ("last_name", "first_name", "birth_date")
# What an agent saw proved: once changed, it is to be checked again.
_PROVED = {"role", "has_authority", "is_custody_shared", "starts_on", *_NAMES}


class GrcHouseholdLink(models.Model):
    """What a citizen is for another person, and may do for her: ended, never deleted.

    Two adults linked to one child are two links: each citizen reads hers only.
    """

    _name = "grc.household.link"
    _description = "Person of a household"
    _order = "ends_on desc, id"
    _rec_name = "person_id"

    adult_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        required=True,
        index=True,
        ondelete="restrict",
    )
    # Not required on the screen: the names make the person.
    person_id = fields.Many2one(
        "res.partner",
        string="Person known already",
        index=True,
        ondelete="restrict",
        help="Choose the sheet when the town hall has one: the same child for both "
        "parents.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    role = fields.Selection(
        HOUSEHOLD_ROLES, string="Is for the citizen", required=True, default="child"
    )
    last_name = fields.Char(
        string="Last name", compute="_compute_names", readonly=False
    )
    first_name = fields.Char(
        string="First name", compute="_compute_names", readonly=False
    )
    birth_date = fields.Char(
        string="Date of birth",
        compute="_compute_names",
        readonly=False,
        help="Year, month and day: 2016-05-14.",
    )
    has_authority = fields.Boolean(
        string="Has parental authority, or is the guardian",
        help="Exercised, delegated by a judge, or the guardianship of an adult.",
    )
    pays = fields.Boolean(string="Pays for the person")
    may_pick_up = fields.Boolean(string="May pick up the person")
    is_custody_shared = fields.Boolean(
        string="Custody shared with the other parent",
        help="The other parent has a link of her or his own to the same person.",
    )
    starts_on = fields.Date(string="Since")
    ends_on = fields.Date(
        string="Until", help="From this day on, the link does not hold any more."
    )
    level = fields.Selection(
        [("declared", "Declared"), ("verified", "Checked by an agent")],
        string="Assurance",
        default="declared",
        required=True,
        readonly=True,
    )
    verified_by_id = fields.Many2one(
        "res.users", string="Checked by", readonly=True, ondelete="restrict"
    )
    verified_on = fields.Date(string="Checked on", readonly=True)
    proof_note = fields.Char(
        string="What was seen",
        help="For example: family record book, judgment of 3 March 2026. Never a "
        "social security number.",
        groups="grc_base.group_grc_agent,grc_base.group_grc_desk",
    )
    is_current = fields.Boolean(compute="_compute_is_current", string="Holds today")
    acting_article = fields.Char(
        string="May act for the person",
        compute="_compute_is_current",
        help="The article of the civil code that allows it; empty when none does.",
    )
    other_adult_ids = fields.Many2many(
        "res.partner",
        string="Other adults of the person",
        compute="_compute_other_adult_ids",
        groups="grc_base.group_grc_agent,grc_base.group_grc_desk",
    )

    _person_required = models.Constraint(
        "CHECK (person_id IS NOT NULL)", "A link names a person."
    )
    _days_in_order = models.Constraint(
        "CHECK (ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on)",
        "A link ends after it starts.",
    )
    _adult_person_uniq = models.UniqueIndex(
        "(adult_id, person_id, company_id) WHERE ends_on IS NULL",
        "This person is in the household already.",
    )

    @api.depends(
        "person_id.name",
        "person_id.grc_birth_name",
        "person_id.grc_usage_name",
        "person_id.grc_given_names",
        "person_id.grc_birth_date",
    )
    def _compute_names(self):
        for link in self:
            # sudo: whoever reads the link reads of whom it is
            names = link.person_id.sudo()._grc_member_names()
            link.last_name, link.first_name, link.birth_date = names

    @api.depends("role", "has_authority", "starts_on", "ends_on", "birth_date")
    def _compute_is_current(self):
        for link in self:
            today = link._today()
            link.is_current = link._holds(today)
            article = link.is_current and household.acting_article(
                link.role, link.has_authority, link.birth_date, today
            )
            link.acting_article = article and self.env._(
                "Yes (civil code, art. %(article)s)", article=article
            )

    @api.depends("person_id")
    def _compute_other_adult_ids(self):
        links = self.search([("person_id", "in", self.person_id.ids)])
        for link in self:
            others = links.filtered(
                lambda other, link=link: (
                    other.person_id == link.person_id and other._holds(other._today())
                )
            )
            link.other_adult_ids = others.adult_id - link.adult_id

    @api.constrains("adult_id", "person_id", "company_id", "ends_on")
    def _check_household(self):
        for link in self:
            # sudo: sheets of any town are compared with that of the link.
            adult, person = link.adult_id.sudo(), link.person_id.sudo()
            if adult == person or (adult.grc_kind or "person") != "person":
                raise ValidationError(
                    self.env._("A household links a person to another person.")
                )
            if any(town != link.company_id for town in (adult | person).company_id):
                raise ValidationError(
                    self.env._("Both belong to the local authority of the link.")
                )
            if not link.ends_on and link._same_person():
                raise ValidationError(
                    self.env._(
                        "%(person)s is in this household already.",
                        person=person.name,
                    )
                )

    def _same_person(self):
        """Return the other links of the household that name the same person."""
        self.ensure_one()
        # sudo: the household of one citizen, compared whole
        others = self.sudo().adult_id.grc_household_ids - self
        return others.filtered(
            lambda other: (
                not other.ends_on
                and other.company_id == self.company_id
                and (other.person_id == self.person_id or other._names_same(self))
            )
        )

    def _names_same(self, other):
        names = (tuple(one[name] or "" for name in _NAMES) for one in (self, other))
        return household.is_same_person(*names)

    # === WRITING === #

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        links = super().create([self._prepare_link_vals(vals) for vals in vals_list])
        for link in links:
            link._tell("added")
        return links

    @api.model
    def _prepare_link_vals(self, vals):
        """Return the values of a link, its person made from the names when new."""
        self._check_hands(vals, _ASSURANCE)
        vals = self._clean_vals(vals)
        vals.setdefault("company_id", self.env.company.id)
        if vals.get("person_id"):
            self.env["res.partner"].browse(vals["person_id"]).check_access("read")
            return {name: value for name, value in vals.items() if name not in _NAMES}
        names = tuple((vals.pop(name, None) or "").strip() for name in _NAMES)
        if not names[0] or not names[1]:
            raise UserError(
                self.env._("Write the last name and the first name of the person.")
            )
        # sudo: an agent may not create contacts; her right on links was checked
        people_sudo = self.env["res.partner"].sudo()
        person = people_sudo.create(
            {"name": " ".join((names[1], names[0])), "company_id": vals["company_id"]}
        )
        person._grc_name_member(names, vals.get("role") or "child")
        return vals | {"person_id": person.id}

    def write(self, vals):
        """Change what a link says; what an agent had checked is to be checked again.

        :raise UserError: when ``vals`` holds what only a check or a merge writes
        """
        self._check_hands(vals, _ASSURANCE | _ENDS)
        kept = self._clean_vals(vals)
        names = {name: kept.pop(name) for name in _NAMES if name in kept}
        result = super().write(kept)
        if names:
            self._rename(names)
        if not self.env.su and _PROVED.intersection(vals):
            # sudo: the facts that nobody types; the right to write was checked
            self.filtered(lambda link: link.level == "verified").sudo().write(
                {"level": "declared", "verified_by_id": False, "verified_on": False}
            )
        return result

    def _rename(self, changed):
        """Write names on the sheets of the persons.

        :param dict changed: some of ``_NAMES``
        :raise ValidationError: when somebody else of the household has them already
        """
        for link in self:
            names = tuple(changed.get(name, link[name]) for name in _NAMES)
            # sudo: a sheet of the household; the right on the link was checked
            link.person_id.sudo()._grc_name_member(names, link.role)
        self._check_household()

    @api.model
    def _check_hands(self, vals, forbidden):
        touched = () if self.env.su else forbidden.intersection(vals)
        if _ASSURANCE.intersection(touched):
            raise UserError(
                self.env._("A link is checked with the button “I checked a proof”.")
            )
        if touched:
            raise UserError(
                self.env._("Of whom a link speaks is not changed: end it, add another.")
            )

    @api.model
    def _clean_vals(self, vals):
        cleaned = dict(vals)
        for name in ("proof_note", *_NAMES[:2]):
            if cleaned.get(name):
                cleaned[name] = mask_nir(cleaned[name])
        if cleaned.get("birth_date"):
            cleaned["birth_date"] = from_french_order(cleaned["birth_date"])
            if not is_partial_date(cleaned["birth_date"]):
                raise UserError(self.env._("Write the date of birth as 14/05/2016."))
        return cleaned

    # === HELPERS === #

    def _today(self):
        company = self.company_id or self.env.company
        return fields.Date.context_today(self.with_context(tz=company.grc_timezone))

    def _holds(self, today):
        self.ensure_one()
        return household.is_current(self.starts_on, self.ends_on, today)

    def _is_minor_child(self):
        self.ensure_one()
        return household.is_minor_child(self.role, self.birth_date, self._today())
