import logging
import time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.grc_base.rules import identifiers
from odoo.addons.grc_form.rules.data import DataError

from ..const import DATA_SECONDS
from ..rules.dgfip import Dgfip
from ..rules.holders import is_among
from ..rules.services import SERVICES

_logger = logging.getLogger(__name__)
# Seconds before the one new try, when the same call is under way at the service.
PAUSE_SECONDS = 1.0
_TOKEN_CONNECTORS = {one.code: one for one in (*SERVICES, Dgfip())}


class OtherPeople(Exception):
    """The file found is not the citizen's: nothing of it is used."""


class GrcDataSource(models.Model):
    """The services that answer for a citizen signed in with FranceConnect."""

    _inherit = "grc.data.source"

    scopes = fields.Char(
        string="Rights asked of FranceConnect",
        help="Empty: those that the data asked want. To be filled in only when the "
        "habilitation names others.",
    )
    is_ready = fields.Boolean(compute="_compute_is_ready")

    @api.model
    def _connectors_by_code(self):
        return super()._connectors_by_code() | _TOKEN_CONNECTORS

    @api.depends("connector")
    def _compute_is_ready(self):
        for source in self:
            source.is_ready = getattr(source._connector(), "is_ready", True)

    @api.model
    def _prepare_ready_made(self, company):
        sources = super()._prepare_ready_made(company)
        siret = (company.company_registry or "").replace(" ", "")
        vals = {"timeout_seconds": DATA_SECONDS}
        if identifiers.is_siret(siret):
            vals["recipient_siret"] = siret
        sources.filtered("uses_token").write(vals)
        return sources

    def _check_settings(self):
        result = super()._check_settings()
        for source in self.filtered(lambda one: one.active and one.uses_token):
            if not source.is_ready:
                raise ValidationError(source._not_ready_text())
            if not source.recipient_siret:
                raise ValidationError(
                    self.env._(
                        "API Particulier wants to know who receives the data: fill in "
                        "the SIRET of the local authority."
                    )
                )
        return result

    def _not_ready_text(self):
        return self.env._(
            "The contract of this service is to be filled in: what it tells and how it "
            "is asked are given with its habilitation, and nothing is guessed. It "
            "cannot be put in use."
        )

    def action_use(self):
        """Put in use, except what has no contract yet."""
        for source in self:
            if not source.is_ready:
                raise UserError(source._not_ready_text())
        return super().action_use()

    def _test_lines(self):
        self.ensure_one()
        if not self.uses_token:
            return super()._test_lines()
        if not self.is_ready:
            return [self._not_ready_text()]
        return [self._answers_text(), *self._lacks()]

    def _answers_text(self):
        """Call with a token that is none: a service that is there refuses it."""
        connector = self._connector()
        try:
            answer = self._call(connector, bearer="none")
            connector.read(answer.status, answer.body)
        except DataError as error:
            if error.code == "expired":
                return self.env._(
                    "The service is there and wants a citizen’s sign-in, as it should. "
                    "The rights of the habilitation are seen at the first real use."
                )
            return self._error_text(error.code)
        return self._error_text("malformed")

    def _lacks(self):
        provider = self._franceconnect()
        if not provider:
            return [
                self.env._("FranceConnect is not set up: citizens cannot use this.")
            ]
        return []

    def _franceconnect(self):
        """Return the FranceConnect of the local authority, empty when it has none."""
        self.ensure_one()
        providers = self.env["grc.identity.provider"]._for_town(self.company_id)
        return providers.filtered(lambda one: one.kind == "franceconnect")[:1]

    def _scopes_for(self, codes):
        """Return the rights to ask of FranceConnect, for some data and no other."""
        self.ensure_one()
        own = (self.scopes or "").split()
        asked = own or self._connector().scopes_for(codes)
        # The service finds the file by the identity, and we compare it.
        return ("openid", "identite_pivot", *asked)

    # === ASKING, WITH A CONSENT === #

    def _fetch_consented(self, consent, bearer, pivot):
        """Return the data that a citizen agreed to, and no other.

        Called inside the return from FranceConnect: the token lives a minute.

        :param grc.data.consent consent: of this citizen, for this form, just given
        :param str bearer: the token; never kept nor logged
        :param Pivot pivot: who signed in
        :return: canonical value by code
        :rtype: dict
        :raise DataError: saying why there is nothing
        :raise OtherPeople: when the file is somebody else's
        """
        self.ensure_one()
        codes = consent._check_usable(self)
        connector = self._connector()
        if not connector or not self.active or not bearer:
            raise DataError("unavailable")
        answer = self._call(connector, bearer=bearer)
        if answer.status == 409:
            time.sleep(PAUSE_SECONDS)
            answer = self._call(connector, bearer=bearer)
        told = connector.read(answer.status, answer.body)
        holders = connector.holders(answer.body)
        if holders is not None and not is_among(holders, pivot):
            raise OtherPeople()
        return {code: told[code] for code in codes if code in told}

    def _tell_administrators(self):
        """Plan something to do for the functional administrators, once each.

        Our settings are wrong: citizens type by hand until they are mended.
        """
        self.ensure_one()
        _logger.error(
            "Data source %s of company %s refuses our settings",
            self.connector,
            self.company_id.id,
        )
        users = self.env["res.users"]._grc_managers(self.company_id)

        def words(env):
            source = self.with_env(env)
            name = env._("Data source to mend: %(name)s", name=source.name)
            return name, source._error_text("misconfigured")

        self.env["mail.activity"]._grc_plan_once(users, f"data-source:{self.id}", words)
