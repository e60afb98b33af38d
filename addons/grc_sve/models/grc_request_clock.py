from odoo import api, models

from ..const import ELECTRONIC_CHANNELS
from ..rules import clock


class GrcRequest(models.Model):
    """What the rules of the law read of a request, and what it stores of them."""

    _inherit = "grc.request"

    @api.model
    def _clock_columns(self):
        """Return the stored fields that ``_build_clock_facts`` reads.

        :rtype: tuple[str, ...]
        """
        return (
            "silence_regime",
            "silence_months",
            "start_basis",
            "mandatory_prior_appeal",
        )

    @api.model
    def _build_clock_facts(
        self, *, silence_regime, silence_months, start_basis, **facts
    ):
        """Return the facts of the rules from what a request stores.

        The one reading of the stored values, whether they come one by one from the
        record or in thousands from the database (``_recompute_clocks``): whoever adds
        a fact extends this method and ``_clock_columns``.

        :rtype: clock.Facts
        """
        has_silence = silence_regime in ("sva", "svr")
        return clock.Facts(
            nature="request" if has_silence else "question",
            regime=silence_regime if has_silence else "none",
            period_months=silence_months if has_silence else None,
            start_basis=start_basis or "default",
            **facts,
        )

    def _clock_facts(self, also=()):
        """Gather what the clock of the law depends on.

        :param also: events of the rules that did not happen yet
        :rtype: clock.Facts
        """
        self.ensure_one()
        return self._build_clock_facts(
            territory=self.company_id.grc_territory,
            received_on=self._local_day(self.received_at),
            events=(*self.event_ids._clock_events(), *also),
            **{name: self[name] for name in self._clock_columns()},
        )

    @api.model
    def _clock_days(self, days, channel):
        """Return the days that a request stores, by name.

        :param clock.Clock days: what the rules answer
        :rtype: dict[str, date | None]
        """
        vals = days.as_vals()
        if channel not in ELECTRONIC_CHANNELS:
            # The two limits exist for what came electronically: law of the paper
            # acknowledgement is CRPA art. L112-3, which sets none.
            vals |= {"aee_latest": None, "are_latest": None}
        return vals
