from odoo.addons.grc_base.tests.household_common import HouseholdMixin

from .http_common import PortalCommon, path_of


class TestHousehold(HouseholdMixin, PortalCommon):
    """« Mon foyer »: /my/foyer, /my/foyer/ajouter, one person, and her end."""

    def setUp(self):
        super().setUp()
        self.sign_in(self.citizen)
        self.partner = self.citizen.partner_id

    def typed(self, page, **changes):
        return (
            page.hidden()
            | {
                "person.role": "child",
                "person.last_name": "Martin",
                "person.first_name": "Léo",
                "birth.day": "14",
                "birth.month": "5",
                "birth.year": self._born(9)[:4],
                "rights": ["has_authority", "may_pick_up"],
            }
            | {name.replace("__", "."): text for name, text in changes.items()}
        )

    def add(self, status=303, **changes):
        page = self.page("/my/foyer/ajouter")
        data = self.typed(page, **changes)
        return self.post("/my/foyer/ajouter", data, status=status)

    def household(self):
        self.env.invalidate_all()
        return self.partner._grc_household(self.town)

    def test_a_visitor_signs_in_first(self):
        self.sign_in()
        for url in ("/my/foyer", "/my/foyer/ajouter", "/my/foyer/1"):
            self.assertIn("/web/login", path_of(self.get(url, 303)))

    def test_nobody_then_a_child(self):
        self.assertTrue(self.page("/my/foyer").all("//*[@id='grc-no-person']"))
        self.assertEqual(path_of(self.add()), "/my/foyer?fait=ajout")
        page = self.page("/my/foyer?fait=ajout")
        self.assertTrue(page.all("//*[@id='grc-done']"))
        self.assertIn("Léo Martin", page.text("//*[@id='grc-household']"))
        link = self.household()
        self.assertEqual((link.role, link.level), ("child", "declared"))
        self.assertTrue(link.has_authority and link.may_pick_up)
        self.assertFalse(link.pays or link.is_custody_shared)
        self.assertEqual(link.birth_date[5:], "05-14")
        self.assertTrue(self.page("/my").all("//a[@href='/my/foyer']"))

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self):
        answer = self.add(200, person__last_name="", birth__day="", birth__month="")
        page = self.parse(answer)
        self.assertIn("f-person.last_name", page.errors())
        self.assertTrue(any("birth" in one for one in page.errors()))
        self.assertEqual(page.value("person.first_name"), "Léo")
        self.assertFalse(self.household())

    def test_a_child_has_a_day_of_birth_and_another_adult_needs_none(self):
        blank = {"birth__day": "", "birth__month": "", "birth__year": ""}
        page = self.parse(self.add(200, **blank))
        self.assertEqual(len(page.errors()), 1)
        self.add(person__role="partner", **blank)
        self.assertFalse(self.household().birth_date)

    def test_the_same_child_twice_is_refused(self):
        self.add()
        page = self.parse(self.add(200, person__first_name="leo"))
        self.assertEqual(len(page.errors()), 1)
        self.assertEqual(len(self.household()), 1)

    def test_change_and_remove(self):
        link = self._link()
        url = f"/my/foyer/{link.id}"
        page = self.page(url)
        self.assertEqual(page.value("person.last_name"), "Martin")
        self.assertEqual(page.value("birth.day"), "1")
        data = self.typed(page, person__first_name="Max", rights=["pays"])
        self.assertEqual(path_of(self.post(url, data)), "/my/foyer?fait=changement")
        self.env.invalidate_all()
        self.assertEqual((link.first_name, link.pays), ("Max", True))
        self.assertFalse(link.has_authority)
        end = self.page(f"{url}/retirer")
        where = path_of(self.post(f"{url}/retirer", end.hidden()))
        self.assertEqual(where, "/my/foyer?fait=fin")
        self.assertFalse(self.household())
        self.assertTrue(link.exists().ends_on)
        self.get(url, 404)

    def test_what_an_agent_checked_is_only_read(self):
        link = self._link(proof_note="Family record book")
        link.action_verify()
        page = self.page("/my/foyer")
        self.assertTrue(page.all("//*[contains(@class, 'grc-verified')]"))
        self.assertFalse(page.all(f"//a[@href='/my/foyer/{link.id}']"))
        url = f"/my/foyer/{link.id}"
        read = self.page(url)
        self.assertTrue(read.all("//*[@id='grc-verified']"))
        self.assertFalse(read.all("//form[@id='grc-household-form']"))
        other = self.page("/my/foyer/ajouter")
        self.post(url, self.typed(other, rights=["pays"]), status=200)
        self.post(f"{url}/retirer", other.hidden(), status=200)
        self.env.invalidate_all()
        self.assertFalse(link.pays or link.ends_on)
        self.assertEqual(link.level, "verified")

    def test_another_citizen_and_another_town_are_not_there(self):
        hers = self._link(self.other_citizen.partner_id, first_name="Zoé")
        far = self._link(company_id=self.far_town, first_name="Far")
        page = self.page("/my/foyer")
        self.assertNotIn("Zoé", page.text())
        self.assertNotIn("Far", page.text())
        hidden = self.page("/my/foyer/ajouter").hidden()
        for link in hers | far:
            for url in (f"/my/foyer/{link.id}", f"/my/foyer/{link.id}/retirer"):
                self.get(url, 404)
                self.post(url, hidden, status=404)
        self.get("/my/foyer/99999999999", 404)
        self.assertFalse((hers | far).filtered("ends_on"))

    def test_the_other_parent_is_not_told(self):
        link = self._link()
        self._link(self.other_citizen.partner_id, person_id=link.person_id)
        for url in ("/my/foyer", f"/my/foyer/{link.id}"):
            self.assertNotIn(self.other_citizen.name, self.page(url).text())

    def test_a_page_costs_the_same_for_five_persons(self):
        def queries():
            self.env.invalidate_all()
            self.page("/my/foyer")
            before = self.env.cr.sql_log_count
            self.page("/my/foyer")
            return self.env.cr.sql_log_count - before

        self._link()
        one = queries()
        for name in ("Zoé", "Max", "Ana", "Tom"):
            self._link(first_name=name)
        self.assertLessEqual(queries(), one)
