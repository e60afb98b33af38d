import base64
import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from ..rules import portable
from ..rules.portable_keys import AUDIENCE, CHANNELS, DOCUMENT_NATURES, NATURES
from .common import FormCommon


class TestPrestationFile(FormCommon):
    """A prestation leaves as one file and comes back the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prestation.write(
            {
                "description": "<p>How it goes.</p>",
                "needs_presence": True,
                "presence_note": "To sign",
                "cerfa": "12345",
                "domicile_case": "school_enrolment",
            }
        )
        cls.form = cls._form()
        cls.other = cls._as(cls.env["grc.prestation"], cls.manager)

    def _far(self):
        """Return the prestations, as the administrator of the neighbour sees them."""
        manager = self._user("far_manager", "grc_base.group_grc_manager", self.far_town)
        return self._as(self.env["grc.prestation"], manager)

    def _changed(self, **more):
        data = json.loads(self.prestation._export_file())
        return json.dumps(data | more).encode()

    def test_it_goes_to_another_town_and_comes_back_the_same(self):
        content = self.prestation._export_file()
        far = self._far()
        imported = far._import_file(content, service=self.far_service)
        self.assertEqual(imported.company_id, self.far_town)
        self.assertEqual(imported.state, "draft")
        self.assertFalse(imported.published_version_id)
        self.assertEqual(
            imported._export_file(),
            self._changed_bytes(content, service=self.far_service.name),
        )

    def _changed_bytes(self, content, **more):
        return portable.dump(json.loads(content) | more)

    def test_a_published_form_and_its_draft_give_the_same_file(self):
        published = self.prestation._export_file()
        self.form.action_new_draft()
        self.assertEqual(len(self.prestation.form_version_ids), 2)
        self.assertEqual(self.prestation._export_file(), published)

    def test_a_prestation_without_form_travels_too(self):
        content = self.other_prestation._export_file()
        far = self._far()._import_file(content, service=self.far_service)
        self.assertFalse(far.form_version_ids)
        self.assertEqual(
            far._export_file(),
            self._changed_bytes(content, service=self.far_service.name),
        )

    def test_the_same_code_is_not_created_twice(self):
        content = self.prestation._export_file()
        with self.assertRaises(UserError):
            self.other._import_file(content)

    def test_a_version_never_touches_the_one_in_use(self):
        data = json.loads(self.prestation._export_file())
        data["form"]["pages"][0]["items"][0]["label"] = "When?"
        data["name"] = "Renamed"
        frozen = self.form.schema_sha256
        found = self.other._import_file(json.dumps(data).encode(), mode="version")
        self.assertEqual(found, self.prestation)
        self.assertEqual(self.prestation.published_version_id, self.form)
        self.assertEqual(self.form.schema_sha256, frozen)
        self.assertNotEqual(self.prestation.name, "Renamed")
        draft = self.prestation.form_version_ids - self.form
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.field_ids[1].label, "When?")
        self.other._import_file(json.dumps(data).encode(), mode="version", sheet=True)
        self.assertEqual(self.prestation.name, "Renamed")

    def test_a_draft_in_work_is_set_aside_never_lost(self):
        self.form.action_new_draft()
        draft = self.prestation.form_version_ids - self.form
        draft.field_ids[1].label = "My own words"
        data = json.loads(self.prestation._export_file(self.form))
        data["form"]["pages"][0]["items"][0]["label"] = "When?"
        self.other._import_file(json.dumps(data).encode(), mode="version")
        self.assertEqual(draft.state, "archived")
        labels = [item["label"] for item in draft.schema["pages"][0]["items"]]
        self.assertIn("My own words", labels)
        draft.action_restore()
        current = self.prestation._current_form()
        self.assertEqual(current.field_ids[1].label, "My own words")

    def test_importing_twice_does_nothing_more(self):
        content = self.prestation._export_file()
        before = len(self.prestation.form_version_ids)
        for _time in range(2):
            self.other._import_file(content, mode="version")
        self.assertEqual(len(self.prestation.form_version_ids), before)

    def test_documents_of_the_town_are_completed_not_replaced(self):
        self.insurance.write({"legal_basis": "Our own rule", "help": False})
        data = json.loads(self.prestation._export_file())
        data["documents"][0] |= {"name": "X", "legal_basis": "Y", "help": "Both sides"}
        data["code"] = "OTHER"
        self.other._import_file(json.dumps(data).encode(), service=self.service)
        self.assertEqual(self.insurance.legal_basis, "Our own rule")
        self.assertEqual(self.insurance.name, "Insurance")
        self.assertEqual(self.insurance.help, "Both sides")

    def test_an_archived_document_is_used_again(self):
        content = self._changed(code="OTHER")
        self.insurance.active = False
        imported = self.other._import_file(content, service=self.service)
        self.assertTrue(self.insurance.active)
        piece = imported._current_form().all_field_ids.filtered("document_type_id")
        self.assertEqual(piece.document_type_id, self.insurance)

    def test_the_service_is_found_by_its_name_or_asked(self):
        content = self._changed(code="OTHER", service="GREEN  spaces")
        self.assertEqual(self.other._import_file(content).service_id, self.service)
        content = self._changed(code="THIRD", service="Nobody knows")
        with self.assertRaises(UserError):
            self.other._import_file(content)

    def test_the_service_of_another_town_is_not_taken(self):
        content = self._changed(code="OTHER", service=self.far_service.name)
        with self.assertRaises(UserError):
            self.other._import_file(content)

    def test_a_missing_theme_is_created(self):
        content = self._changed(code="OTHER", theme="Fishing")
        imported = self.other._import_file(content, service=self.service)
        self.assertEqual(imported.theme_id.name, "Fishing")

    def test_a_code_of_the_dictionary_keeps_its_type(self):
        data = json.loads(self.prestation._export_file())
        item = data["form"]["pages"][0]["items"][0]
        item.pop("min")
        item["type"] = "text"
        data["code"] = "OTHER"
        content = json.dumps(data, indent=1)
        with self.assertRaises(ValidationError) as caught:
            self.other._import_file(content.encode(), service=self.service)
        line = 1 + content[: content.index('"type": "text"')].count("\n")
        self.assertIn(f"Line {line}:", str(caught.exception))

    def test_a_refused_file_changes_nothing(self):
        before = self.env["grc.prestation"].search_count([])
        for content in (b"", b"{", b"[]", self._changed(law=3), self._changed(x="y")):
            with self.assertRaises(ValidationError) as caught:
                self.other._import_file(content)
            self.assertIn("Line ", str(caught.exception))
        self.assertEqual(self.env["grc.prestation"].search_count([]), before)

    def test_what_cannot_be_read_back_is_not_exported(self):
        self.form.action_new_draft()
        draft = self.prestation._current_form()
        draft.field_ids[1].write({"min_kind": "fixed", "min_value": "tomorrow"})
        with self.assertRaises(UserError):
            self.prestation._export_file()

    def test_a_copy_has_its_own_code(self):
        action = self._as(self.prestation, self.manager).action_duplicate()
        copied = self.env["grc.prestation"].browse(action["res_id"])
        self.assertEqual(copied.code, "TREE-2")
        self.assertEqual(copied.state, "draft")
        self.assertEqual(copied.service_id, self.service)
        self.assertEqual(
            portable.own(copied._export_data()) | {"name": 0},
            portable.own(self.prestation._export_data()) | {"name": 0},
        )
        again = self._as(self.prestation, self.manager).action_duplicate()
        self.assertEqual(
            self.env["grc.prestation"].browse(again["res_id"]).code, "TREE-3"
        )

    def test_the_file_is_downloaded(self):
        action = self._as(self.prestation, self.manager).action_export()
        number = int(action["url"].split("/")[-1].split("?")[0])
        attachment = self.env["ir.attachment"].browse(number)
        self.assertEqual(attachment.name, "TREE.json")
        self.assertFalse(attachment.public)
        self.assertEqual(attachment.raw, self.prestation._export_file())

    def test_agents_neither_export_nor_import(self):
        content = self._changed(code="OTHER")
        for user in (self.agent, self.service_head, self.desk_agent):
            own = self._as(self.prestation, user)
            for call in (
                own.action_export,
                own.action_duplicate,
                lambda own=own: own._import_file(content, service=self.service),
                lambda own=own: own._import_file(
                    self.prestation._export_file(), mode="version"
                ),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_the_lists_of_the_rules_are_those_of_the_models(self):
        fields = self.env["grc.prestation"]._fields
        self.assertEqual([code for code, _n in fields["nature"].selection], [*NATURES])
        for prefix, codes in (("for_", AUDIENCE), ("is_open_", CHANNELS)):
            found = {name for name in fields if name.startswith(prefix)}
            self.assertEqual(found, {f"{prefix}{code}" for code in codes})
        natures = self.env["grc.document.type"]._fields["nature"].selection
        self.assertEqual([code for code, _n in natures], [*DOCUMENT_NATURES])

    def test_every_fault_has_its_sentence(self):
        texts = self.env["grc.prestation"]._file_texts()
        self.assertEqual(set(texts), set(portable.FILE_FAULTS))
        for code, names in portable.FILE_FAULTS.items():
            texts[code] % dict.fromkeys(names, "x")

    # === WINDOW === #

    def _window(self, content):
        window = Form(self._as(self.env["grc.prestation.import"], self.manager))
        window.file = base64.b64encode(content)
        return window

    def test_the_window_shows_the_faults_with_their_lines(self):
        window = self._window(b'{\n"format": 3}')
        self.assertFalse(window.is_right)
        self.assertIn("Line 2:", window.preview_html)

    def test_the_window_creates(self):
        window = self._window(self._changed(code="OTHER", service="Unknown"))
        self.assertTrue(window.is_right)
        self.assertTrue(window.needs_service)
        window.service_id = self.service
        action = window.save().action_import()
        created = self.env["grc.prestation"].browse(action["res_id"])
        self.assertEqual(created.code, "OTHER")

    def test_the_window_tells_what_a_version_changes(self):
        data = json.loads(self.prestation._export_file())
        data["form"]["pages"][0]["items"][0]["label"] = "When exactly?"
        window = self._window(json.dumps(data).encode())
        self.assertEqual(window.existing_id, self.prestation)
        self.assertIn("When exactly?", window.preview_html)
        window.save().action_import()
        self.assertEqual(len(self.prestation.form_version_ids), 2)
