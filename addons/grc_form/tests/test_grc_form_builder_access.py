from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import FormAccessCommon


@tagged("grc_security")
class TestFormBuilderAccess(FormAccessCommon):
    """Who opens the windows of the builder.

    Models: grc.form.snippet, grc.form.publication, grc.form.snippet.use,
    grc.form.snippet.save.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._form(publish=False)
        cls.snippet = cls.env["grc.form.snippet"].search([], limit=1)
        cls.other_manager = cls._user("second_manager", "grc_base.group_grc_manager")

    def test_ready_made_blocks_are_for_the_manager(self):
        self.assert_matrix(self.snippet, manager="rwcu")

    def test_a_window_is_seen_by_whoever_opened_it(self):
        for model, vals in (
            ("grc.form.publication", {}),
            ("grc.form.snippet.use", {"snippet_id": self.snippet.id}),
            ("grc.form.snippet.save", {"name": "Block"}),
        ):
            window = self._as(self.env[model], self.manager).create(
                vals | {"version_id": self.form.id}
            )
            with self.subTest(model=model):
                with self.assertRaises(AccessError):
                    self._as(window, self.other_manager).read(["version_id"])
                with self.assertRaises(AccessError):
                    self._as(self.env[model], self.service_head).create(
                        vals | {"version_id": self.form.id}
                    )

    def test_a_manager_has_no_window_on_another_town(self):
        far = self.far_prestation.sudo()._draft_version()
        for model, vals in (
            ("grc.form.publication", {}),
            ("grc.form.snippet.use", {"snippet_id": self.snippet.id}),
            ("grc.form.snippet.save", {"name": "Block"}),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._as(self.env[model], self.manager).create(
                    vals | {"version_id": far.id}
                )

    def test_agents_do_not_change_lines(self):
        line = self.form.field_ids[1]
        for action in ("action_remove", "action_duplicate"):
            with self.assertRaises(AccessError):
                getattr(self._as(line, self.service_head), action)()


@tagged("grc_security", "-at_install", "post_install")
class TestFormPreview(FormAccessCommon, HttpCase):
    """The preview is for those who write the form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._form(publish=False)
        cls.url = f"/grc_form/apercu/{cls.form.id}"

    def _status(self, user, url=None):
        self.authenticate(user and user.login, user and user.login)
        return self.url_open(url or self.url, allow_redirects=False).status_code

    def test_the_manager_sees_the_form(self):
        self.authenticate(self.manager.login, self.manager.login)
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Which hall?", page.text)
        self.assertIn("How many people?", page.text)
        self.assertEqual(page.headers["X-Frame-Options"], "SAMEORIGIN")

    def test_others_see_nothing(self):
        for user in (self.agent, self.service_head, self.citizen):
            with self.subTest(user.login):
                self.assertEqual(self._status(user), 404)
        self.assertEqual(self._status(None), 303)

    def test_a_form_of_another_town_or_of_nowhere(self):
        far = self.far_prestation.sudo()._draft_version()
        self.assertEqual(self._status(self.manager, f"/grc_form/apercu/{far.id}"), 404)
        self.assertEqual(self._status(self.manager, "/grc_form/apercu/99999999"), 404)
