import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import CHANNELS, EVENT_KINDS
from ..rules import chain

_logger = logging.getLogger(__name__)


class GrcRequestEvent(models.Model):
    """A dated fact of a request. Appended, never changed, sealed by the next."""

    _name = "grc.request.event"
    _description = "Event of a request"
    _order = "request_id, sequence"
    _log_access = False

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(EVENT_KINDS, string="Fact", required=True, readonly=True)
    happened_at = fields.Datetime(string="Recorded on", required=True, readonly=True)
    happened_on = fields.Date(
        string="Day",
        required=True,
        readonly=True,
        help="Civil day of the fact, in the time zone of the local authority.",
    )
    actor_id = fields.Many2one(
        "res.users", string="By", required=True, readonly=True, ondelete="restrict"
    )
    on_behalf = fields.Char(string="On behalf of", readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    # What a citizen reads of it is worded by ``_timeline``: it may hold the
    # comments that agents make to each other.
    payload = fields.Json(readonly=True, groups="base.group_user")
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(string="Seal", required=True, readonly=True)
    detail = fields.Char(compute="_compute_detail", groups="base.group_user")

    _sequence_uniq = models.Constraint(
        "unique(request_id, sequence)", "This event is already recorded."
    )

    def init(self):
        # The rule of the model holds for whoever reaches the database too.
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION grc_request_event_append_only()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'grc_request_event is append-only';
            END $$;
            DROP TRIGGER IF EXISTS grc_request_event_append_only
                ON grc_request_event;
            CREATE TRIGGER grc_request_event_append_only
                BEFORE UPDATE OR DELETE ON grc_request_event
                FOR EACH ROW EXECUTE FUNCTION grc_request_event_append_only();
            """
        )

    @api.depends("payload", "kind")
    def _compute_detail(self):
        for event in self:
            detail = event._citizen_detail() or event._agent_detail()
            event.detail = " – ".join(filter(None, (detail, event._clock_detail())))

    @api.model
    def _append(self, request, kind, on, payload):
        """Append a fact to ``request``. Called by ``grc.request._log_event`` only.

        :param date on: local civil day, None for today
        :param dict payload: values JSON can hold
        :rtype: grc.request.event
        """
        request.lock_for_update()
        now = fields.Datetime.now()
        last = self.search(
            [("request_id", "=", request.id)], order="sequence desc", limit=1
        )
        if last and chain.went_back(last.happened_at, now):
            # The order is that of the chain; the instant is kept as the server said.
            payload["clock_back_from"] = fields.Datetime.to_string(last.happened_at)
            _logger.info(
                "%s: the clock of the server went back from %s to %s: set it right "
                "(NTP), then have the days of the requests verified",
                request.name,
                last.happened_at,
                now,
            )
        vals = {
            "request_id": request.id,
            "sequence": last.sequence + 1,
            "kind": kind,
            "happened_at": now,
            "happened_on": on or request._local_day(now),
            "actor_id": self.env.uid,
            "channel": payload.pop("channel", None) or False,
            "on_behalf": payload.pop("on_behalf", None) or False,
            "payload": {
                key: value for key, value in payload.items() if value is not None
            },
            "previous_hash": last.hash or False,
        }
        vals["hash"] = chain.event_hash(
            last.hash or "", self._sealed_facts(request.name, vals)
        )
        return self.create(vals)

    @api.model
    def _sealed_facts(self, number, vals):
        return {
            "request": number,
            "sequence": vals["sequence"],
            "kind": vals["kind"],
            "at": fields.Datetime.to_string(vals["happened_at"]),
            "on": fields.Date.to_string(vals["happened_on"]),
            "actor": vals["actor_id"],
            "channel": vals["channel"] or None,
            "on_behalf": vals["on_behalf"] or None,
            "payload": vals["payload"] or {},
        }

    @api.model
    def _first_broken_event(self, request):
        """Return the first event that the chain of ``request`` does not prove.

        :rtype: grc.request.event
        """
        events = self.search([("request_id", "=", request.id)], order="sequence")
        position = chain.first_broken_link(events._links(request.name))
        return self.browse() if position is None else events[position]

    def _links(self, number):
        """Return these events of request ``number`` as links of its chain.

        :rtype: list[tuple[str, str, dict]]
        """
        return [
            (
                event.previous_hash or "",
                event.hash,
                self._sealed_facts(
                    number,
                    {
                        "sequence": event.sequence,
                        "kind": event.kind,
                        "happened_at": event.happened_at,
                        "happened_on": event.happened_on,
                        "actor_id": event.actor_id.id,
                        "channel": event.channel,
                        "on_behalf": event.on_behalf,
                        "payload": event.payload,
                    },
                ),
            )
            for event in self
        ]

    # Nothing is ever written: there is nothing to hand over to core.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(self.env._("The history of a request is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("The history of a request is never changed."))

    def _kind_label(self):
        """Return the name of the fact, in the language of the reader."""
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _citizen_detail(self):
        """Return what is added to the name of the fact for the citizen."""
        self.ensure_one()
        payload = self.payload or {}
        if self.kind == "qualified":
            return payload.get("service") or ""
        if self.kind == "agent_message":
            return payload.get("subject") or ""
        return ""

    def _clock_detail(self):
        """Return what to do when the clock of the server went back before this fact."""
        self.ensure_one()
        if "clock_back_from" not in (self.payload or {}):
            return ""
        return self.env._(
            "The clock of the server had gone back: check this day, and tell the "
            "administrator."
        )

    def _agent_detail(self):
        """Return what is added to the name of the fact for agents only."""
        self.ensure_one()
        payload = self.payload or {}
        if "target" in payload:
            step = f"{payload.get('origin', '')} → {payload['target']}"
            return " – ".join(filter(None, (step, payload.get("comment"))))
        files = payload.get("files") or [
            name for name, _hash in payload.get("documents") or []
        ]
        if files:
            return ", ".join(files)
        return payload.get("address") or payload.get("agent") or ""
