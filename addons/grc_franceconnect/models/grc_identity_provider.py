from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.urls import urljoin

from ..const import CALL_SECONDS
from ..rules.provider import ALGORITHMS, FRANCECONNECT_SCOPES, Provider, is_safe_url


class GrcIdentityProvider(models.Model):
    """One client of one OpenID provider, for one local authority."""

    _name = "grc.identity.provider"
    _inherit = [
        "grc.kept.secret.mixin",
        "grc.identity.client.mixin",
        "grc.identity.test.mixin",
    ]
    _description = "Provider of identities"
    _order = "sequence, id"

    name = fields.Char(required=True, default="FranceConnect")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(
        [("franceconnect", "FranceConnect"), ("oidc", "Another OpenID provider")],
        required=True,
        default="franceconnect",
    )
    environment = fields.Selection(
        [("integration", "Tests (integration)"), ("production", "Production")],
        required=True,
        default="integration",
    )
    audience = fields.Selection(
        [("citizens", "Citizens"), ("agents", "Agents")],
        string="For",
        required=True,
        default="citizens",
        help="An agent’s account is never opened by a provider for citizens, nor the "
        "contrary.",
    )
    issuer = fields.Char(
        string="Address of the provider",
        required=True,
        help="As written by the provider, such as "
        "https://oidc.franceconnect.gouv.fr/api/v2",
    )
    client_id = fields.Char(string="Identifier received", required=True, copy=False)
    algorithm = fields.Selection(
        [(name, name) for name in ALGORITHMS],
        string="Signature",
        required=True,
        default="ES256",
        help="The one chosen when the client was declared; every other is refused.",
    )
    acr = fields.Char(
        string="Level asked",
        default="eidas1",
        help="eidas1 for FranceConnect. For another provider it may be empty.",
    )
    scopes = fields.Char(
        string="Data asked",
        required=True,
        default=" ".join(FRANCECONNECT_SCOPES),
        help="Those that the habilitation grants, and no other.",
    )
    token_auth = fields.Selection(
        [("post", "In the form"), ("basic", "In the header")],
        string="Secret sent",
        required=True,
        default="post",
    )
    uses_pkce = fields.Boolean(string="Uses PKCE", help="Never with FranceConnect.")
    is_userinfo_signed = fields.Boolean(string="Identity is signed", default=True)
    returns_issuer = fields.Boolean(string="Names itself at return", default=True)
    certifies = fields.Boolean(
        string="Certifies the civil identity",
        default=True,
        help="Untick it for a provider that takes the identity on trust: nobody is "
        "then recognised by it.",
    )
    timeout_seconds = fields.Float(
        string="Longest wait (seconds)", default=CALL_SECONDS, digits=(4, 1)
    )
    other_hosts = fields.Char(
        string="Other machines of the provider",
        help="When its keys or its users are kept elsewhere than at its own address: "
        "names separated by spaces. Any other is refused.",
    )
    base_url = fields.Char(
        string="Address of the site",
        help="Where citizens come back, such as https://www.example.fr. Empty: the "
        "address of the town’s website.",
    )
    redirect_uri = fields.Char(
        string="Address of return to declare", compute="_compute_addresses"
    )
    logout_uri = fields.Char(
        string="Address after sign-out to declare", compute="_compute_addresses"
    )
    tested_at = fields.Datetime(string="Tested on", readonly=True, copy=False)
    test_report = fields.Text(string="Result", readonly=True, copy=False)

    @api.depends("base_url", "company_id")
    def _compute_addresses(self):
        for provider in self:
            base = provider._base()
            provider.redirect_uri = urljoin(base, "/franceconnect/retour")
            provider.logout_uri = urljoin(base, "/franceconnect/retour-deconnexion")

    def _base(self):
        """Return the address of the site: from the settings, never from a request."""
        self.ensure_one()
        return (self.base_url or self._site_url()).rstrip("/") or "http://localhost"

    def _site_url(self):
        # sudo: the address of a public site
        websites_sudo = self.env["website"].sudo()
        site = websites_sudo.search(
            [("company_id", "=", self.company_id.id), ("domain", "!=", False)], limit=1
        )
        parameters_sudo = self.env["ir.config_parameter"].sudo()  # sudo: same reason
        return site.domain or parameters_sudo.get_param("web.base.url") or ""

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        providers._check_rules()
        return providers

    def write(self, vals):
        result = super().write(vals)
        self._check_rules()
        return result

    def _secret_names(self):
        return ("issuer", "client_id")

    def _check_rules(self):
        for provider in self:
            provider._check_addresses()
            try:
                provider._rules()
            except ValueError as error:
                raise ValidationError(provider._rule_text(str(error))) from error

    def _check_addresses(self):
        self.ensure_one()
        if not is_safe_url(self.issuer, allow_loopback=self._allows_loopback()):
            raise ValidationError(
                self.env._("The address of the provider begins with https://.")
            )
        if self.base_url and not is_safe_url(self.base_url, allow_loopback=True):
            raise ValidationError(
                self.env._("The address of the site begins with https://.")
            )

    def _rule_text(self, code):
        texts = {
            "algorithm": self.env._("FranceConnect signs with ES256 or RS256."),
            "acr": self.env._("FranceConnect wants a level: eidas1."),
            "pkce": self.env._("FranceConnect refuses PKCE: untick it."),
            "is_userinfo_signed": self.env._("FranceConnect signs the identity."),
            "returns_issuer": self.env._("FranceConnect names itself at return."),
        }
        return texts.get(code) or self.env._("These settings contradict one another.")

    @api.constrains("kind", "company_id", "active", "audience")
    def _check_one_franceconnect(self):
        for provider in self.filtered(lambda p: p.active and p.kind == "franceconnect"):
            if provider.audience == "agents":
                raise ValidationError(
                    self.env._("FranceConnect is for citizens; ProConnect for agents.")
                )
            others = self.search_count(
                [
                    ("id", "!=", provider.id),
                    ("kind", "=", "franceconnect"),
                    ("company_id", "=", provider.company_id.id),
                ]
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "FranceConnect is set up already for this local authority: "
                        "archive the other one first."
                    )
                )

    def _hosts(self):
        """Return the machines, beside its own, where the provider may have its doors.

        FranceConnect has none.

        :rtype: tuple[str, ...]
        """
        self.ensure_one()
        is_franceconnect = self.kind == "franceconnect"
        return () if is_franceconnect else tuple((self.other_hosts or "").split())

    def _allows_loopback(self):
        """Plain http is for a simulator on this machine, outside production."""
        return self.environment != "production"

    def _rules(self, endpoints=None):
        """Return what the rules know of this provider, without its secret.

        :param Endpoints endpoints: its addresses, when they have been read
        :raise ValueError: when the settings contradict one another
        :rtype: Provider
        """
        self.ensure_one()
        return Provider(
            issuer=self.issuer,
            client_id=self.client_id,
            algorithm=self.algorithm,
            kind=self.kind,
            acr=self.acr or "",
            scopes=tuple((self.scopes or "").split()),
            authorization_endpoint=endpoints.authorization if endpoints else "",
            end_session_endpoint=endpoints.end_session if endpoints else "",
            redirect_uri=self.redirect_uri,
            post_logout_redirect_uri=self.logout_uri,
            uses_pkce=self.uses_pkce,
            is_userinfo_signed=self.is_userinfo_signed,
            returns_issuer=self.returns_issuer,
            certifies=self.certifies,
        )

    @api.model
    def _for_town(self, company):
        """Return the providers that the pages of ``company`` offer.

        :param res.company company: the local authority of the website
        :rtype: grc.identity.provider
        """
        # sudo: the public has no right on the settings; the button shows a name
        return self.sudo().search_fetch([("company_id", "=", company.id)])

    @api.model
    def _come_back_to(self, provider_id):
        """Return the provider of a trip, its secret included, in one query.

        :rtype: grc.identity.provider
        """
        names = [name for name, field in self._fields.items() if field.prefetch is True]
        # sudo: the provider that this browser left for
        every = self.sudo().with_context(active_test=False)
        return every.search_fetch([("id", "=", provider_id)], [*names, "kept_secret"])

    def action_test(self):
        """Try the settings and write what fails, and what to do."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("grc_base.group_grc_manager"):
            raise UserError(self.env._("A functional administrator tests a provider."))
        # sudo: the secret is used, not shown; the report is written
        provider_sudo = self.sudo()
        provider_sudo.write(
            {
                "tested_at": fields.Datetime.now(),
                "test_report": "\n".join(provider_sudo._test_lines()),
            }
        )
