from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FormAccessCommon
from .data_common import DataMixin


@tagged("grc_security")
class TestDataAccess(DataMixin, FormAccessCommon):
    """Sources are set up by the functional administrator; what they said, read only.

    "grc.data.source", "grc.data.cache", "grc.data.proof".
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sirene, cls.rna = cls._use_sources("sirene", "rna")
        cls.request = cls._file()
        cls.proof = cls.request._record_data(
            cls.sirene, {"name": "BAKERY"}, fields.Datetime.now()
        ).with_env(cls.env)

    def test_sources_are_for_the_manager(self):
        self.assert_matrix(self.sirene, manager="rw")

    def test_the_answers_kept_are_for_nobody(self):
        self.sirene._keep_answer("data", "x", {"values": {}}, 1)
        kept = self.env["grc.data.cache"].search([("source_id", "=", self.sirene.id)])
        self.assert_matrix(kept)

    def test_what_was_said_follows_the_request(self):
        readers = {
            name: "r"
            for name, user in self.personas.items()
            if not user.share
            and user != self.plain_user
            and self._as(self.request, user).has_access("read")
        }
        self.assertIn("agent", readers)
        self.assertNotIn("other_agent", readers)
        self.assert_matrix(self.proof, **readers)

    def test_what_was_said_is_written_by_nobody(self):
        vals = {
            "request_id": self.request.id,
            "connector": "sirene",
            "datum": "name",
            "source_name": "x",
            "label": "x",
            "state": "obtained",
        }
        for user in self.personas.values():
            own = self._as(self.proof, user)
            with self.subTest(user=user.login):
                for act in (
                    lambda own=own: own.create(vals),
                    lambda own=own: own.write({"value_text": "x"}),
                    lambda own=own: own.unlink(),
                ):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        act()

    def test_sensitive_data_are_for_those_who_read_sensitive_answers(self):
        self.env.cr.execute(
            "UPDATE grc_data_proof SET is_sensitive = true WHERE id = %s",
            [self.proof.id],
        )
        self.proof.invalidate_recordset()
        self.assert_matrix(self.proof)
        group = self.env.ref("grc_form.group_grc_sensitive")
        group.user_ids = [
            (4, user.id) for user in (self.agent, self.other_agent, self.manager)
        ]
        # Only in the requests that she may open.
        self.assertTrue(self._as(self.proof, self.agent).has_access("read"))
        self.assertFalse(self._as(self.proof, self.other_agent).has_access("read"))
        self.assertTrue(self._as(self.proof, self.manager).has_access("read"))
        social = self._file(self.social_prestation)
        proof = social._record_data(
            self.sirene, {"name": "BAKERY"}, fields.Datetime.now()
        ).with_env(self.env)
        self.env.cr.execute("UPDATE grc_data_proof SET is_sensitive = true")
        proof.invalidate_recordset()
        for user in (self.agent, self.manager):
            self.assertFalse(self._as(proof, user).has_access("read"))

    def test_a_citizen_never_reads_the_settings(self):
        for user in (self.citizen, self.public):
            with self.assertRaises(AccessError):
                self._as(self.env["grc.data.source"], user).search([])
