from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FormAccessCommon


@tagged("grc_security")
class TestFormPackAccess(FormAccessCommon):
    """The catalogue of models is read by functional administrators, written by nobody.

    "grc.form.pack", "grc.prestation.model"; windows: "grc.form.pack.activation",
    "grc.form.pack.activation.line", "grc.prestation.import", "grc.prestation.update",
    "grc.prestation.update.line".
    """

    def test_the_catalogue_is_read_by_the_manager(self):
        self.env["grc.form.pack"]._load_catalogue()
        pack = self.env["grc.form.pack"].search([], limit=1)
        self.assert_matrix(pack, manager="r")
        model = self.env["grc.prestation.model"].search([], limit=1)
        self.assert_matrix(model, manager="r")

    def test_windows_are_for_whoever_opens_them(self):
        other = self._user("other_manager", "grc_base.group_grc_manager")
        own = self._as(self.env["grc.form.pack.activation"], self.manager)
        activation = own.create({"line_ids": [(0, 0, {"name": "Halls"})]})
        imported = own.env["grc.prestation.import"].create({})
        updated = own.env["grc.prestation.update"].create(
            {"prestation_id": self.prestation.id}
        )
        line = updated.line_ids.create({"update_id": updated.id, "key": "cost"})
        for window in (activation, activation.line_ids, imported, updated, line):
            self.assertTrue(window.has_access("write"))
            self.assertFalse(self._as(window, other).has_access("read"))
            for name, user in self.personas.items():
                if name != "manager":
                    with self.assertRaises(AccessError):
                        self._as(window.browse(), user).create({})

    def test_a_window_of_another_town_does_not_open(self):
        own = self._as(self.env["grc.prestation.update"], self.manager)
        with self.assertRaises(AccessError):
            own.create({"prestation_id": self.far_prestation.id})

    def test_an_agent_does_not_activate(self):
        self.env["grc.form.pack"]._load_catalogue()
        model = self.env["grc.prestation.model"].search([], limit=1)
        for user in (self.agent, self.service_head, self.desk_agent):
            with self.assertRaises(AccessError):
                self._as(model, user)._activate()

    def test_what_a_model_said_is_not_for_the_public(self):
        for user in (self.public, self.citizen, self.agent):
            with self.assertRaises(AccessError):
                self._as(self.prestation, user).read(["model_base"])
