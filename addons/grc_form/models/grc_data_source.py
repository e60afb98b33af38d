from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.grc_base.rules import identifiers
from odoo.addons.grc_base.rules.urls import is_loopback, is_safe_url

from ..rules.data import CONNECTORS

# Seconds: a citizen waits meanwhile.
LEAST_SECONDS, MOST_SECONDS = 1, 10
MOST_CACHE_HOURS = 24 * 31


class GrcDataSource(models.Model):
    """A data service that a local authority calls, so as not to ask twice."""

    _name = "grc.data.source"
    _inherit = ["grc.kept.secret.mixin", "grc.data.words.mixin"]
    _description = "Data source"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        string="In use",
        default=True,
        help="Not in use, nothing is called and citizens type everything.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    connector = fields.Selection(
        "_connector_selection", string="Service", required=True
    )
    base_url = fields.Char(string="Address of the service", required=True)
    new_secret = fields.Char(
        string="Key received",
        groups="grc_base.group_grc_manager",
        help="It is kept and never shown again. Empty: no key is sent.",
    )
    has_secret = fields.Boolean(string="Key kept")
    recipient_siret = fields.Char(
        string="SIRET of the local authority",
        help="Says to the service who receives the data.",
    )
    timeout_seconds = fields.Float(
        string="Longest wait (seconds)",
        default=3.0,
        digits=(4, 1),
        help="After it the citizen goes on and types by herself.",
    )
    cache_hours = fields.Integer(
        string="Answers kept (hours)",
        default=24,
        help="Public data only; those of one person are never kept here.",
    )
    uses_token = fields.Boolean(compute="_compute_facts")
    wants_key = fields.Boolean(compute="_compute_facts")
    wants_recipient = fields.Boolean(compute="_compute_facts")
    is_simulator = fields.Boolean(compute="_compute_facts")
    data_text = fields.Text(string="What it tells", compute="_compute_facts")
    tested_at = fields.Datetime(string="Tested on", readonly=True, copy=False)
    test_report = fields.Text(string="Result", readonly=True, copy=False)

    _company_connector_uniq = models.Constraint(
        "unique(company_id, connector)",
        "This service is set up already for this local authority.",
    )

    # === CONNECTORS === #

    @api.model
    def _connectors_by_code(self):
        """Return the services known: an addon that knows others adds them.

        :rtype: dict[str, grc_form.rules.data.Connector]
        """
        return CONNECTORS

    @api.model
    def _connector_selection(self):
        texts = self._connector_texts()
        return [(code, texts.get(code, code)) for code in self._connectors_by_code()]

    def _connector(self):
        """Return how to ask this service and read it, None when it is not known."""
        self.ensure_one()
        return self._connectors_by_code().get(self.connector)

    @api.model
    def _for(self, company, connector_code=None):
        """Return the sources in use of a local authority.

        :param res.company company: the local authority
        :param str connector_code: of the only one wanted
        :rtype: grc.data.source
        """
        domain = [("company_id", "=", company.id)]
        if connector_code:
            domain.append(("connector", "=", connector_code))
        # sudo: the public has no right on the settings; nothing of them is shown
        return self.sudo().search(domain)

    @api.model
    def _datum(self, connector_code, code):
        """Return the datum of a service, None when there is none.

        :rtype: grc_form.rules.data.Datum | None
        """
        connector = self._connectors_by_code().get(connector_code)
        found = (datum for datum in (connector.data if connector else ()))
        return next((datum for datum in found if datum.code == code), None)

    # === FIELDS === #

    @api.depends_context("lang")
    @api.depends("connector", "base_url")
    def _compute_facts(self):
        for source in self:
            connector = source._connector()
            source.uses_token = bool(connector and connector.needs_token)
            source.wants_key = bool(connector and connector.wants_key)
            # Whoever answers for a citizen wants to know who asks.
            source.wants_recipient = source.uses_token or bool(
                connector and connector.wants_recipient
            )
            source.is_simulator = is_loopback(source.base_url or "")
            source.data_text = "\n".join(
                source._datum_text(source.connector, datum.code)
                for datum in (connector.data if connector else ())
            )

    # === RULES === #

    @api.model_create_multi
    def create(self, vals_list):
        sources = super().create(vals_list)
        sources._check_settings()
        return sources

    def write(self, vals):
        """Forget the answers of a service when another takes its place."""
        moved = self._sent_elsewhere(vals)
        result = super().write(vals)
        if moved:
            moved._forget_answers()
        self._check_settings()
        return result

    def _secret_names(self):
        return ("base_url", "connector", "company_id")

    def _check_may_use(self):
        """Refuse to put in use a source that cannot work: an addon says why.

        :raise UserError: saying what lacks
        """
        self.ensure_one()
        if not self._connector():
            raise UserError(self.env._("This service is not installed any more."))

    def _check_settings(self):
        for source in self:
            if source.active:
                source._check_may_use()
            source._check_base_url()
            siret = (source.recipient_siret or "").replace(" ", "")
            if siret and not identifiers.is_siret(siret):
                raise ValidationError(self.env._("This SIRET number is not right."))
            if not LEAST_SECONDS <= source.timeout_seconds <= MOST_SECONDS:
                raise ValidationError(
                    self.env._(
                        "The longest wait is between %(least)s and %(most)s seconds: "
                        "a citizen waits meanwhile.",
                        least=LEAST_SECONDS,
                        most=MOST_SECONDS,
                    )
                )
            if not 0 <= source.cache_hours <= MOST_CACHE_HOURS:
                raise ValidationError(
                    self.env._("Answers are kept for 31 days (744 hours) at most.")
                )

    def _check_base_url(self):
        self.ensure_one()
        if not is_safe_url(self.base_url, allow_loopback=True) or "?" in self.base_url:
            raise ValidationError(
                self.env._("The address of the service begins with https://.")
            )
        is_trusted = self.env.su or self.env.user.has_group("base.group_system")
        if is_loopback(self.base_url) and not is_trusted:
            raise ValidationError(
                self.env._(
                    "Only an administrator of the system may call this very machine "
                    "(a simulator)."
                )
            )

    @api.model
    def _prepare_all(self):
        """Create, not in use, the sources that a local authority has not yet."""
        # every local authority of the database
        # pylint: disable-next=no-search-all
        for company in self.env["res.company"].search([]):
            self._prepare_ready_made(company)

    @api.model
    def _prepare_ready_made(self, company):
        """Create, not in use, the sources that a local authority may want.

        Those that it has already are left alone.

        :param res.company company: the local authority
        :rtype: grc.data.source
        """
        sources = self.with_context(active_test=False)
        known = set(
            sources.search([("company_id", "=", company.id)]).mapped("connector")
        )
        texts = self._in_words_of(company)._connector_texts()
        return self.create(
            [
                {
                    "name": texts.get(code, code),
                    "sequence": rank,
                    "company_id": company.id,
                    "connector": code,
                    "base_url": connector.base_url,
                    "active": False,
                }
                for rank, (code, connector) in enumerate(
                    self._connectors_by_code().items(), start=1
                )
                if code not in known and connector.base_url
            ]
        )

    @api.model
    def _in_words_of(self, company):
        lang = company.partner_id.lang
        return self.with_context(lang=lang) if lang else self

    def action_test(self):
        """Call the service and write what fails, and what to do."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("grc_base.group_grc_manager"):
            raise AccessError(
                self.env._("A functional administrator tests a data source.")
            )
        # sudo: the key is used, not shown; the report is written
        source_sudo = self.sudo()
        source_sudo.write(
            {
                "tested_at": fields.Datetime.now(),
                "test_report": "\n".join(source_sudo._test_lines()),
            }
        )
