from odoo import api, models

from ..rules import household
from ..rules.filling import visible


class GrcFormPrefill(models.AbstractModel):
    """The persons of a citizen's household, proposed in the questions that ask them."""

    _inherit = "grc.form.prefill"

    @api.model
    def _prefill_sources(self):
        own = {household.SOURCE: self.env._("Persons of the citizen's household")}
        return [*super()._prefill_sources(), *own.items()]

    @api.model
    def _household_people(self, partner, company):
        """Return the persons of a household today (see ``rules.household``).

        :param res.partner partner: the citizen signed in, or for whom an agent fills;
            empty for a visitor
        :rtype: list[dict]
        """
        if not partner:
            return []
        return [
            {
                "link": link.id,
                "role": link.role,
                "last_name": link.last_name,
                "first_name": link.first_name,
                "birth_date": link.birth_date,
                "minor": link._is_minor_child(),
            }
            for link in partner._grc_household(company)
        ]

    @api.model
    def _prefill_raw(self, source, question, facts):
        if source != household.SOURCE:
            return super()._prefill_raw(source, question, facts)
        # With two children, only the citizen knows which one.
        version = facts["version"]
        people = self._people_of(facts["partner"], version, facts["typed"])
        context = self.env["grc.request"]._form_context(
            version.prestation_id.company_id
        )
        fitting = [
            person
            for person in people
            if household.proposed(question, [person], context)
        ]
        if question["type"] != "member" or len(fitting) != 1:
            return None
        return household.raw_of(question, fitting[0])

    def _people_of(self, partner, version, typed):
        """Return the household, of a person who asks for herself only."""
        if (typed.get("kind") or "person") != "person":
            return []
        return self._household_people(partner, version.prestation_id.company_id)

    @api.model
    def _propose(self, version, partner, typed=None, url=None, **known):
        """Propose too the rows of the blocks that ask the household."""
        answers = super()._propose(version, partner, typed, url, **known)
        schema = version._asked()
        blocks = household.blocks_asked(schema)
        if not blocks or not partner:
            return answers
        requests = self.env["grc.request"]
        context = requests._form_context(version.prestation_id.company_id)
        kind = (typed or {}).get("requester_kind") or partner.grc_kind
        people = self._people_of(partner, version, {"kind": kind})
        rows = {
            block["code"]: household.rows_proposed(block, people, context)
            for block in blocks
        }
        answers |= {code: found for code, found in rows.items() if found}
        profile = requests._form_profile(partner, (typed or {}).get("requester_kind"))
        return visible(schema, answers, today=context.today, profile=profile).answers
