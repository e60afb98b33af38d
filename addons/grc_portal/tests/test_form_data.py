from odoo.tests import tagged

from odoo.addons.grc_form.models.grc_data_source_call import forget_rests
from odoo.addons.grc_form.tests.data_common import (
    OTHER_SIRET,
    SIRET,
    DataMixin,
    company,
)

from ..controllers import form_pages
from .form_common import FormPortalCommon, page, question

METZ = {"street": "5 RUE DU FOUR", "zip": "57000", "city": "METZ"}
KEY = question("d_siret", "siret")
NAME = question("d_name", "text", prefill="data.sirene.name")
PLACE = question("d_place", "address", prefill="data.sirene.address")
OPEN = question("d_open", "yes_no", prefill="data.sirene.is_open")


@tagged("post_install", "-at_install")
class TestFormData(DataMixin, FormPortalCommon):
    """What the registers know is proposed, never imposed, and never awaited long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.sirene,) = cls._use_sources("sirene")

    def setUp(self):
        super().setUp()
        form_pages.DATA_FLOOD.forget()

    def two_pages(self):
        self._publish(page("one", KEY), page("two", NAME, PLACE, OPEN))

    def one_page(self, *more):
        self._publish(page("one", KEY, NAME, PLACE, *more))

    def value(self, shown, name):
        return self.held(shown).get(name)

    def note(self, shown):
        notes = shown.all("//*[contains(@class, 'o_grc_form_lookup_note')]")
        return " ".join(note.text_content() for note in notes)

    def search_for(self, shown, **values):
        return self.next(shown, do="lookup:d_siret", **values)

    # === PROPOSALS === #

    def test_the_next_page_is_filled_with_what_the_register_knows(self):
        self.two_pages()
        with self.services() as fake:
            fake.says(SIRET, company())
            second = self.next(self.begin(), d_siret=SIRET)
            self.assertEqual(self.value(second, "d_name"), "BAKERY")
            self.assertEqual(self.value(second, "d_place.city"), "METZ")
            self.assertEqual(self.value(second, "d_open"), ["yes"])
            # Shown again, it is not asked again; what she changed stays.
            self.next(second, d_name="My bakery")
            again = self.page(self.here(second))
            self.assertEqual(self.value(again, "d_name"), "My bakery")
            self.assertEqual(len(fake.calls), 1)

    def test_what_she_erases_does_not_come_back(self):
        self.two_pages()
        with self.services() as fake:
            fake.says(SIRET, company())
            second = self.next(self.begin(), d_siret=SIRET)
            self.next(second, d_name="")
            again = self.page(self.here(second))
            self.assertFalse(self.value(again, "d_name"))
            self.assertEqual(self.value(again, "d_place.city"), "METZ")

    def test_another_number_brings_other_answers(self):
        self.two_pages()
        with self.services() as fake:
            fake.says(OTHER_SIRET, company(OTHER_SIRET, "WASH HOUSE"))
            fake.says(SIRET, company())
            first = self.begin()
            second = self.next(first, d_siret=SIRET)
            self.next(second, d_place__street="Mine")
            second = self.next(self.page(self.here(first)), d_siret=OTHER_SIRET)
            self.assertEqual(self.value(second, "d_name"), "WASH HOUSE")
            # Hers: not the register's any more.
            self.assertEqual(self.value(second, "d_place.street"), "Mine")
            # No number: nothing of the register is left.
            second = self.next(self.page(self.here(first)), d_siret="")
            self.assertFalse(self.value(second, "d_name"))
            self.assertFalse(self.draft(second).data_values)

    def test_only_what_the_form_wants_is_kept(self):
        self.two_pages()
        with self.services() as fake:
            fake.says(SIRET, company())
            second = self.next(self.begin(), d_siret=SIRET)
        told = self.draft(second).data_values["sirene"]
        self.assertEqual(set(told["values"]), {"name", "address", "is_open"})

    def test_a_register_that_is_down_is_not_waited_for_twice(self):
        self.two_pages()
        with self.services() as fake:
            fake.fails("entreprises")
            second = self.next(self.begin(), d_siret=SIRET)
            self.assertFalse(self.value(second, "d_name"))
            self.page(self.here(second))
            self.assertEqual(len(fake.calls), 1)

    def test_a_source_that_is_not_in_use_is_not_called(self):
        self.two_pages()
        self.sirene.active = False
        with self.services() as fake:
            second = self.next(self.begin(), d_siret=SIRET)
            self.assertFalse(self.value(second, "d_name"))
            self.assertFalse(fake.calls)

    def test_the_source_of_another_town_is_not_called(self):
        self.two_pages()
        self.sirene.active = False
        sources = self.env["grc.data.source"].with_context(active_test=False)
        sources.search(
            [("connector", "=", "sirene"), ("company_id", "=", self.far_town.id)]
        ).active = True
        with self.services() as fake:
            self.next(self.begin(), d_siret=SIRET)
            self.assertFalse(fake.calls)

    def test_hostile_answers_are_left_out(self):
        self.two_pages()
        row = company(name="<script>alert(1)</script>" + "x" * 600)
        row["results"][0]["siege"]["date_creation"] = {"a": 1}
        with self.services() as fake:
            fake.says(SIRET, row)
            second = self.next(self.begin(), d_siret=SIRET)
            self.assertFalse(self.value(second, "d_name"))
            fake.says(OTHER_SIRET, company(OTHER_SIRET, "<b>Bold</b>"))
            first = self.here(second).replace("/two", "/one")
            second = self.next(self.page(first), d_siret=OTHER_SIRET)
            self.assertEqual(self.value(second, "d_name"), "<b>Bold</b>")
            self.assertFalse(second.all("//main//b[text()='Bold']"))

    # === SEARCH ON THE SAME PAGE, WITHOUT SCRIPT === #

    def test_a_button_searches_on_the_same_page(self):
        self.one_page()
        with self.services() as fake:
            fake.says(SIRET, company())
            shown = self.begin()
            self.assertEqual(self.note(shown), "")
            shown = self.search_for(shown, d_siret=SIRET)
            self.assertEqual(self.value(shown, "d_name"), "BAKERY")
            self.assertIn("BAKERY", self.note(shown))
            # What is typed already is not replaced.
            shown = self.begin()
            shown = self.search_for(shown, d_siret=SIRET, d_name="Mine")
            self.assertEqual(self.value(shown, "d_name"), "Mine")
            self.assertEqual(self.value(shown, "d_place.city"), "METZ")

    def test_the_search_keeps_what_is_half_typed(self):
        self.one_page(question("d_day", "date"))
        with self.services() as fake:
            fake.says(SIRET, company())
            shown = self.search_for(
                self.begin(), d_siret=SIRET, d_day__day="31", d_day__month="x"
            )
            self.assertEqual(self.value(shown, "d_day.month"), "x")
            self.assertEqual(self.value(shown, "d_name"), "BAKERY")

    def test_the_search_says_what_it_did_not_find(self):
        self.one_page()
        with self.services() as fake:
            shown = self.search_for(self.begin(), d_siret=SIRET)
            unknown = self.note(shown)
            self.assertTrue(unknown)
            fake.fails("entreprises")
            shown = self.search_for(shown, d_siret=OTHER_SIRET)
            down = self.note(shown)
            self.assertNotIn(down, ("", unknown))
            # Pressed again when the register is back: asked again.
            fake.says(OTHER_SIRET, company(OTHER_SIRET, "WASH HOUSE"))
            fake.answers.pop("entreprises")
            forget_rests()
            shown = self.search_for(shown, d_siret=OTHER_SIRET)
            self.assertEqual(self.value(shown, "d_name"), "WASH HOUSE")

    def test_a_number_that_is_not_right_is_said_and_not_asked(self):
        self.one_page()
        with self.services() as fake:
            shown = self.begin()
            answer = self.answer(shown, 200, do="lookup:d_siret", d_siret="123")
            again = self.parse(answer)
            self.assertEqual(len(again.errors()), 1)
            self.assertFalse(fake.calls)

    def test_there_is_no_button_when_nobody_would_answer(self):
        self.one_page()
        self.sirene.active = False
        self.assertFalse(self.begin().all("//button[contains(@value, 'lookup')]"))
        self.sirene.active = True
        self._publish(page("one", KEY, question("d_other", "text")))
        self.assertFalse(self.begin().all("//button[contains(@value, 'lookup')]"))

    def test_searching_for_what_is_no_question_does_nothing(self):
        self.one_page()
        with self.services() as fake:
            shown = self.begin()
            for target in ("nothing", "d_name", "../x", ""):
                self.answer(shown, 303, do=f"lookup:{target}")
            self.assertFalse(fake.calls)

    def test_a_flood_of_searches_is_stopped(self):
        self.one_page()
        with self.services() as fake:
            fake.says(SIRET, company())
            shown = self.begin()
            for _rank in range(form_pages.DATA_FLOOD.limit):
                form_pages.DATA_FLOOD.allows("127.0.0.1")
            shown = self.search_for(shown, d_siret=SIRET)
            self.assertFalse(self.value(shown, "d_name"))
            self.assertFalse(fake.calls)

    # === FILING === #

    def test_what_was_told_goes_with_the_request(self):
        self.two_pages()
        with self.services() as fake:
            fake.says(SIRET, company())
            second = self.next(self.begin(), d_siret=SIRET)
            draft = self.draft(second)
            request, _last = self.send_form(self.next(second, d_name="Mine"))
        told = {proof.datum: proof for proof in request.data_proof_ids}
        self.assertEqual(set(told), {"name", "address", "is_open"})
        # What the register says, whatever the citizen wrote.
        self.assertEqual(told["name"].value, "BAKERY")
        self.assertEqual(told["address"].value, METZ)
        self.assertEqual(set(request.data_proof_ids.mapped("state")), {"obtained"})
        self.assertEqual(len(self._events(request, "data_obtained")), 1)
        self.assertFalse(draft.data_values)

    def test_what_could_not_be_told_is_asked_later(self):
        self.two_pages()
        with self.services() as fake:
            fake.fails("entreprises")
            second = self.next(self.begin(), d_siret=SIRET)
            request, _last = self.send_form(self.next(second))
        proofs = request.data_proof_ids
        self.assertEqual(set(proofs.mapped("state")), {"pending"})
        self.assertEqual(len(proofs), 3)
        self.assertFalse(self._events(request, "data_obtained"))

    def test_without_a_number_nothing_is_kept(self):
        self.two_pages()
        with self.services():
            second = self.next(self.begin())
            request, _last = self.send_form(self.next(second))
        self.assertTrue(request)
        self.assertFalse(request.data_proof_ids)

    def test_what_is_not_asked_of_her_is_not_kept(self):
        hidden = NAME | {"visible_if": {"q": "d_more", "op": "eq", "value": True}}
        self._publish(
            page("one", KEY, question("d_more", "yes_no")), page("two", hidden, OPEN)
        )
        with self.services() as fake:
            fake.says(SIRET, company())
            second = self.next(self.begin(), d_siret=SIRET, d_more="no")
            request, _last = self.send_form(self.next(second))
        self.assertEqual(request.data_proof_ids.mapped("datum"), ["is_open"])
