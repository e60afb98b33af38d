from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.grc_base.rules import chain

from ..rules import register

# Requests sealed at once, and looked up again at once.
_BATCH = 10000
_LOOKUP = 500


class GrcRegisterSeal(models.Model):
    """What was recorded on a day, sealed the night after, each seal by the next.

    The history of a request proves itself, not that the request exists: a request
    deleted with its whole history, or a history written again from its beginning,
    shows here.
    """

    _name = "grc.register.seal"
    _description = "Seal of a day of the register"
    _order = "company_id, sequence desc"
    _rec_name = "sealed_on"
    _log_access = False

    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    sequence = fields.Integer(string="Rank", required=True, readonly=True)
    sealed_on = fields.Date(
        string="Day",
        required=True,
        readonly=True,
        help="The requests recorded on this civil day of the local authority.",
    )
    sealed_at = fields.Datetime(string="Sealed on", required=True, readonly=True)
    request_count = fields.Integer(string="Requests", required=True, readonly=True)
    # Numbers and hashes, those of protected services too.
    entries = fields.Json(readonly=True, groups="base.group_system")
    previous_hash = fields.Char(readonly=True)
    head_hash = fields.Char(string="Seal", required=True, readonly=True)

    _sequence_uniq = models.Constraint(
        "unique(company_id, sequence)", "This day is already sealed."
    )

    def init(self):
        # The rule of the model holds for whoever reaches the database too.
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION grc_register_seal_append_only()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'grc_register_seal is append-only';
            END $$;
            DROP TRIGGER IF EXISTS grc_register_seal_append_only
                ON grc_register_seal;
            CREATE TRIGGER grc_register_seal_append_only
                BEFORE UPDATE OR DELETE ON grc_register_seal
                FOR EACH ROW EXECUTE FUNCTION grc_register_seal_append_only();
            """
        )

    # Nothing is ever written: there is nothing to hand over to core.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(self.env._("A seal of the register is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A seal of the register is never changed."))

    # === SEALING === #

    @api.model
    def _seal_next(self, company):
        """Seal the next day of ``company`` that is over, if there is one.

        Late, it catches up one day at each call. A day with many requests has
        several seals.

        :rtype: grc.register.seal
        """
        today = fields.Datetime.context_timestamp(
            self.with_context(tz=company.grc_timezone), fields.Datetime.now()
        ).date()
        last = self._last_seal(company)
        day = today - timedelta(1)
        if last:
            is_full = last.request_count >= _BATCH
            day = last.sealed_on + timedelta(0 if is_full else 1)
        return self._seal_day(company, day) if day < today else self.browse()

    @api.model
    def _last_seal(self, company):
        return self.search(
            [("company_id", "=", company.id)], order="sequence desc", limit=1
        )

    @api.model
    def _seal_day(self, company, day):
        """Seal what was recorded until the end of ``day`` and is not sealed yet.

        The day of the record counts, not the day of reception: a letter received
        on Friday may be entered on Monday.
        """
        requests = self.env["grc.request"].search(
            Domain("company_id", "=", company.id)
            & Domain("seal_id", "=", False)
            & Domain(
                "event_ids",
                "any",
                [
                    ("sequence", "=", 1),
                    ("happened_at", "<", register.day_end(day, company.grc_timezone)),
                ],
            ),
            order="id",
            limit=_BATCH,
        )
        entries = self._prepare_entries(requests)
        last = self._last_seal(company)
        vals = {
            "company_id": company.id,
            "sequence": last.sequence + 1,
            "sealed_on": day,
            "sealed_at": fields.Datetime.now(),
            "request_count": len(entries),
            "entries": entries,
            "previous_hash": last.head_hash or False,
        }
        vals["head_hash"] = chain.event_hash(
            last.head_hash or "", self._sealed_facts(vals)
        )
        seal = self.create(vals)
        requests._write_facts({"seal_id": seal.id})
        return seal

    @api.model
    def _prepare_entries(self, requests):
        ranks = dict(
            self.env["grc.request.event"]._read_group(
                [("request_id", "in", requests.ids)], ["request_id"], ["sequence:max"]
            )
        )
        return [
            [request.name, ranks[request], request.chain_head] for request in requests
        ]

    @api.model
    def _sealed_facts(self, vals):
        return register.seal_facts(
            vals["sequence"],
            vals["sealed_on"],
            fields.Datetime.to_string(vals["sealed_at"]),
            vals["entries"],
        )

    # === VERIFICATION === #

    def _broken_seals(self):
        """Return what these seals do not prove any more.

        :return: seal, number of the request and rank of the event that are gone;
            both empty when it is the seal itself that was changed
        :rtype: list[tuple[grc.register.seal, str, int]]
        """
        found = []
        for seal in self.sorted(lambda seal: (seal.company_id.id, seal.sequence)):
            before = self.search(
                [
                    ("company_id", "=", seal.company_id.id),
                    ("sequence", "=", seal.sequence - 1),
                ]
            )
            facts = self._sealed_facts(
                {
                    "sequence": seal.sequence,
                    "sealed_on": seal.sealed_on,
                    "sealed_at": seal.sealed_at,
                    "entries": seal.entries or [],
                }
            )
            link = (seal.previous_hash or "", seal.head_hash, facts)
            start = before.head_hash or ""
            if (
                chain.first_broken_link([link], start) is not None
                or (seal.sequence > 1 and not before)
                or seal.request_count != len(seal.entries or ())
            ):
                found.append((seal, "", 0))
            found += [(seal, *entry) for entry in seal._missing_entries()]
        return found

    def _missing_entries(self):
        self.ensure_one()
        missing = []
        for entries in split_every(_LOOKUP, self.entries or (), list):
            events = self.env["grc.request.event"].search(
                [
                    ("request_id.company_id", "=", self.company_id.id),
                    ("request_id.name", "in", [entry[0] for entry in entries]),
                    ("sequence", "in", list({entry[1] for entry in entries})),
                ]
            )
            found = {
                (event.request_id.name, event.sequence): event.hash for event in events
            }
            missing += register.missing_entries(entries, found)
        return missing

    @api.model
    def _verify_all(self, company=None):
        """Verify every seal. See ``_broken_seals``.

        :param res.company company: one local authority, all when not given
        """
        domain = [("company_id", "=", company.id)] if company else []
        found = []
        for seal in self.search(domain, order="company_id, sequence"):
            found += seal._broken_seals()
            self.env.invalidate_all()
        return found
