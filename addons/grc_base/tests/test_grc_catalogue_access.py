from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import AccessCommon

MODELS = ("grc.service", "grc.theme", "grc.prestation")


@tagged("grc_security")
class TestCatalogueAccess(AccessCommon):
    """Everybody reads what is public; the functional administrator writes it."""

    def _in_town(self, public):
        rights = {
            name: "r"
            for name, user in self.personas.items()
            if user.company_id == self.town and not user.share
        }
        if public:
            rights |= {"citizen": "r", "other_citizen": "r", "public": "r"}
        return rights | {"manager": "rwcu"}

    def test_services(self):
        self.assert_matrix(self.service, **self._in_town(public=True))
        self.assert_matrix(self.social_service, **self._in_town(public=True))
        everybody = {"citizen": "r", "other_citizen": "r", "public": "r"}
        self.assert_matrix(self.far_service, other_company_agent="r", **everybody)

    def test_a_published_prestation(self):
        self.assert_matrix(self.prestation, **self._in_town(public=True))

    def test_a_draft_is_not_for_the_public(self):
        for state in ("draft", "archived"):
            self.prestation.state = state
            self.assert_matrix(self.prestation, **self._in_town(public=False))

    def test_themes_are_shared(self):
        rights = dict.fromkeys(self.personas, "r") | {"manager": "rwcu"}
        self.assert_matrix(self.theme, **rights)

    def test_a_manager_keeps_to_her_town(self):
        own = self._as(self.env["grc.prestation"], self.manager)
        with self.assertRaises(AccessError):
            own.create(
                {
                    "name": "X",
                    "code": "X",
                    "company_id": self.far_town.id,
                    "theme_id": self.theme.id,
                    "service_id": self.far_service.id,
                }
            )
        with self.assertRaises(AccessError):
            self._as(self.far_service, self.manager).phone = "0"

    def test_publishing_is_for_the_manager(self):
        for user in (self.agent, self.service_head, self.desk_agent):
            own = self._as(self.prestation, user)
            for action in (
                own.action_publish,
                own.action_unpublish,
                own.action_withdraw,
            ):
                with self.assertRaises(AccessError):
                    action()
        self._as(self.prestation, self.manager).action_withdraw()
        self.assertEqual(self.prestation.state, "archived")


@tagged("grc_security")
class TestCircuitAccess(AccessCommon):
    """Circuits: read by agents, written by the functional administrator."""

    MODELS = ("grc.circuit", "grc.circuit.step", "grc.circuit.transition")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.circuit = cls._circuit(cls.town)
        cls.far_circuit = cls._circuit(cls.far_town)

    @classmethod
    def _circuit(cls, town):
        circuit = cls.env["grc.circuit"].create({"name": "C", "company_id": town.id})
        steps = cls.env["grc.circuit.step"].create(
            [
                {"name": state, "state": state, "circuit_id": circuit.id}
                for state in ("received", "instruction")
            ]
        )
        cls.env["grc.circuit.transition"].create(
            {
                "name": "Go",
                "circuit_id": circuit.id,
                "from_step_id": steps[0].id,
                "to_step_id": steps[1].id,
            }
        )
        return circuit

    def _parts(self, circuit):
        return (circuit, circuit.step_ids[0], circuit.transition_ids)

    def test_own_town(self):
        agents = (
            "agent",
            "other_agent",
            "attached_agent",
            "social_agent",
            "service_head",
            "desk_agent",
        )
        for part in self._parts(self.circuit):
            self.assert_matrix(part, manager="rwcu", **dict.fromkeys(agents, "r"))

    def test_another_town(self):
        for part in self._parts(self.far_circuit):
            self.assert_matrix(part, other_company_agent="r")
