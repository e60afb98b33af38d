from odoo.exceptions import AccessError
from odoo.tests import tagged

from .http_common import PortalCommon


@tagged("grc_security")
class TestGrcRequestDraftAccess(PortalCommon):
    """grc.request.draft: nobody, whatever the role."""

    def test_nobody_reads_what_is_being_typed(self):
        self.sign_in()
        self.fill_and_review()
        draft = self.env["grc.request.draft"].search([], order="id desc", limit=1)
        self.assertTrue(draft)
        for user in (
            self.public,
            self.citizen,
            self.agent,
            self.service_head,
            self.manager,
            self.env.ref("base.user_admin"),
        ):
            for operation in ("read", "write", "create", "unlink"):
                with (
                    self.subTest(user=user.login, operation=operation),
                    self.assertRaises(AccessError),
                ):
                    draft.with_user(user).check_access(operation)
