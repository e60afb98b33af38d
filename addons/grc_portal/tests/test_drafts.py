from datetime import timedelta

from odoo import fields

from odoo.addons.grc_base.tests.common import PDF

from .http_common import PortalCommon, path_of


class TestDrafts(PortalCommon):
    """What is typed belongs to the browser that typed it."""

    def draft_of_a_visitor(self):
        self.sign_in()
        action = self.fill_and_review(files=[("plan.pdf", PDF)]).action("grc-send-form")
        return action.rsplit("/", 1)[1]

    def urls(self, token):
        return [
            f"{self.form_url()}?brouillon={token}",
            f"/demarches/verification/{token}",
            f"/demarches/confirmation/{token}",
        ]

    def test_another_session_does_not_find_the_draft(self):
        token = self.draft_of_a_visitor()
        for user in (None, self.citizen, self.agent):
            self.sign_in(user)
            for url in self.urls(token):
                self.get(url, 404)

    def test_another_session_does_not_send_the_draft(self):
        token = self.draft_of_a_visitor()
        self.sign_in(self.other_citizen)
        hidden = self.open_form().hidden()
        self.post(f"/demarches/envoi/{token}", hidden, status=404)
        self.fill(self.open_form(), status=404, token=token)
        self.assertFalse(self.requests_of_alice())

    def test_a_forged_token_is_not_found(self):
        self.sign_in()
        self.draft_of_a_visitor()
        for token in ("x", "a" * 32, "a" * 31, "../etc", "%00"):
            for url in self.urls(token):
                self.get(url, 404)

    def test_a_draft_not_sent_has_no_confirmation(self):
        token = self.draft_of_a_visitor()
        self.get(f"/demarches/confirmation/{token}", 404)

    def test_the_draft_of_another_prestation_is_not_found(self):
        token = self.draft_of_a_visitor()
        self.get(f"{self.form_url(self.other_prestation)}?brouillon={token}", 404)

    def test_the_draft_of_a_citizen_is_closed_when_she_leaves(self):
        self.sign_in(self.citizen)
        token = self.fill_and_review().action("grc-send-form").rsplit("/", 1)[1]
        self.url_open("/web/session/logout")
        self.get(f"/demarches/verification/{token}", 404)

    def test_files_of_a_draft_are_read_by_nobody(self):
        self.draft_of_a_visitor()
        draft = self.env["grc.request.draft"].search([], order="id desc", limit=1)
        attachment = draft.attachment_ids
        self.assertEqual(attachment.name, "plan.pdf")
        for user in (None, self.citizen, self.agent, self.manager):
            answer = self._get(f"/web/content/{attachment.id}", user)
            self.assertNotIn(PDF, answer.content)

    def test_nothing_typed_stays_in_the_draft_after_the_sending(self):
        self.sign_in()
        request, _page = self.file_online(files=[("plan.pdf", PDF)])
        draft = self.env["grc.request.draft"].search([("request_id", "=", request.id)])
        self.assertFalse(draft.values)
        self.assertFalse(draft.attachment_ids)
        self.assertEqual(request.idempotency_key, draft.token)

    def test_old_drafts_are_erased_with_their_files(self):
        self.draft_of_a_visitor()
        drafts = self.env["grc.request.draft"]
        draft = drafts.search([], order="id desc", limit=1)
        attachment = draft.attachment_ids
        drafts._gc_old_drafts()
        self.assertTrue(draft.exists())
        long_ago = fields.Datetime.now() - timedelta(days=8)
        self.cr.execute(
            "UPDATE grc_request_draft SET create_date = %s WHERE id = %s",
            [long_ago, draft.id],
        )
        draft.invalidate_recordset()
        drafts._gc_old_drafts()
        self.assertFalse(draft.exists())
        self.assertFalse(attachment.exists())

    def test_an_incomplete_draft_goes_back_to_the_form(self):
        self.sign_in()
        form = self.open_form()
        self.fill(form, status=200, subject="")
        token = form.hidden()["token"]
        page = self.page(f"/demarches/verification/{token}")
        self.assertEqual(list(page.errors()), ["subject"])
        answer = self.post(f"/demarches/envoi/{token}", form.hidden(), status=200)
        self.assertEqual(list(self.parse(answer).errors()), ["subject"])

    def test_a_visitor_who_signs_in_on_the_way_keeps_what_is_typed(self):
        token = self.draft_of_a_visitor()
        login = self.page("/web/login")
        self.post(
            "/web/login",
            login.hidden()
            | {"login": self.citizen.login, "password": self.citizen.login},
        )
        review = self.page(f"/demarches/verification/{token}")
        answer = self.post(review.action("grc-send-form"), review.hidden())
        self.page(path_of(answer))
        self.assertEqual(self.requests_of_alice().partner_id, self.citizen.partner_id)
