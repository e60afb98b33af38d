from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import implicit


class GrcPrestation(models.Model):
    _inherit = "grc.prestation"

    needs_publicity = fields.Boolean(
        string="Published for third parties",
        tracking=True,
        help="An express decision would be published for third parties. Where silence "
        "accepts, the request itself is then published, with the day on which it will "
        "be accepted (CRPA, art. L232-2).",
    )


class GrcRequest(models.Model):
    """The publicity of a request where silence accepts (CRPA, art. L232-2)."""

    _inherit = "grc.request"

    needs_publicity = fields.Boolean(string="For third parties", readonly=True)
    published_on = fields.Date(string="Published on", readonly=True, copy=False)
    published_where = fields.Char(string="Published where", readonly=True, copy=False)
    published_for = fields.Date(
        string="Day of acceptance published",
        readonly=True,
        copy=False,
        help="When the day moves, the request is published again with the new one.",
    )
    is_to_publish = fields.Boolean(
        string="To publish", compute="_compute_is_to_publish", store=True
    )

    _to_publish_idx = models.Index("(service_id) WHERE is_to_publish")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "needs_publicity",
            "published_on",
            "published_where",
            "published_for",
        }

    @api.depends(
        "needs_publicity", "silence_regime", "implicit_on", "published_for", "outcome"
    )
    def _compute_is_to_publish(self):
        for request in self:
            request.is_to_publish = (
                not request.outcome
                and implicit.must_publish(
                    request.needs_publicity,
                    request.silence_regime,
                    request.implicit_on or None,
                )
                and request.published_for != request.implicit_on
            )

    @api.model
    def _prepare_regime_vals(self, nature, prestation):
        values = super()._prepare_regime_vals(nature, prestation)
        # sudo: a visitor files without reading the settings of the prestation
        prestation_sudo = prestation.sudo()
        same = bool(prestation_sudo) and prestation_sudo.nature == nature
        return values | {"needs_publicity": same and prestation_sudo.needs_publicity}

    def _record_publication(self, published_on, where):
        """Record that the request was published, with its day of acceptance.

        :param date published_on: local civil day of the publication
        :param str where: where third parties read it
        :raise UserError: when there is nothing to publish, or the day is impossible
        """
        self.ensure_one()
        self._check_writer()
        self.lock_for_update()
        if not self.is_to_publish:
            raise UserError(self.env._("There is nothing to publish on this request."))
        if not (where or "").strip():
            raise UserError(self.env._("Say where third parties read it."))
        if not self.received_on <= published_on <= self._local_day():
            raise UserError(
                self.env._(
                    "A request is published after its reception, today at the latest."
                )
            )
        day = self.implicit_on
        self._write_facts(
            {
                "published_on": published_on,
                "published_where": where.strip(),
                "published_for": day,
            }
        )
        self._log_event(
            "request_published",
            on=published_on,
            where=where.strip(),
            implicit_on=fields.Date.to_string(day),
        )
