from odoo import api, models

from odoo.addons.grc_base.rules import chain

_BATCH = 200


class GrcRequestEvent(models.Model):
    """The histories of many requests, verified together."""

    _inherit = "grc.request.event"

    @api.model
    def _broken_links(self, requests):
        """Return where the history of each request is not proved any more.

        An event changed, removed or added shows in the chain; the last ones removed
        show because the request keeps the seal of its last event.

        :param grc.request requests: whose histories; read with the rights given
        :return: rank of the first event that is not proved, by id of the request
        :rtype: dict[int, int]
        """
        histories = dict.fromkeys(requests.ids, self.browse())
        for event in self.search(
            [("request_id", "in", requests.ids)], order="request_id, sequence"
        ):
            histories[event.request_id.id] |= event
        broken = {}
        for request in requests:
            events = histories[request.id]
            position = chain.first_broken_link(events._links(request.name))
            if position is not None:
                broken[request.id] = events[position].sequence
            elif not events or events[-1].hash != request.chain_head:
                broken[request.id] = events[-1:].sequence + 1
        return broken

    @api.model
    def _verify_all(self, company=None):
        """Verify the history of every request, in batches.

        From the command line: ``env["grc.request.event"]._verify_all()``.

        :param res.company company: one local authority, all of them when not given
        :return: number of the request and rank of its first event that is not
            proved, in the order of the register; empty when everything holds
        :rtype: list[tuple[str, int]]
        """
        domain = [("company_id", "=", company.id)] if company else []
        requests = self.env["grc.request"]
        ids = requests.search(domain, order="id").ids
        found = []
        for start in range(0, len(ids), _BATCH):
            batch = requests.browse(ids[start : start + _BATCH])
            broken = self._broken_links(batch)
            found += [
                (request.name, broken[request.id])
                for request in batch
                if request.id in broken
            ]
            # The next batch takes the memory of this one.
            self.env.invalidate_all()
        return found
