from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GrcAdministration(models.Model):
    """Another administration, which requests are sent to when it is competent."""

    _name = "grc.administration"
    _description = "Other administration"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Local authority",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    competence = fields.Char(help="What it decides, to find it quickly.")
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(string="Postcode")
    city = fields.Char()
    email = fields.Char(
        string="E-mail address",
        help="Requests are sent there. Without it they are printed and posted.",
    )
    phone = fields.Char(string="Telephone")

    _name_uniq = models.Constraint(
        "unique(company_id, name)", "This administration is already in the directory."
    )

    @api.constrains("email", "street", "city")
    def _check_address(self):
        for administration in self:
            postal = administration.street and administration.city
            if not (administration.email or postal):
                raise ValidationError(
                    self.env._(
                        "Give an e-mail address, or a street and a town: a request "
                        "must be able to reach it."
                    )
                )

    def _postal_address(self):
        """Return the postal address on one line, empty when there is none.

        :rtype: str
        """
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city)))
        return ", ".join(filter(None, (self.street, self.street2, town)))
