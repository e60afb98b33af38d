from datetime import timedelta

from odoo import fields

from odoo.addons.grc_base.tests.common import PDF

from .form_common import IDENTITY, FormPortalCommon, page, path_of, question


class TestFormDrafts(FormPortalCommon):
    """What a citizen has begun, what is known of her, what changes meanwhile."""

    def start_hall(self):
        return self.next(
            self.begin(),
            day_wanted__day="3",
            day_wanted__month="4",
            day_wanted__year="2031",
            hall="small",
        )

    def test_a_citizen_goes_on_in_another_browser(self):
        self.sign_in(self.citizen)
        second = self.start_hall()
        self.answer(
            second, files=[("p_insurance", ("i.pdf", PDF))], do="files:p_insurance"
        )
        self.assertIn("(1)", self.page("/my").text("//*[@id='grc-begun']"))
        self.sign_in(self.citizen)
        self.get(self.here(second), 404)
        drafts = self.page("/my/brouillons")
        self.assertIn(self.prestation.name, drafts.text("//*[@id='grc-drafts']"))
        draft = self.draft(second)
        hidden = {"csrf_token": drafts.value("csrf_token")}
        answer = self.post(f"/my/brouillons/{draft.id}/reprendre", hidden)
        where = path_of(self.get(path_of(answer), 303))
        review = self.page(where)
        self.assertIn("i.pdf", review.text())
        request, _last = self.send_form(review)
        self.assertEqual(request.partner_id, self.citizen.partner_id)
        self.assertTrue(self.page("/my/brouillons").all("//*[@id='grc-no-draft']"))

    def test_a_draft_is_deleted_with_its_files(self):
        self.sign_in(self.citizen)
        second = self.start_hall()
        self.answer(
            second, files=[("p_insurance", ("i.pdf", PDF))], do="files:p_insurance"
        )
        draft = self.draft(second)
        files = draft.attachment_ids
        drafts = self.page("/my/brouillons")
        hidden = {"csrf_token": drafts.value("csrf_token")}
        answer = self.post(f"/my/brouillons/{draft.id}/supprimer", hidden)
        self.assertTrue(self.page(path_of(answer)).all("//*[@id='grc-deleted']"))
        self.env.invalidate_all()
        self.assertFalse(draft.exists() or files.exists())

    def test_nobody_goes_on_with_the_draft_of_another(self):
        self.sign_in(self.citizen)
        draft = self.draft(self.start_hall())
        self.sign_in(self.other_citizen)
        drafts = self.page("/my/brouillons")
        self.assertTrue(drafts.all("//*[@id='grc-no-draft']"))
        token = self.open_form().hidden()["csrf_token"]
        hidden = {"csrf_token": token}
        for action in ("reprendre", "supprimer"):
            self.post(f"/my/brouillons/{draft.id}/{action}", hidden, status=404)
            self.get(f"/my/brouillons/{draft.id}/{action}", 405)
        self.get(f"/demarches/reprise/{draft.token}", 404)
        self.assertTrue(draft.exists())

    def test_what_a_citizen_begins_is_kept_longer(self):
        self.sign_in(self.citizen)
        mine = self.draft(self.start_hall())
        self.sign_in()
        visitor = self.draft(self.start_hall())
        self.env.flush_all()
        old = fields.Datetime.now() - timedelta(days=8)
        self.env.cr.execute(
            "UPDATE grc_request_draft SET create_date = %s, write_date = %s"
            " WHERE id IN %s",
            (old, old, (mine | visitor)._ids),
        )
        self.env.invalidate_all()
        self.env["grc.request.draft"]._gc_old_drafts()
        self.assertTrue(mine.exists())
        self.assertFalse(visitor.exists())

    def test_a_version_published_meanwhile_is_told_kindly(self):
        self.sign_in()
        second = self.start_hall()
        draft = self.prestation._draft_version()
        line = draft.field_ids.filtered(lambda one: one.code == "income")
        line.label = "Income of last year"
        draft.action_publish()
        first = self.page(path_of(self.get(self.here(second), 303)))
        self.assertIn("Income of last year", first.text("//*[@id='grc-changes']"))
        self.assertEqual(first.value("day_wanted.year"), "2031")
        second = self.next(first)
        self.assertFalse(second.all("//*[@id='grc-changes']"))
        review = self.next(second, files=[("p_insurance", ("i.pdf", PDF))])
        request, _last = self.send_form(review)
        self.assertEqual(request.form_version_id, draft)

    def test_what_is_known_is_filled_first(self):
        self._publish(
            page(
                "one",
                question("her_name", "text", prefill="profile.last_name"),
                question("her_mail", "email", prefill="profile.email"),
                question("her_birth", "date", prefill="profile.birth_date"),
                question("her_home", "address", prefill="profile.address"),
                question("tree", "choice", prefill="url.arbre", options=TREES),
                question("other_tree", "choice", prefill="url.autre", options=TREES),
                question("street_tree", "text", prefill="last.street_tree"),
            )
        )
        self.citizen.partner_id.write(
            {"grc_birth_date": "1980-05-04", "grc_birth_name": "Petit"}
        )
        self.sign_in(self.citizen)
        self.get(f"{self.form_url()}?arbre=oak&autre=baobab&qui=person")
        first = self.begin(requester_lastname="Grand")
        # What she has just typed comes first.
        self.assertEqual(first.value("her_name"), "Grand")
        self.assertEqual(first.value("her_birth.day"), "4")
        self.assertEqual(first.value("her_home.zip"), IDENTITY["zip"])
        chosen = first.all("//input[@name='tree' and @checked]/@value")
        self.assertEqual(chosen, ["oak"])
        self.assertFalse(first.all("//input[@name='other_tree' and @checked]"))
        self.assertIn("5 of the 7", first.text("//*[@id='grc-known']"))
        review = self.next(first, street_tree="Lime street")
        self.send_form(review)
        again = self.begin()
        self.assertEqual(again.value("street_tree"), "Lime street")

    def test_a_text_of_the_address_that_is_too_long_is_not_taken(self):
        self._publish(page("one", question("tree", "text", prefill="url.arbre")))
        self.sign_in()
        self.get(f"{self.form_url()}?arbre={'x' * 2001}")
        self.assertFalse(self.begin().value("tree"))


TREES = [{"value": "oak", "label": "Oak"}, {"value": "elm", "label": "Elm"}]
