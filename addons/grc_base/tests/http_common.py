from odoo.tests import HttpCase

from .common import GrcCommon


class GrcHttpCommon(GrcCommon, HttpCase):
    """The town behind its web server; a password is the login, eight signs at least."""

    def _get(self, url, user=None):
        """Return the answer to ``url`` asked by ``user``, a visitor when not given."""
        if user:
            self.authenticate(user.login, user.login)
        else:
            self.authenticate(None, None)
        return self.url_open(url, allow_redirects=False)
