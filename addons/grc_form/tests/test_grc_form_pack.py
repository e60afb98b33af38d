import copy
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import Form

from ..models.grc_form_pack import CATALOGUE
from ..rules import normal, portable
from ..rules.changes import changes
from ..rules.words import folded
from .common import FormCommon


class TestFormPack(FormCommon):
    """Packs are activated in draft, and updated without losing what a town changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._form()
        cls.manager_env = cls._as(cls.env["grc.form.pack"], cls.manager).env
        cls.folder = Path(cls.enterClassContext(TemporaryDirectory()))
        (cls.folder / "halls").mkdir()
        (cls.folder / "packs.json").write_text(
            json.dumps(
                [
                    {
                        "code": "halls",
                        "name": "Halls",
                        "theme": "Halls and rooms",
                        "icon": "fa-home",
                        "description": "To lend halls.",
                    }
                ]
            ),
            encoding="utf-8",
        )
        cls.data = cls.prestation._export_data() | {"code": "HALL", "theme": "halls"}
        cls._ship()
        cls.pack = cls.manager_env["grc.form.pack"].search([("code", "=", "halls")])

    @classmethod
    def _ship(cls, **more):
        """Write the model as a new release ships it, and load it."""
        cls.data = copy.deepcopy(cls.data) | more
        path = cls.folder / "halls" / "HALL.json"
        path.write_bytes(portable.dump(cls.data))
        cls.env["grc.form.pack"]._load_catalogue(cls.folder)

    @classmethod
    def _shipped_form(cls, label):
        form = copy.deepcopy(cls.data["form"])
        form["pages"][0]["items"][1]["label"] = label
        return form

    def _activate(self):
        created, problems = self.pack.model_ids._activate()
        self.assertEqual(problems, [])
        return created

    def _state(self):
        self.pack.model_ids.invalidate_recordset()
        return self.pack.model_ids.state

    def test_a_pack_is_activated_in_draft_once(self):
        self.assertEqual(self._state(), "absent")
        created = self._activate()
        self.assertEqual(created.code, "HALL")
        self.assertEqual(created.company_id, self.town)
        self.assertEqual(created.state, "draft")
        self.assertEqual(created.theme_id.name, "Halls and rooms")
        self.assertEqual(created._current_form().state, "draft")
        self.assertEqual(self._state(), "active")
        self.assertFalse(self._activate())
        self.pack.invalidate_recordset()
        self.assertEqual((self.pack.active_count, self.pack.model_count), (1, 1))

    def test_each_town_activates_her_own(self):
        self._activate()
        far_manager = self._user(
            "far_manager", "grc_base.group_grc_manager", self.far_town
        )
        far = self._as(self.pack.model_ids, far_manager)
        self.assertEqual(far.state, "absent")
        self.assertFalse(far.prestation_id)
        created, _problems = far._activate({folded("Green spaces"): self.far_service})
        self.assertEqual(created.company_id, self.far_town)

    def test_loading_twice_changes_nothing(self):
        model = self.pack.model_ids
        stamp = model.write_date
        self._ship()
        self.assertEqual(self.pack.model_ids, model)
        self.assertEqual(model.write_date, stamp)

    def test_a_faulty_file_is_left_out(self):
        (self.folder / "halls" / "BAD.json").write_text("{", encoding="utf-8")
        with self.assertLogs("odoo.addons.grc_form.models.grc_form_pack", "WARNING"):
            self._ship()
        self.assertEqual(self.pack.model_ids.code, "HALL")
        (self.folder / "halls" / "BAD.json").unlink()

    def test_publishing_is_no_change_of_the_town(self):
        created = self._activate()
        created._current_form().action_publish()
        self.assertEqual(self._state(), "active")

    def test_what_the_town_changes_is_seen(self):
        created = self._activate()
        created.cost = "10 €"
        self.assertEqual(self._state(), "modified")
        created.cost = False
        self.assertEqual(self._state(), "active")
        created._current_form().field_ids[1].label = "Which day do you want?"
        self.assertEqual(self._state(), "modified")

    def test_service_and_theme_are_the_town_s_business(self):
        created = self._activate()
        created.service_id = self.other_service
        created.theme_id = self.theme
        self.assertEqual(self._state(), "active")

    def test_a_prestation_of_the_town_with_the_same_code_stays(self):
        own = self._prestation("HALL", self.service)
        self.assertEqual(self._state(), "own")
        self.assertFalse(self._activate())
        self.assertFalse(own.model_code)

    def test_one_click_when_the_town_changed_nothing(self):
        created = self._activate()
        draft = created._current_form()
        self._ship(form=self._shipped_form("Which of our halls?"), cost="20 €")
        self.assertEqual(self._state(), "newer")
        self.assertTrue(self._as(created, self.manager).has_newer_model)
        self.pack.action_update_unchanged()
        self.assertEqual(created._current_form(), draft)
        self.assertIn("Which of our halls?", draft.field_ids.mapped("label"))
        self.assertEqual(created.cost, "20 €")
        self.assertEqual(self._state(), "active")

    def test_a_published_form_gets_a_new_draft(self):
        created = self._activate()
        published = created._current_form()
        published.action_publish()
        self._ship(form=self._shipped_form("Which of our halls?"))
        self._as(created, self.manager)._update_from_model()
        self.assertEqual(created.published_version_id, published)
        self.assertEqual(
            published.schema["pages"][0]["items"][1]["label"], "Which hall?"
        )
        self.assertEqual(created._current_form().state, "draft")
        self.assertEqual(self._state(), "active")

    def _both_change(self):
        created = self._activate()
        created.write({"cost": "10 €", "duration_text": "A week"})
        created._current_form().field_ids[1].label = "Which day do you want?"
        self._ship(
            form=self._shipped_form("Which of our halls?"), cost="20 €", legal_basis="X"
        )
        return self._as(created, self.manager)

    def test_three_ways_are_shown(self):
        created = self._both_change()
        found = created._model_differences()
        self.assertEqual(found["model"]["sheet"], ["cost", "legal_basis"])
        self.assertEqual(found["town"]["sheet"], ["cost", "duration"])
        self.assertEqual(found["both"], ["cost"])
        self.assertEqual([one["code"] for one in found["model"]["form"]], ["hall"])
        self.assertEqual([one["code"] for one in found["town"]["form"]], ["day_wanted"])
        window = self.env["grc.prestation.update"].with_env(created.env)
        window = window.create({"prestation_id": created.id})
        self.assertIn("Which day do you want?", window.differences_html)
        lines = {line.key: line for line in window.line_ids}
        self.assertEqual(list(lines), ["cost", "legal_basis", "hall"])
        cost, hall = lines["cost"], lines["hall"]
        self.assertEqual(
            (cost.mine, cost.before, cost.after, cost.is_taken),
            ("10 €", "", "20 €", False),
        )
        self.assertEqual(
            (hall.mine, hall.before, hall.after, hall.is_taken),
            ("Which hall?", "Which hall?", "Which of our halls?", True),
        )
        self.assertTrue(cost.is_both)
        self.assertFalse(hall.is_both)

    def test_the_town_keeps_her_form(self):
        created = self._both_change()
        window = self.env["grc.prestation.update"].with_env(created.env)
        window.create({"prestation_id": created.id}).action_keep()
        labels = created._current_form().field_ids.mapped("label")
        self.assertIn("Which day do you want?", labels)
        self.assertNotIn("Which of our halls?", labels)
        self.assertEqual(
            (created.cost, created.duration_text, created.legal_basis),
            ("10 €", "A week", "X"),
        )
        # Seen: it is not proposed again, and what the town changed is still known.
        self.assertEqual(self._state(), "modified")
        self.assertEqual(
            created._model_differences()["town"]["sheet"], ["cost", "duration"]
        )
        self.assertTrue(created._model_differences()["town"]["form"])

    def _window(self, created):
        window = self.env["grc.prestation.update"].with_env(created.env)
        return window.create({"prestation_id": created.id})

    def test_a_version_from_the_model_loses_nothing(self):
        created = self._both_change()
        old = created._current_form()
        self._window(created).action_update()
        new = created._current_form()
        self.assertNotEqual(new, old)
        labels = new.field_ids.mapped("label")
        self.assertIn("Which of our halls?", labels)
        self.assertIn("Which day do you want?", labels)
        self.assertEqual(old.state, "archived")
        self.assertIn("Which day do you want?", json.dumps(old.schema))
        self.assertEqual(created.cost, "10 €")
        self.assertEqual(self._state(), "modified")
        found = created._model_differences()["town"]
        self.assertEqual([one["code"] for one in found["form"]], ["day_wanted"])
        self.assertEqual(found["sheet"], ["cost", "duration"])

    def test_the_town_chooses_line_by_line(self):
        created = self._both_change()
        window = self._window(created)
        lines = {line.key: line for line in window.line_ids}
        lines["cost"].is_taken = True
        lines["legal_basis"].is_taken = False
        lines["hall"].is_taken = False
        window.action_update()
        self.assertEqual((created.cost, created.legal_basis), ("20 €", ""))
        labels = created._current_form().field_ids.mapped("label")
        self.assertNotIn("Which of our halls?", labels)
        # Seen: it is not proposed again; what was kept is the town's own now.
        self.assertEqual(self._state(), "modified")
        self.assertEqual(created._model_differences()["model"]["sheet"], [])
        self.assertEqual(created._model_differences()["town"]["sheet"], ["duration"])

    def test_a_line_that_both_changed_keeps_the_town_s_words(self):
        created = self._activate()
        hall = created._current_form().field_ids[2]
        hall.label = "The hall, please"
        self._ship(form=self._shipped_form("Which of our halls?"))
        created = self._as(created, self.manager)
        line = self._window(created).line_ids
        self.assertEqual((line.key, line.is_both, line.is_taken), ("hall", True, False))
        self.assertEqual(line.mine, "The hall, please")
        line.is_taken = True
        line.update_id.action_update()
        labels = created._current_form().field_ids.mapped("label")
        self.assertIn("Which of our halls?", labels)
        self.assertNotIn("The hall, please", labels)
        self.assertEqual(self._state(), "active")

    def test_updating_twice_does_nothing_more(self):
        created = self._both_change()
        for _time in range(2):
            created._update_from_model()
        self.assertEqual(len(created.form_version_ids), 2)

    def test_a_code_that_means_something_else_does_not_stop_the_others(self):
        form = copy.deepcopy(self.data["form"])
        form["pages"][0]["items"][0] |= {"code": "income", "type": "date"}
        form["pages"][0]["items"].pop(3)
        bad = self.data | {"code": "BAD", "form": form}
        (self.folder / "halls" / "BAD.json").write_bytes(portable.dump(bad))
        self._ship()
        self.addCleanup((self.folder / "halls" / "BAD.json").unlink)
        created, problems = self.pack.model_ids._activate()
        self.assertEqual(created.code, "HALL")
        self.assertEqual(len(problems), 1)
        self.assertIn("BAD", problems[0])

    def test_the_window_asks_the_services(self):
        self._ship(service="Halls")
        action = self.pack.action_activate()
        window = Form(
            self.manager_env["grc.form.pack.activation"].with_context(
                **action["context"]
            )
        )
        with window.line_ids.edit(0) as line:
            self.assertEqual(line.name, "Halls")
            self.assertEqual(line.service_id, self.desk_service)
            line.service_id = self.other_service
        window.save().action_activate()
        self.assertEqual(self._state(), "active")
        self.assertEqual(
            self.pack.model_ids.prestation_id.service_id, self.other_service
        )


class TestCatalogueThatShips(FormCommon):
    """Every model of the catalogue: activated, and out and in again the same."""

    def test_each_model_is_activated_and_travels(self):
        self.env["grc.form.pack"]._load_catalogue()
        models = self._as(self.env["grc.prestation.model"], self.manager).search([])
        files = list(CATALOGUE.glob("*/*.json"))
        self.assertEqual(len(models), len(files))
        services = {
            folded(name): self.service for name in models.mapped("service_name")
        }
        begun = time.monotonic()
        created, problems = models._activate(services)
        self.assertLess(time.monotonic() - begun, 60)
        self.assertEqual(problems, [])
        self.assertEqual(len(created), len(models))
        self.assertEqual(set(models.mapped("state")), {"active"})
        far = self._as(
            self.env["grc.prestation"],
            self._user("far_manager", "grc_base.group_grc_manager", self.far_town),
        )
        for prestation in created:
            with self.subTest(prestation.code):
                self._check_travel(prestation, far)

    def _check_travel(self, prestation, far):
        model = prestation._catalogue_model().content
        now = prestation._export_data()
        self.assertEqual(portable.sheet_changes(portable.own(model), now), [])
        self.assertEqual(changes(model["form"], now["form"]), [])
        content = prestation._export_file()
        imported = far._import_file(content, service=self.far_service)
        self.assertEqual(
            imported._export_file(),
            portable.dump(now | {"service": self.far_service.name}),
        )
        self.assertEqual(normal.file(now), now)
