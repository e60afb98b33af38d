from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import DATA_CLASSES
from ..rules.identifiers import is_sending_address

# What the record rules read of a service: core keeps the rules of each user in a
# cache, which must forget them as soon as one of these changes.
_RULE_FIELDS = {"member_ids", "head_id", "parent_id", "data_class", "active"}


class GrcService(models.Model):
    _name = "grc.service"
    _description = "Service of the local authority"
    _inherit = ["mail.thread", "mail.alias.mixin"]
    _order = "sequence, name, id"
    _parent_store = True
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(help="Short name used in exchanges with other software.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    parent_id = fields.Many2one(
        "grc.service",
        string="Attached to",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("grc.service", "parent_id", string="Attached services")

    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(string="Postcode")
    city = fields.Char()
    phone = fields.Char(string="Telephone", tracking=True)
    email = fields.Char(
        string="E-mail address",
        tracking=True,
        help="Shown to the public; acknowledgements are sent from this address.",
    )
    opening_hours = fields.Text(
        help="Shown to the public, one line for each period.",
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Working hours", ondelete="restrict"
    )

    member_ids = fields.Many2many(
        "res.users",
        "grc_service_res_users_rel",
        "service_id",
        "user_id",
        string="Agents",
        domain=[("share", "=", False)],
        tracking=True,
    )
    head_id = fields.Many2one(
        "res.users",
        string="Head of service",
        index=True,
        domain=[("share", "=", False)],
        tracking=True,
    )
    data_class = fields.Selection(
        DATA_CLASSES,
        string="Protection of files",
        required=True,
        default="ordinary",
        tracking=True,
        help="Files of a class other than ordinary are seen by the agents of the "
        "service only: nobody else can find, count or search them.",
    )
    is_front_desk = fields.Boolean(
        string="Front desk",
        help="Receives what arrives without a known addressee.",
    )
    open_request_count = fields.Integer(compute="_compute_open_request_count")

    _code_uniq = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another service of the local authority already has this code.",
    )

    @api.depends_context("uid")
    def _compute_open_request_count(self):
        counts = dict(
            self.env["grc.request"]._read_group(
                [("service_id", "in", self.ids), ("state", "!=", "closed")],
                ["service_id"],
                ["__count"],
            )
        )
        for service in self:
            service.open_request_count = counts.get(service, 0)

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A service cannot be attached to itself."))

    @api.constrains("email")
    def _check_email(self):
        for service in self:
            if service.email and not is_sending_address(service.email):
                raise ValidationError(
                    self.env._(
                        "No message can leave from “%(address)s”: write an address "
                        "without accents, such as etat-civil@example.com.",
                        address=service.email,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        services = super().create(vals_list)
        self.env.registry.clear_cache()
        return services

    def write(self, vals):
        result = super().write(vals)
        if not _RULE_FIELDS.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _front_desk(self, company):
        """Return the service that receives what has no known addressee.

        Never a social, school or police service: what arrives there is not yet known
        to be theirs.

        :param res.company company: the local authority seized
        """
        return self.search(
            [("company_id", "=", company.id), ("data_class", "=", "ordinary")],
            order="is_front_desk desc, sequence, id",
            limit=1,
        )

    def _postal_address(self):
        """Return the postal address on one line, empty when there is none.

        :rtype: str
        """
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city)))
        return ", ".join(filter(None, (self.street, self.street2, town)))

    def _sending_address(self):
        """Return the address that messages of the service leave from.

        :rtype: str
        """
        self.ensure_one()
        return self.email or self.alias_email or self.company_id.email or ""

    def action_open_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_request_action"
        )
        return action | {"domain": [("service_id", "=", self.id)]}

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values.update(
            alias_model_id=self.env["ir.model"]._get_id("grc.request"),
            alias_contact="everyone",
        )
        if self.id:
            values["alias_defaults"] = repr({"service_id": self.id})
        return values
