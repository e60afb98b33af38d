from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FormAccessCommon


@tagged("grc_security")
class TestFormAccess(FormAccessCommon):
    """Forms are written by the functional administrator of their town only.

    "grc.document.type", "grc.form.version", "grc.form.field", "grc.form.option",
    "grc.form.rule", "grc.form.question".
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._form(publish=False)
        cls.form.rule_ids = [
            (
                0,
                0,
                {
                    "kind": "stop",
                    "condition": {"q": "hall", "op": "eq", "value": "large"},
                    "title": "No",
                    "message": "<p>Ask the other town.</p>",
                },
            )
        ]

    def _readers(self):
        return {
            name: "r"
            for name, user in self.personas.items()
            if user.company_id == self.town
            and not user.share
            and user != self.plain_user
        }

    def test_what_agents_read(self):
        rights = self._readers() | {"manager": "rwcu"}
        self.assert_matrix(self.insurance, **rights)
        self.assert_matrix(self.form, **rights)

    def test_lines_are_for_the_manager(self):
        line = self.form.field_ids.filtered(lambda line: line.code == "hall")
        self.assert_matrix(line, manager="rwcu")
        self.assert_matrix(line.option_ids[0], manager="rwcu")
        self.assert_matrix(self.form.rule_ids, manager="rwcu")

    def test_the_dictionary_is_fed_by_the_forms(self):
        question = self.env["grc.form.question"].search([("code", "=", "hall")])
        rights = {
            name: "r"
            for name, user in self.personas.items()
            if not user.share and user != self.plain_user
        }
        self.assert_matrix(question, **rights | {"manager": "rw"})

    def test_a_manager_keeps_to_her_town(self):
        own = self._as(self.env["grc.form.version"], self.manager)
        with self.assertRaises(AccessError):
            own.create({"prestation_id": self.far_prestation.id})

    def test_publishing_is_for_the_manager(self):
        for user in (self.agent, self.service_head, self.desk_agent):
            with self.assertRaises(AccessError):
                self._as(self.form, user).action_publish()
        self._as(self.form, self.manager).action_publish()
        self.assertEqual(self.form.state, "published")
