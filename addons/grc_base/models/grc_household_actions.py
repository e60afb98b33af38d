from odoo import api, fields, models
from odoo.exceptions import UserError

from ..days import day_in_full
from ..rules.partial_dates import in_french_order

# What a citizen may say; the names come second to fourth.
_DECLARED = (
    "role",
    "last_name",
    "first_name",
    "birth_date",
    "has_authority",
    "pays",
    "may_pick_up",
    "is_custody_shared",
)


class GrcHouseholdLink(models.Model):
    """What agents and citizens do with a link.

    An agent checks it, ends it, joins two sheets of one child. Citizens have no right
    to write: what they may do is called in sudo on links found with their own rights.
    """

    _inherit = "grc.household.link"

    twin_ids = fields.Many2many(
        "grc.household.link",
        string="Same person, declared by another adult",
        compute="_compute_twin_ids",
        groups="grc_base.group_grc_agent,grc_base.group_grc_desk",
    )

    @api.depends("person_id", "birth_date", "ends_on")
    def _compute_twin_ids(self):
        births = [birth for birth in self.mapped("birth_date") if birth]
        found = self.browse()
        if births:
            # Links of the town that the agent may read.
            found = self.search(
                [("person_id.grc_birth_date", "in", births), ("ends_on", "=", False)]
            )
        for link in self:
            link.twin_ids = found.filtered(
                lambda other, link=link: (
                    link.birth_date
                    and not link.ends_on
                    and other.company_id == link.company_id
                    and other.adult_id != link.adult_id
                    and other.person_id != link.person_id
                    and other._names_same(link)
                )
            )

    def action_verify(self):
        """Record that the agent saw a proof of the link, with name and day.

        :raise UserError: when what was seen is not written
        """
        self.check_access("write")
        if any(not (link.proof_note or "").strip() for link in self):
            raise UserError(self.env._("Write first what you saw."))
        for link in self:
            # sudo: the facts that nobody types; the right to write was checked
            link.sudo().write(
                {
                    "level": "verified",
                    "verified_by_id": self.env.uid,
                    "verified_on": link._today(),
                }
            )
            link._tell("checked")

    def action_end(self):
        """End the links today; they stay readable."""
        self.check_access("write")
        for link in self.filtered(lambda link: link._holds(link._today())):
            link.ends_on = max(link._today(), link.starts_on or link._today())
            link._tell("ended")
        # The same person may be added again at once.
        self.flush_recordset(["ends_on"])

    def action_join_twin(self):
        """Speak of the sheet that another adult has of the same person.

        The sheet left without a link is archived.

        :raise UserError: when there is no such sheet, or several
        """
        self.ensure_one()
        self.check_access("write")
        other = self.twin_ids.person_id
        if len(other) != 1:
            raise UserError(
                self.env._("Several sheets look like this person: end one link first.")
            )
        # sudo: of whom a link speaks is changed here alone; the right was checked
        own, link_sudo = self.person_id.sudo(), self.sudo()
        link_sudo.person_id = other.id
        known = own.with_context(active_test=False)
        if not (own.grc_adult_ids or own.is_grc_citizen or known.user_ids):
            own.active = False
        self._tell("joined")

    def action_open(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_household_link_action"
        )
        return action | {"res_id": self.id, "views": [(False, "form")]}

    def action_open_person(self):
        """Open the sheet of the person: her adults, her own household."""
        self.ensure_one()
        view = self.env.ref("grc_base.res_partner_view_form_citizen")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.person_id.id,
            "views": [(view.id, "form")],
        }

    # === WHAT A CITIZEN DOES TO HER OWN HOUSEHOLD === #

    @api.model
    def _declare(self, adult, company, vals):
        """Add a person to the household of ``adult``, on her word.

        :param dict vals: texts and flags; anything else than ``_DECLARED`` is dropped
        :raise UserError: when the person is there already, or has no name
        """
        kept = {name: vals[name] for name in _DECLARED if name in vals}
        return self.create(kept | {"adult_id": adult.id, "company_id": company.id})

    def _change_declared(self, vals):
        """Change what was only declared.

        :raise UserError: when an agent had checked the link, or it has ended
        """
        self._check_is_declared()
        kept = {name: vals[name] for name in _DECLARED if name in vals}
        if self._is_shared_sheet():
            kept = {name: kept[name] for name in kept if name not in _DECLARED[1:4]}
        self.write(kept)
        self._tell("changed")

    def _end_declared(self):
        """End today what was only declared.

        :raise UserError: when an agent had checked the link, or it has ended
        """
        self._check_is_declared()
        self.action_end()

    def _check_is_declared(self):
        self.ensure_one()
        if self.level != "declared":
            raise UserError(
                self.env._(
                    "An agent checked this link: write to the town hall to change it."
                )
            )
        if self.ends_on:
            raise UserError(self.env._("This link has ended."))

    def _is_shared_sheet(self):
        """Tell whether the person is known to others: a citizen does not rename her."""
        self.ensure_one()
        person = self.person_id
        others = person.grc_adult_ids.adult_id - self.adult_id
        return bool(others or person.is_grc_citizen or person.user_ids)

    def _rights(self):
        """Return what the citizen may do for the person, as she reads it.

        :rtype: list[str]
        """
        self.ensure_one()
        words = {
            "has_authority": self.env._("You have parental authority."),
            "pays": self.env._("You pay for this person."),
            "may_pick_up": self.env._("You may come and pick up this person."),
            "is_custody_shared": self.env._("Custody is shared."),
        }
        if self.role != "child":
            words["has_authority"] = self.env._("You act for this person.")
        return [text for name, text in words.items() if self[name]]

    def _birth_words(self):
        """Return the day of birth in words; what is unknown of it is left out."""
        self.ensure_one()
        text = self.birth_date or ""
        if "00" in text.split("-"):
            return in_french_order(text)
        return day_in_full(self.env, fields.Date.to_date(text), weekday=False)

    # === WHAT WAS DONE === #

    def _tell(self, what):
        """Write on the sheet of the citizen what was done to her household.

        In the language of whoever acts; a job speaks that of the town.

        :param str what: one of ``_told_texts``
        """
        self.ensure_one()
        requests = self.env["grc.request"]
        language = self.env.lang or requests._intake_language(None, self.company_id)
        text = self.with_context(lang=language)._told_texts()[what]
        # sudo: the sheet of the link; its discussion is read by agents only
        adult, person = self.adult_id.sudo(), self.person_id.sudo()
        adult._message_log(body=text % {"person": person.name})

    def _told_texts(self):
        env = self.env
        return {
            "added": env._("%(person)s was added to the household."),
            "checked": env._("The link with %(person)s was checked."),
            "ended": env._("The link with %(person)s was ended."),
            "joined": env._("%(person)s was joined to the sheet of another adult."),
            "changed": env._("The link with %(person)s was changed by the citizen."),
        }
