from odoo import fields, models


class ResPartner(models.Model):
    """The household of a citizen, and the adults of a person."""

    _inherit = "res.partner"

    # By which two sheets of one child are found.
    grc_birth_date = fields.Char(index="btree_not_null")
    grc_household_ids = fields.One2many(
        "grc.household.link",
        "adult_id",
        string="Household",
        groups="grc_base.group_grc_agent,grc_base.group_grc_desk",
    )
    grc_adult_ids = fields.One2many(
        "grc.household.link",
        "person_id",
        string="Adults of this person",
        groups="grc_base.group_grc_agent,grc_base.group_grc_desk",
    )

    def _grc_household(self, company):
        """Return the links of a citizen that hold today in a local authority, in sudo.

        The caller answers for who reads them.

        :rtype: grc.household.link
        """
        # sudo: the caller reads the household of the citizen who is signed in, or of
        # the one for whom an agent fills a form
        links = self.sudo().grc_household_ids
        return links.filtered(
            lambda link: link.company_id == company and link._holds(link._today())
        ).sorted(lambda link: (link.birth_date or "9999", link.id))

    def _grc_member_names(self):
        """Return ``(last name, first name, birth)`` of a person, "" where unknown.

        :rtype: tuple[str, str, str]
        """
        words = (self.name or "").split()
        last = self.grc_usage_name or self.grc_birth_name or " ".join(words[1:])
        first = self.grc_given_names or " ".join(words[:1])
        return last or "", first or "", self.grc_birth_date or ""

    def _grc_name_member(self, names, role):
        """Write the names of a person of a household on her own sheet.

        :param tuple names: last name, first name, birth, "" where unknown
        :param str role: a child is known by the name of the birth record
        """
        self.ensure_one()
        last, first, birth = (name or "" for name in names)
        if (last, first, birth) == self._grc_member_names():
            return
        field = "grc_usage_name"
        if self.grc_birth_name or role == "child":
            field = "grc_birth_name"
        if self.grc_usage_name:
            field = "grc_usage_name"
        self.write(
            {
                "name": f"{first} {last}".strip(),
                field: last,
                "grc_given_names": first,
                "grc_birth_date": birth or False,
            }
        )

    def action_add_grc_household(self):
        """Open the window where an agent adds a person to the household."""
        self.ensure_one()
        self.env["grc.household.link"].check_access("create")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_household_link_action"
        )
        return action | {
            "views": [(False, "form")],
            "context": {"default_adult_id": self.id},
        }

    def action_add_grc_adult(self):
        """Open the window where an agent adds an adult to this person."""
        return self.action_add_grc_household() | {
            "context": {"default_person_id": self.id}
        }
