import json

from .form_common import FormPortalCommon, page, question

CENTER = {"grc_map_latitude": 48.1, "grc_map_longitude": -1.6}


class TestMapPages(FormPortalCommon):
    """Where the map is offered: pages that ask for a place, in a town that has one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._publish(
            page("p_place", question("place", "point", required=True)),
            page(
                "rows",
                {"kind": "block", "code": "stalls", "label": "Stalls", "min": 1}
                | {"item_label": "Stall", "max": 3, "visible_if": None, "help": ""}
                | {"items": [question("stall", "point")]},
            ),
            page("p_words", question("story", "text")),
        )

    def maps(self, shown):
        return shown.all("//template[@id='grc-map-template']")

    def test_only_pages_that_ask_for_a_place_have_it(self):
        self.sign_in()
        self.assertFalse(self.maps(self.begin()))
        self.town.write(CENTER)
        first = self.begin()
        (template,) = self.maps(first)
        data = json.loads(template.get("data-map"))
        self.assertEqual(data["center"], [48.1, -1.6])
        self.assertNotIn("http", data["tiles"])
        second = self.next(first, place__text="Behind the church")
        self.assertEqual(len(self.maps(second)), 1)
        third = self.next(second)
        self.assertFalse(self.maps(third))

    def test_leaflet_is_in_no_page(self):
        self.town.write(CENTER)
        self.sign_in()
        text = self.begin().answer.text
        self.assertNotIn("leaflet", text)
        self.assertNotIn("assets_map", text)
        scripts = self.env["ir.qweb"]._get_asset_bundle("web.assets_frontend")
        self.assertFalse([js for js in scripts.javascripts if "leaflet" in js.url])
        lazy = self.env["ir.qweb"]._get_asset_bundle("grc_portal.assets_map")
        self.assertTrue([js for js in lazy.javascripts if "leaflet" in js.url])

    def test_words_pin_or_both(self):
        self.town.write(CENTER)
        pin = {"place__lat": "48.10112", "place__lon": "-1.59983"}
        far = {"place__lat": "-21.1151", "place__lon": "55.5364"}
        for values in (
            {"place__text": "By the mill"},
            pin,
            far,
            pin | {"place__text": "x"},
        ):
            with self.subTest(values=values):
                self.sign_in()
                first = self.begin()
                self.next(first, **values)
                kept = self.draft(first).answers["place"]
                self.assertEqual(
                    {f"place__{part}" for part in kept}, set(values), "kept as given"
                )
        self.sign_in()
        wrong = self.parse(self.answer(self.begin(), 200))
        self.assertEqual(list(wrong.errors()), ["f-place"])

    def test_the_agent_has_the_places_on_a_map(self):
        self.town.write(CENTER)
        self.sign_in()
        second = self.next(self.begin(), place__lat="48.10112", place__lon="-1.59983")
        third = self.next(
            second, stalls__0__stall__lat="48.2", stalls__0__stall__lon="-1.5"
        )
        request, _last = self.send_form(self.next(third, story="Once"))
        shown = request.with_user(self.agent).map_points
        self.assertEqual(
            [(one["lat"], one["lon"]) for one in shown["points"]],
            [(48.10112, -1.59983), (48.2, -1.5)],
        )
        self.assertIn(f"commune={self.town.id}", shown["map"]["tiles"])
        self.town.grc_map_template = False
        request.invalidate_recordset(["map_points"])
        self.assertFalse(request.with_user(self.agent).map_points)

    def test_a_secret_place_is_for_those_who_may_read_it(self):
        self._publish(page("one", question("refuge", "point", sensitive=True)))
        self.town.write(CENTER)
        self.sign_in()
        first = self.begin()
        request, _last = self.send_form(
            self.next(first, refuge__lat="48.1", refuge__lon="-1.6")
        )
        self.assertFalse(request.with_user(self.agent).map_points)
        self.agent.group_ids += self.env.ref("grc_form.group_grc_sensitive")
        request.invalidate_recordset(["map_points"])
        self.assertEqual(len(request.with_user(self.agent).map_points["points"]), 1)
