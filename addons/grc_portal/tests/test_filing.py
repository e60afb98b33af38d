from odoo.tests import mute_logger

from .http_common import TYPED, PortalCommon, path_of


class TestFiling(PortalCommon):
    """From the form to the number."""

    def test_a_visitor_files_a_request(self):
        self.sign_in()
        request, page = self.file_online()
        self.assertEqual(len(request), 1)
        self.assertRecordValues(
            request,
            [
                {
                    "channel": "portal",
                    "prestation_id": self.prestation.id,
                    "requester_lastname": "Martin",
                    "email_used": TYPED["email_used"],
                    "partner_id": False,
                    "filed_by_id": self.website.user_id.id,
                }
            ],
        )
        self.assertIn(TYPED["email_used"], page.text())
        self.assertTrue(page.all("//*[@id='grc-account-offer']"))

    def test_a_citizen_files_a_request_of_her_own(self):
        self.sign_in(self.citizen)
        request, page = self.file_online()
        self.assertEqual(request.partner_id, self.citizen.partner_id)
        self.assertEqual(request.filed_by_id, self.citizen)
        self.assertIn(f"/my/demandes/{request.id}", page.all("//main//a/@href"))

    def test_the_form_is_filled_with_the_account(self):
        self.citizen.partner_id.write(
            {"name": "Zoé Petit", "street": "1 quai", "zip": "99001", "city": "Ici"}
        )
        self.sign_in(self.citizen)
        form = self.open_form()
        self.assertEqual(form.value("requester_firstname"), "Zoé")
        self.assertEqual(form.value("requester_lastname"), "Petit")
        self.assertEqual(form.value("street"), "1 quai")
        self.assertEqual(form.value("email_used"), self.citizen.email)

    def test_the_form_of_a_visitor_is_empty(self):
        self.sign_in()
        form = self.open_form()
        for name in ("requester_lastname", "street", "email_used", "subject"):
            self.assertFalse(form.value(name))

    def test_the_kind_of_citizen_is_asked_when_there_are_several(self):
        page = self.page(self.form_url(self.wide_prestation))
        kinds = page.all("//input[@name='qui']/@value")
        self.assertEqual(kinds, ["person", "company", "association"])
        again = self.page(f"{self.form_url(self.wide_prestation)}?suite=1")
        self.assertEqual(list(again.errors()), ["qui"])

    def test_a_company_gives_its_siret(self):
        self.sign_in()
        form = self.open_form(self.wide_prestation, "company")
        wrong = self.fill(
            form,
            self.wide_prestation,
            status=200,
            requester_kind="company",
            requester_organization="Bois SARL",
            requester_siret="123",
        )
        self.assertIn('id="requester_siret-error"', wrong.text)
        request, _page = self.file_online(
            self.wide_prestation,
            requester_kind="company",
            requester_organization="Bois SARL",
            requester_siret="732 829 320 00074",
        )
        self.assertEqual(request.requester_siret, "73282932000074")

    def test_an_association_gives_its_rna(self):
        self.sign_in()
        request, _page = self.file_online(
            self.wide_prestation,
            requester_kind="association",
            requester_organization="Les Amis du Lavoir",
            requester_rna="W751234567",
        )
        self.assertEqual(request.requester_name, "Les Amis du Lavoir")

    def test_a_kind_that_the_prestation_is_not_for_is_not_taken(self):
        self.sign_in()
        request, _page = self.file_online(requester_kind="company")
        self.assertEqual(request.requester_kind, "person")

    def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(self):
        self.sign_in()
        answer = self.fill(
            self.open_form(),
            status=200,
            requester_firstname="",
            email_used="not an address",
            description="<b>Kept</b>\nas typed",
        )
        page = self.parse(answer)
        self.assertEqual(list(page.errors()), ["requester_firstname", "email_used"])
        for name in page.errors():
            field = page.all(f"//*[@id='{name}']")[0]
            self.assertEqual(field.get("aria-invalid"), "true")
            self.assertIn(f"{name}-error", field.get("aria-describedby"))
            self.assertTrue(page.all(f"//*[@id='{name}-error']"))
        self.assertEqual(page.value("email_used"), "not an address")
        self.assertEqual(page.value("description"), "<b>Kept</b>\nas typed")
        self.assertEqual(page.value("requester_lastname"), "Martin")
        summary = page.all("//*[@id='error-summary']")[0]
        self.assertEqual(summary.get("role"), "alert")
        self.assertEqual(summary.get("tabindex"), "-1")
        self.assertFalse(self.requests_of_alice())

    def test_a_text_too_long_is_refused_and_kept(self):
        self.sign_in()
        answer = self.fill(self.open_form(), status=200, subject="x" * 251)
        page = self.parse(answer)
        self.assertEqual(list(page.errors()), ["subject"])
        self.assertEqual(len(page.value("subject")), 251)

    def test_the_field_for_robots_asks_again_and_loses_nothing(self):
        self.sign_in()
        answer = self.fill(self.open_form(), status=200, town_website="http://spam")
        page = self.parse(answer)
        self.assertEqual(list(page.errors()), ["formulaire"])
        self.assertEqual(page.value("subject"), TYPED["subject"])
        field = page.all("//input[@name='town_website']")[0]
        self.assertEqual(field.get("tabindex"), "-1")
        self.assertEqual(field.getparent().get("aria-hidden"), "true")

    def test_everything_is_read_again_before_sending(self):
        self.sign_in()
        review = self.fill_and_review(reply_email="other@example.com")
        for text in (TYPED["subject"], TYPED["street"], "other@example.com"):
            self.assertIn(text, review.text())
        self.assertFalse(self.requests_of_alice())
        change = review.all("//a[contains(@href, 'brouillon=')]/@href")[0]
        form = self.page(change.split("#")[0])
        self.assertEqual(form.value("subject"), TYPED["subject"])

    def test_sending_twice_files_once(self):
        self.sign_in()
        review = self.fill_and_review()
        first = self.post(review.action("grc-send-form"), review.hidden())
        second = self.post(review.action("grc-send-form"), review.hidden())
        self.assertEqual(path_of(first), path_of(second))
        self.assertEqual(len(self.requests_of_alice()), 1)

    def test_the_form_sent_again_after_the_sending_leads_to_the_number(self):
        self.sign_in()
        form = self.open_form()
        review = self.page(path_of(self.fill(form)))
        self.post(review.action("grc-send-form"), review.hidden())
        self.assertIn("/demarches/confirmation/", path_of(self.fill(form)))
        self.assertEqual(len(self.requests_of_alice()), 1)

    def test_a_prestation_withdrawn_meanwhile_is_not_filed(self):
        self.sign_in()
        review = self.fill_and_review()
        self.prestation.state = "archived"
        answer = self.post(review.action("grc-send-form"), review.hidden(), status=200)
        self.assertEqual(list(self.parse(answer).errors()), ["formulaire"])
        self.assertFalse(self.requests_of_alice())

    def test_a_citizen_of_the_form_writes_no_account(self):
        self.sign_in(self.citizen)
        before = self.citizen.partner_id.street
        self.file_online(street="99 elsewhere")
        self.assertEqual(self.citizen.partner_id.street, before)

    def test_a_form_without_its_secret_is_refused(self):
        self.sign_in()
        review = self.fill_and_review()
        action = review.action("grc-send-form")
        with mute_logger("odoo.http"):
            self.post(action, {"x": "1"}, status=400)
            self.post(self.form_url(), TYPED, status=400)
        self.assertFalse(self.requests_of_alice())

    def test_addresses_of_forms_are_not_pages(self):
        self.sign_in()
        token = self.fill_and_review().action("grc-send-form").rsplit("/", 1)[1]
        for url in (f"/demarches/envoi/{token}", f"/demarches/rattacher/{token}"):
            page = self.page(url, 405)
            self.assertTrue(page.all("//*[@id='grc-error-page']"))
        self.assertFalse(self.requests_of_alice())
