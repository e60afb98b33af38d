from odoo import api, models
from odoo.tools.misc import formatLang


class GrcRequestDocument(models.Model):
    _inherit = "grc.request.document"

    def _grc_size(self):
        """Return the size of the file as people write it (« 1,4 Mo »)."""
        self.ensure_one()
        return self._grc_size_text(self.size_bytes)

    @api.model
    def _grc_size_text(self, size_bytes):
        """Return a number of bytes as people write it."""
        if size_bytes >= 1024**2:
            size = formatLang(self.env, size_bytes / 1024**2, digits=1)
            return self.env._("%(size)s MB", size=size)
        size = formatLang(self.env, max(1, round(size_bytes / 1024)), digits=0)
        return self.env._("%(size)s kB", size=size)
