from odoo import api, fields, models

from ..rules import clock, register

_SENT = {"aee_sent": "aee_sent_on", "are_sent": "are_sent_on"}
CHECKED_DAYS = (*clock.CLOCK_DAYS, *_SENT.values())


class GrcRequest(models.Model):
    """What the register says of a request: its proofs, as the history gives them."""

    _inherit = "grc.request"

    aee_sent_on = fields.Date(
        string="Registration acknowledged on",
        compute="_compute_register",
        store=True,
    )
    are_sent_on = fields.Date(
        string="Reception acknowledged on", compute="_compute_register", store=True
    )
    chain_head = fields.Char(
        string="Last seal of the history",
        compute="_compute_register",
        store=True,
        groups="base.group_user",
    )
    seal_id = fields.Many2one(
        "grc.register.seal",
        string="Sealed with the day",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="grc_base.group_grc_manager",
    )

    _unsealed_idx = models.Index("(company_id, id) WHERE seal_id IS NULL")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            *_SENT.values(),
            "chain_head",
            "seal_id",
        }

    @api.depends("event_ids.kind", "event_ids.hash")
    def _compute_register(self):
        for request in self:
            events = request.event_ids.sorted("sequence")
            for kind, name in _SENT.items():
                sent = events.filtered(lambda event, kind=kind: event.kind == kind)
                request[name] = min(sent.mapped("happened_on"), default=False)
            request.chain_head = events[-1:].hash

    # === VERIFICATION === #

    def action_verify_history(self):
        """Say whether the history of the request is as it was written."""
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever reads the request may know that its history holds
        request_sudo = self.sudo()
        broken = request_sudo.event_ids._broken_links(request_sudo)
        if broken:
            message = self.env._(
                "The history of %(number)s was changed: event %(sequence)s is not "
                "proved. Tell the functional administrator.",
                number=self.name,
                sequence=broken[self.id],
            )
        else:
            message = self.env._(
                "The history of %(number)s holds: its %(count)s events are as they "
                "were written.",
                number=self.name,
                count=len(request_sudo.event_ids),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if broken else "success",
                "message": message,
                "sticky": bool(broken),
            },
        }

    def _differing_days(self):
        """Return the stored days that the events do not give. Nothing is written.

        :return: ``{request: {field: (stored, computed)}}``
        :rtype: dict
        """
        found = {}
        for (name, day), ids in self._changed_clocks(self.ids).items():
            for request in self.browse(ids):
                found.setdefault(request, {})[name] = (request[name], day)
        sent = {
            (request, kind): day
            for request, kind, day in self.env["grc.request.event"]._read_group(
                [("request_id", "in", self.ids), ("kind", "in", list(_SENT))],
                ["request_id", "kind"],
                ["happened_on:min"],
            )
        }
        for request in self:
            computed = {name: sent.get((request, kind)) for kind, name in _SENT.items()}
            stored = {name: request[name] for name in computed}
            for name, days in register.changed_days(stored, computed).items():
                found.setdefault(request, {})[name] = days
        return found
