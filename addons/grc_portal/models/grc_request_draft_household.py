from odoo import models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.grc_base.rules.household import is_minor, is_same_person
from odoo.addons.grc_form.rules import household
from odoo.addons.grc_form.rules.schema import questions


class GrcRequestDraft(models.Model):
    """The household of the citizen, in the form that she fills or that is filled."""

    _inherit = "grc.request.draft"

    def _household_people(self):
        """Return the persons that the form may take (see ``rules.household``).

        Those of the citizen who holds the draft, or for whom an agent fills it; nobody
        for a visitor or in a trial.

        :rtype: list[dict]
        """
        self.ensure_one()
        citizen = self._citizen()
        if self.is_trial or not citizen:
            return []
        return self.env["grc.form.prefill"]._household_people(citizen, self.company_id)

    def _household_offers(self, page, raw):
        """Return the persons to offer on a page, by code of the question or block.

        :param dict raw: what the inputs of the page hold
        :rtype: dict[str, list[dict]]
        """
        locked = self._locked_answers()
        items = [
            item
            for item in page["items"]
            if household.members(item) and item["code"] not in locked
        ]
        people = items and self._household_people()
        offers = {}
        for item in items if people else ():
            found = household.offered(item, raw, people)
            # A block that is full takes nobody more.
            found = [one for one in found if household.filled(item, raw, one)[1]]
            if found:
                offers[item["code"]] = found
        return offers

    def _put_member(self, page, raw, code, link_id):
        """Return ``raw`` with a person of the household in a question or a block.

        :param str code: of the question or block, as received
        :param str link_id: as received; another citizen's link does nothing
        :return: ``(raw, path of the question filled)``, path "" when nothing was done
        """
        item = next((one for one in page["items"] if one["code"] == code), None)
        people = {str(one["link"]): one for one in self._household_people()}
        person = people.get(link_id)
        if code in self._locked_answers():
            return raw, ""
        if not person or not item or not household.members(item):
            return raw, ""
        raw, path = household.filled(item, raw, person)
        if path and code not in (self.known_codes or []):
            self.known_codes = [*(self.known_codes or []), code]
        return raw, path

    def _known_share(self):
        """Count too the blocks that the household fills: each is one answer."""
        _known, asked = super()._known_share()
        blocks = {one["code"] for one in household.blocks_asked(self._schema())}
        codes = {one["code"] for one in questions(self._schema(), rows=False)}
        filled = (codes | blocks).intersection(self.known_codes or [])
        return len(filled), asked + len(blocks)

    # === WHO MAY BE KEPT === #

    def _new_members(self):
        """Return the persons named in the form who are not in the household yet.

        :return: dicts ``path``, ``name`` and ``vals`` (of a link)
        :rtype: list[dict]
        """
        if self.is_trial or not self._citizen():
            return []
        named = household.typed(self._schema(), self._seen().answers)
        known = [_names(one) for one in (self._household_people() if named else ())]
        today, found = self._rules_context().today, []
        for path, question, answer in named:
            names = _names(answer)
            if any(is_same_person(names, one) for one in known):
                continue
            known.append(names)
            role = household.role_of(question, answer, is_minor(names[2], today))
            last, first, birth = names
            vals = {"last_name": last, "first_name": first, "birth_date": birth}
            found.append(
                {"path": path, "name": f"{first} {last}", "vals": vals | {"role": role}}
            )
        return found

    def _keep_members(self, members):
        """Add persons to the household; what cannot be added never stops a filing.

        :param list members: of ``_new_members``
        """
        links = self.env["grc.household.link"]
        for member in members:
            try:
                with self.env.cr.savepoint():
                    links._declare(self._citizen(), self.company_id, member["vals"])
            except (UserError, ValidationError):
                continue


def _names(person):
    return tuple(
        person.get(name) or "" for name in ("last_name", "first_name", "birth_date")
    )
