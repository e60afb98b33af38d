from odoo.exceptions import AccessError

from odoo.addons.grc_base.tests.access_common import AccessCommon

from .silence_common import SilenceCommon


class WizardAccessCommon(SilenceCommon, AccessCommon):
    """Windows on a request: only who handles the request opens them.

    ``windows``: model -> what is typed in it; ``own`` is a request of the service of
    ``agent``, ``social`` one of a protected service.
    """

    windows = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._file(cls.svr, partner_id=cls.citizen.partner_id)
        cls.social = cls._file(cls.social_prestation)

    def _open(self, model, request, user):
        vals = {"request_id": request.id} | self.windows[model]
        return self._as(self.env[model], user).create(vals)

    def assert_near_misses(self, *openers):
        """Check each window: ``openers`` open it, the right role elsewhere does not."""
        for model in self.windows:
            with self.subTest(model=model):
                for user in openers:
                    self._open(model, self.own, user)
                for request, user in (
                    (self.own, self.other_agent),
                    (self.own, self.other_company_agent),
                    (self.own, self.citizen),
                    (self.own, self.other_citizen),
                    (self.own, self.public),
                    (self.own, self.plain_user),
                    *((self.social, user) for user in openers),
                    (self.social, self.manager),
                ):
                    with self.assertRaises(AccessError):
                        self._open(model, request, user)
