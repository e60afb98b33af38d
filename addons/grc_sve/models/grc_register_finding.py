from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html, split_every

from .grc_request_register import CHECKED_DAYS

_BATCH = 200


class GrcRegisterFinding(models.Model):
    """What a verification of the register found, once for each thing found."""

    _name = "grc.register.finding"
    _description = "Discrepancy found in the register"
    _inherit = ["grc.register.check.mixin"]
    _order = "id desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        readonly=True,
        index=True,
    )
    found_at = fields.Datetime(string="Found on", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("day", "A day is not what the history gives"),
            ("history", "The history was changed"),
            ("entry", "A sealed request is gone, or its history is another"),
            ("seal", "The seal of a day was changed"),
        ],
        string="Discrepancy",
        required=True,
        readonly=True,
    )
    # The name of a request says what it is about: administrators, who see what is
    # found in protected files too, read its number only.
    request_id = fields.Many2one(
        "grc.request",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )
    number = fields.Char(readonly=True, help="Of the request, even when it is gone.")
    event_sequence = fields.Integer(
        string="Event",
        readonly=True,
        help="Rank, in the history, of the first event that is not proved.",
    )
    day_field = fields.Selection("_selection_day_field", string="Day", readonly=True)
    stored = fields.Date(string="Recorded", readonly=True)
    computed = fields.Date(string="According to the history", readonly=True)
    seal_id = fields.Many2one(
        "grc.register.seal", string="Sealed day", readonly=True, ondelete="restrict"
    )

    @api.model
    def _selection_day_field(self):
        requests = self.env["grc.request"]
        labels = requests.fields_get(CHECKED_DAYS, ["string"])
        return [(name, labels[name]["string"]) for name in CHECKED_DAYS]

    # Nothing is ever written: there is nothing to hand over to core.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(self.env._("What was found is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What was found is never changed."))

    def _describe(self):
        """Return what was found in a sentence, naming the request and the event."""
        self.ensure_one()
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.kind == "seal":
            return self.env._(
                "%(what)s: day %(day)s.", what=label, day=self.seal_id.sealed_on
            )
        if self.kind == "day":
            return self.env._(
                "%(what)s: request %(number)s.", what=label, number=self.number
            )
        return self.env._(
            "%(what)s: request %(number)s, event %(rank)s.",
            what=label,
            number=self.number,
            rank=self.event_sequence,
        )

    # === RECORDING === #

    @api.model
    def _record_histories(self, requests):
        """Verify the histories of ``requests`` and keep what is found."""
        broken = self.env["grc.request.event"]._broken_links(requests)
        return self._record(
            {
                "kind": "history",
                "company_id": request.company_id.id,
                "request_id": request.id,
                "number": request.name,
                "event_sequence": broken[request.id],
            }
            for request in requests
            if request.id in broken
        )

    @api.model
    def _record_days(self, requests):
        """Compute the days of ``requests`` again and keep those that differ."""
        return self._record(
            {
                "kind": "day",
                "company_id": request.company_id.id,
                "request_id": request.id,
                "number": request.name,
                "day_field": name,
                "stored": stored,
                "computed": computed,
            }
            for request, days in requests._differing_days().items()
            for name, (stored, computed) in days.items()
        )

    @api.model
    def _record_seals(self, seals):
        """Verify ``seals`` and keep what is found."""
        requests = self.env["grc.request"]
        return self._record(
            {
                "kind": "entry" if number else "seal",
                "company_id": seal.company_id.id,
                "seal_id": seal.id,
                "number": number or False,
                "event_sequence": rank,
                "request_id": requests.search(
                    [("company_id", "=", seal.company_id.id), ("name", "=", number)]
                ).id,
            }
            for seal, number, rank in seals._broken_seals()
        )

    @api.model
    def _record_all(self, company):
        """Verify every history and every seal of ``company``, closed ones too."""
        found = self.browse()
        requests, seals = self.env["grc.request"], self.env["grc.register.seal"]
        own = [("company_id", "=", company.id)]
        for batch in split_every(_BATCH, requests.search(own, order="id").ids):
            found |= self._record_histories(requests.browse(batch))
            # The next batch takes the memory of this one.
            self.env.invalidate_all()
        for seal in seals.search(own, order="sequence"):
            found |= self._record_seals(seal)
            self.env.invalidate_all()
        return found

    @api.model
    def _record(self, rows):
        """Keep each row that is not known yet, and call the administrators for it.

        :return: what was found, known already or not
        :rtype: grc.register.finding
        """
        found = new = self.browse()
        for row in rows:
            known = self.search(
                [
                    (name, "=", value)
                    for name, value in ({"event_sequence": 0} | row).items()
                    if name != "request_id"
                ],
                limit=1,
            )
            if not known:
                known = self.create(row | {"found_at": fields.Datetime.now()})
                new |= known
            found |= known
        for company in new.company_id:
            self._call_managers(company)
        return found

    @api.model
    def _call_managers(self, company):
        """Plan something to do for the administrators, once while it is open."""
        managers = self.env["res.users"]._grc_managers(company)
        activities = self.env["mail.activity"]
        for manager in managers:
            words = self.with_context(lang=manager.lang).env
            summary = words._("Discrepancies found in the register")
            if activities.search_count(
                [("user_id", "=", manager.id), ("summary", "=", summary)], limit=1
            ):
                continue
            activities.create(
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "summary": summary,
                    "note": plaintext2html(
                        words._("See Follow-up, Discrepancies found.")
                    ),
                    "user_id": manager.id,
                    "automated": True,
                }
            )
