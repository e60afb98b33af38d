from odoo import fields, models


class GrcKeptSecretMixin(models.AbstractModel):
    """A secret that is typed once, sent to whom it is for, and never shown again."""

    _name = "grc.kept.secret.mixin"
    _description = "Secret kept"

    kept_secret = fields.Char(copy=False, prefetch=False, groups=fields.NO_ACCESS)
    new_secret = fields.Char(
        string="Secret received",
        compute="_compute_new_secret",
        inverse="_inverse_new_secret",
        groups="base.group_system",
        help="It is kept and never shown again.",
    )
    has_secret = fields.Boolean(string="Secret kept", compute="_compute_has_secret")

    def _compute_new_secret(self):
        self.new_secret = False

    def _inverse_new_secret(self):
        for record in self.filtered("new_secret"):
            # sudo: nobody reads nor writes the secret itself; who may type one is
            # said by the groups of the field
            record.sudo().kept_secret = record.new_secret.strip()

    def _compute_has_secret(self):
        for record in self:
            # sudo: says that there is one, not which
            record.has_secret = bool(record.sudo().kept_secret)

    def _secret_names(self):
        """Return the fields that say whom the secret is sent to.

        :rtype: tuple[str, ...]
        """
        return ()

    def _sent_elsewhere(self, vals):
        """Return those whose secret would be sent to somebody else once written.

        :param dict vals: of a write to come
        """
        return self.filtered(
            lambda record: any(
                name in vals and vals[name] != record[name]
                for name in record._secret_names()
            )
        )

    def write(self, vals):
        """Forget the secret when it would be sent to somebody else."""
        moved = self._sent_elsewhere(vals)
        result = super().write(vals)
        if moved and not vals.get("new_secret"):
            moved.sudo().kept_secret = False  # sudo: emptied only
        return result
