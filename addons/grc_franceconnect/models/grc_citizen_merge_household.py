from odoo import fields, models


class GrcCitizenMerge(models.Model):
    """The household of two sheets made one: no link lost, no person named twice."""

    _inherit = "grc.citizen.merge"

    def _move_household(self, source, target):
        """Give the links of a sheet to another; of two for one person, one is ended.

        :return: ``adult_id`` and ``person_id`` (links moved), ``ended`` (link and its
            end before), to be undone
        :rtype: dict
        """
        journal = {"adult_id": [], "person_id": [], "ended": []}
        for name, other in (("adult_id", "person_id"), ("person_id", "adult_id")):
            moving = self.env["grc.household.link"].search([(name, "=", source.id)])
            # A link between both sheets speaks of nobody else: it stays where it is.
            for link in moving.filtered(lambda one, o=other: one[o] != target):
                journal["ended"] += self._end_twin(link, {name: target})
                link.write({name: target.id})
                journal[name].append(link.id)
        return journal

    def _end_twin(self, link, changes):
        """End the less sure of two links that will name the same two people."""
        adult = changes.get("adult_id") or link.adult_id
        person = changes.get("person_id") or link.person_id
        if link.ends_on:
            return []
        twins = adult.grc_household_ids.filtered(
            lambda one: (
                one != link
                and not one.ends_on
                and one.company_id == link.company_id
                and (one.person_id == person or one._names_same(link))
            )
        )
        if not twins:
            return []
        loser = twins if link.level == "verified" else link
        ended = [[one.id, fields.Date.to_string(one.ends_on) or False] for one in loser]
        for one in loser:
            one.ends_on = max(one._today(), one.starts_on or one._today())
        # One open link of a pair at any instant: the end comes first.
        loser.flush_recordset(["ends_on"])
        return ended

    def _undo_household(self, journal, kept, dropped):
        """Give back the links to the sheet that had them, and those ended."""
        links = self.env["grc.household.link"]
        for name in ("adult_id", "person_id"):
            moved = links.browse(journal.get(name, [])).exists()
            moved.filtered(lambda one, name=name: one[name] == kept).write(
                {name: dropped.id}
            )
        links.flush_model()
        for link_id, before in journal.get("ended", []):
            links.browse(link_id).exists().write({"ends_on": before})
