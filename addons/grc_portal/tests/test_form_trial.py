from odoo.addons.grc_base.tests.common import PDF

from .form_common import FormPortalCommon, path_of


class TestFormTrial(FormPortalCommon):
    """An administrator tries a form on the citizens' pages: nothing is filed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft_form = cls.prestation._draft_version()
        cls.far_form = cls._form(prestation=cls.far_prestation, publish=False)

    def begin_trial(self):
        start = self.page(f"/demarches/essai/{self.draft_form.id}")
        answer = self.post(f"/demarches/essai/{self.draft_form.id}", start.hidden())
        return self.page(path_of(answer))

    def test_the_whole_form_is_tried_and_nothing_filed(self):
        self.manager.group_ids += self.env.ref(
            "website.group_website_restricted_editor"
        )
        self.sign_in(self.manager)
        before = self.env["grc.request"].search_count([])
        first = self.begin_trial()
        self.assertTrue(first.all("//*[@id='grc-trial']"))
        second = self.next(
            first,
            day_wanted__day="3",
            day_wanted__month="4",
            day_wanted__year="2031",
            hall="small",
        )
        end = self.next(second, files=[("p_insurance", ("i.pdf", PDF))])
        self.assertIn("Small hall", end.text())
        self.assertTrue(end.all("//*[@id='grc-trial-end']"))
        self.assertFalse(end.all("//*[@id='grc-send-form']"))
        token = self.token(first)
        self.post(
            f"/demarches/envoi/{token}", {"csrf_token": first.hidden()["csrf_token"]}
        )
        self.assertEqual(self.env["grc.request"].search_count([]), before)
        self.assertFalse(
            self.env["grc.request.draft"].search([("token", "=", token)]).request_id
        )

    def test_trials_are_for_those_who_build_forms(self):
        for user in (self.agent, self.citizen):
            self.sign_in(user)
            self.get(f"/demarches/essai/{self.draft_form.id}", 404)
        self.sign_in()
        self.get(f"/demarches/essai/{self.draft_form.id}", 303)
        self.sign_in(self.manager)
        for number in (0, 2**40, self.far_form.id):
            self.get(f"/demarches/essai/{number}", 404)
