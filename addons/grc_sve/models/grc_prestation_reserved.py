from odoo import fields, models


class GrcPrestation(models.Model):
    """A prestation that is asked for, electronically, with its form only."""

    _inherit = "grc.prestation"

    is_reserved = fields.Boolean(
        string="Reserved online service",
        tracking=True,
        help="Electronically, this is asked for with its form only. An e-mail is "
        "answered with the address of the form and starts no period "
        "(CRPA, art. L112-9).",
    )

    def _publication_problems(self):
        problems = super()._publication_problems()
        if self.is_reserved and not self.is_open_portal:
            problems.append(
                self.env._(
                    "A reserved online service has its form on the website: open the "
                    "channel “Website”."
                )
            )
        return problems

    def _form_url(self):
        """Return the address of the form, for people who wrote elsewhere.

        :rtype: str
        """
        self.ensure_one()
        return self.get_base_url()
