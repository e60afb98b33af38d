from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import CHANNELS, KINDS, NATURES


class GrcPrestation(models.Model):
    _name = "grc.prestation"
    _description = "Prestation of the catalogue"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    theme_id = fields.Many2one(
        "grc.theme", required=True, index=True, ondelete="restrict"
    )
    nature = fields.Selection(
        NATURES,
        required=True,
        default="request",
        tracking=True,
        help="What the law sees in what the citizen sends: only a request, a "
        "complaint or an appeal makes silence become a decision.",
    )
    service_id = fields.Many2one(
        "grc.service",
        string="Service in charge",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
    )
    circuit_id = fields.Many2one("grc.circuit", ondelete="restrict", check_company=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("published", "Published"),
            ("archived", "Withdrawn"),
        ],
        string="Publication",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )

    summary = fields.Char(
        translate=True, help="One sentence, shown in the list of the catalogue."
    )
    description = fields.Html(
        translate=True, help="What it is for and how it goes, in plain words."
    )
    required_documents = fields.Text(
        string="Documents to provide", translate=True, help="One document a line."
    )
    cost = fields.Char(translate=True)
    duration_text = fields.Char(string="Usual time", translate=True)
    legal_basis = fields.Char(translate=True)
    retention_text = fields.Char(string="Retention of files", translate=True)

    for_person = fields.Boolean(string="Persons", default=True)
    for_company = fields.Boolean(string="Companies")
    for_association = fields.Boolean(string="Associations")
    is_open_portal = fields.Boolean(string="Website", default=True)
    is_open_mail = fields.Boolean(string="E-mail", default=True)
    is_open_phone = fields.Boolean(string="Telephone", default=True)
    is_open_desk = fields.Boolean(string="Counter", default=True)
    is_open_letter = fields.Boolean(string="Letter", default=True)
    needs_presence = fields.Boolean(
        string="Personal presence required",
        help="The citizen must come in person at some point.",
    )
    request_count = fields.Integer(compute="_compute_request_count")

    _code_uniq = models.Constraint(
        "unique(company_id, code)",
        "Another prestation of the local authority already has this code.",
    )
    _published_idx = models.Index("(company_id, theme_id) WHERE state = 'published'")

    @api.depends_context("uid")
    def _compute_request_count(self):
        counts = dict(
            self.env["grc.request"]._read_group(
                [("prestation_id", "in", self.ids)], ["prestation_id"], ["__count"]
            )
        )
        for prestation in self:
            prestation.request_count = counts.get(prestation, 0)

    def action_publish(self):
        """Open the prestation to the public, or say all that is missing.

        :raise UserError: listing every problem of the prestation
        """
        self.check_access("write")
        for prestation in self:
            problems = prestation._publication_problems()
            if problems:
                raise UserError(
                    self.env._(
                        "“%(name)s” cannot be published yet:\n%(problems)s",
                        name=prestation.name,
                        problems="\n".join(f"• {problem}" for problem in problems),
                    )
                )
        self.state = "published"

    def action_unpublish(self):
        self.check_access("write")
        self.state = "draft"

    def action_withdraw(self):
        self.check_access("write")
        self.state = "archived"

    def action_open_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_request_action"
        )
        return action | {"domain": [("prestation_id", "=", self.id)]}

    def _publication_problems(self):
        """List what forbids the publication, in words for an administrator.

        :rtype: list[str]
        """
        self.ensure_one()
        service = self.service_id
        problems = []
        if not self.summary:
            problems.append(self.env._("The one-sentence summary is missing."))
        if not any(self[f"for_{kind}"] for kind, _label in KINDS):
            problems.append(self.env._("Say for whom it is."))
        if not any(self[f"is_open_{channel}"] for channel, _label in CHANNELS):
            problems.append(self.env._("Open at least one way to file it."))
        if not service.phone:
            problems.append(
                self.env._(
                    "The service “%(service)s” has no telephone number "
                    "(CRPA, art. R112-11-1).",
                    service=service.name,
                )
            )
        if not service._sending_address() and not service._postal_address():
            problems.append(
                self.env._(
                    "The service “%(service)s” has neither an e-mail nor a postal "
                    "address (CRPA, art. R112-11-1).",
                    service=service.name,
                )
            )
        return problems

    def _is_open(self, channel):
        """Tell whether this channel may be used to file the prestation.

        :param str channel: a code of ``const.CHANNELS``
        """
        self.ensure_one()
        return self.state == "published" and self[f"is_open_{channel}"]
