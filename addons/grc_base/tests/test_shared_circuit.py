from odoo import Command
from odoo.exceptions import AccessError

from .common import GrcCommon


class TestSharedCircuit(GrcCommon):
    """A circuit of every town is not changed by the administrator of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls.env["grc.circuit"]._default_circuit(cls.town)
        cls.mine = cls._as(cls.shared, cls.manager)

    def _changes(self, circuit):
        step, transition = circuit.step_ids[-1:], circuit.transition_ids[-1:]
        return (
            lambda: circuit.write({"name": "Mine"}),
            lambda: circuit.write({"company_id": self.town.id}),
            lambda: step.write({"name": "Mine"}),
            lambda: step.create(
                {"name": "More", "circuit_id": circuit.id, "state": "instruction"}
            ),
            lambda: transition.write({"needs_comment": True}),
            lambda: transition.unlink(),
            lambda: circuit.create({"name": "For all", "company_id": False}),
        )

    def test_the_administrator_of_one_town_is_refused(self):
        self.assertFalse(self.shared.company_id)
        self.assertTrue(self.mine.is_locked)
        for number, change in enumerate(self._changes(self.mine)):
            with self.subTest(number), self.assertRaises(AccessError):
                change()

    def test_nothing_is_moved_into_a_shared_circuit(self):
        own = self.mine._duplicate_for(self.town)
        with self.assertRaises(AccessError):
            own.company_id = False
        step = own.step_ids.create(
            {"name": "More", "circuit_id": own.id, "state": "instruction"}
        )
        with self.assertRaises(AccessError):
            step.circuit_id = self.shared

    def test_who_administers_every_town_may(self):
        groups = self.env["grc.service"].with_context(active_test=False)
        towns = [town.id for (town,) in groups._read_group([], ["company_id"])]
        self.manager.company_ids = [Command.set(towns)]
        self.mine.invalidate_recordset(["is_locked"])
        self.assertFalse(self.mine.is_locked)
        self.mine.name = "Usual circuit"
        self.assertEqual(self.shared.name, "Usual circuit")

    def test_a_technical_administrator_may(self):
        self.manager.group_ids += self.env.ref("base.group_system")
        self.mine.name = "Usual circuit"

    def test_a_copy_for_the_town_has_the_same_way(self):
        action = self.mine.action_duplicate()
        copy = self.mine.browse(action["res_id"])
        self.assertEqual(copy.company_id, self.town)
        self.assertFalse(copy.is_default)

        def shape(circuit):
            return [
                (t.name, t.from_step_id.name, t.to_step_id.name, t.needs_comment)
                for t in circuit.transition_ids.sorted("id")
            ]

        self.assertEqual(
            copy.step_ids.mapped("state"), self.shared.step_ids.mapped("state")
        )
        self.assertEqual(len(copy.transition_ids), len(self.shared.transition_ids))
        self.assertEqual(sorted(shape(copy)), sorted(shape(self.shared)))
        self.assertFalse(copy.step_ids & self.shared.step_ids)
        copy.name = "Mine"
        copy.step_ids[:1].name = "Mine"

    def test_agents_duplicate_nothing(self):
        for user in (self.agent, self.service_head):
            with self.assertRaises(AccessError):
                self._as(self.shared, user).action_duplicate()
