from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from .common import GrcCommon


class TestPublication(GrcCommon):
    """A prestation that would mislead the public is not published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prestation.write({"state": "draft", "nature": "report"})

    def _problems(self, **vals):
        self.prestation.write(vals)
        return "\n".join(self.prestation._publication_problems())

    def test_a_good_one_is_published(self):
        self.assertEqual(self._problems(), "")
        self._as(self.prestation, self.manager).action_publish()
        self.assertEqual(self.prestation.state, "published")
        self.assertTrue(self.prestation._is_open("portal"))

    def test_without_summary(self):
        self.assertIn("one-sentence summary", self._problems(summary=False))

    def test_for_nobody(self):
        nobody = dict.fromkeys(("for_person", "for_company", "for_association"), False)
        self.assertIn("Say for whom it is.", self._problems(**nobody))

    def test_without_a_way_in(self):
        closed = {
            f"is_open_{channel}": False
            for channel in ("portal", "mail", "phone", "desk", "letter")
        }
        self.assertIn("at least one way", self._problems(**closed))

    def test_without_telephone(self):
        self.service.phone = False
        self.assertIn("“Green spaces” has no telephone", self._problems())

    def test_without_address(self):
        self.service.write({"street": False, "zip": False, "city": False})
        self.assertEqual(self._problems(), "", "an e-mail address is one")
        self.service.email = False
        self.service.alias_name = False
        self.town.email = False
        self.assertIn("neither an e-mail nor a postal", self._problems())

    def test_every_problem_is_told_at_once(self):
        self.service.phone = False
        self.prestation.write({"summary": False})
        with self.assertRaises(UserError) as caught:
            self.prestation.action_publish()
        for text in ("one-sentence summary", "no telephone", "• "):
            self.assertIn(text, str(caught.exception))
        self.assertEqual(self.prestation.state, "draft")

    def test_one_bad_among_many_publishes_none(self):
        self.other_prestation.write({"state": "draft", "summary": False})
        with self.assertRaises(UserError):
            (self.prestation | self.other_prestation).action_publish()
        self.assertEqual(self.prestation.state, "draft")

    def test_a_code_is_used_once_in_a_town(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._prestation("TREE", self.service)
        self._prestation("TREE", self.far_service)

    def test_a_service_of_another_town_is_refused(self):
        with self.assertRaises(UserError):
            self.prestation.service_id = self.far_service


class TestServiceAndCircuit(GrcCommon):
    def test_a_service_is_not_attached_to_itself(self):
        with self.assertRaises(UserError):
            self.service.parent_id = self.attached
        with self.assertRaises(UserError):
            self.service.parent_id = self.far_service

    def test_the_front_desk_receives_what_has_no_addressee(self):
        services = self.env["grc.service"]
        self.assertEqual(services._front_desk(self.town), self.desk_service)
        self.desk_service.is_front_desk = False
        self.assertIn(
            services._front_desk(self.town), services.search([]), "some service does"
        )

    def test_the_alias_of_a_service_files_requests(self):
        self.service.alias_name = "green-spaces-test"
        alias = self.service.alias_id
        self.assertEqual(alias.alias_model_id.model, "grc.request")
        self.assertEqual(alias.alias_contact, "everyone")
        self.assertEqual(alias.alias_defaults, repr({"service_id": self.service.id}))

    def test_a_circuit_starts_with_reception(self):
        circuit = self.env["grc.circuit"].create({"name": "C"})
        with self.assertRaises(ValidationError):
            circuit.step_ids = [(0, 0, {"name": "S", "state": "instruction"})]

    def test_the_steps_of_a_transition_are_of_its_circuit(self):
        circuit = self.env["grc.circuit"].create(
            {"name": "C", "step_ids": [(0, 0, {"name": "S", "state": "received"})]}
        )
        with self.assertRaises(ValidationError):
            self.env["grc.circuit.transition"].create(
                {
                    "name": "T",
                    "circuit_id": circuit.id,
                    "from_step_id": circuit.step_ids.id,
                    "to_step_id": self.env.ref("grc_base.step_closed").id,
                }
            )

    def test_a_town_may_have_its_own_default_circuit(self):
        circuits = self.env["grc.circuit"]
        own = circuits.create(
            {
                "name": "Ours",
                "company_id": self.far_town.id,
                "is_default": True,
                "step_ids": [(0, 0, {"name": "In", "state": "received"})],
            }
        )
        self.assertEqual(circuits._default_circuit(self.far_town), own)
        self.assertEqual(self._file(self.far_prestation).circuit_id, own)
        self.assertNotEqual(self._file().circuit_id, own)

    def test_an_agent_finds_a_request_by_its_number_or_its_sender(self):
        request = self._file(subject="A tree")
        found = self._as(request.browse(), self.agent)
        for text in (
            request.name,
            "A tree",
            "Alice Martin",
            "alice.martin@",
            "01 99 00",
        ):
            self.assertIn(request.id, [row[0] for row in found.name_search(text)])
        self.assertEqual(request.display_name, f"{request.name} – A tree")
