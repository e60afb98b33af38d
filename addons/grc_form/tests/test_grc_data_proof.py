from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.grc_data_proof_retry import RETRY_MINUTES
from .common import FormCommon
from .data_common import OTHER_SIRET, SIRET, DataMixin, company


@tagged("post_install", "-at_install")
class TestDataProof(DataMixin, FormCommon):
    """What a source said is kept for ever; what it could not say is asked again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.sirene,) = cls._use_sources("sirene")
        cls.request = cls._file()
        cls.proofs = cls.env["grc.data.proof"]

    def _record(self, values=(), missing=(), error="", key=SIRET):
        now = fields.Datetime.now()
        return self.request._record_data(
            self.sirene, dict(values), now, key=key, missing=missing, error=error
        )

    def _retry(self, later=True):
        """Run the job, when every proof is due unless told otherwise."""
        waiting = self.request.data_proof_ids.filtered(lambda p: p.state == "pending")
        if later:
            waiting.next_try_at = fields.Datetime.subtract(
                fields.Datetime.now(), days=1
            )
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("grc_form.ir_cron_retry_data").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_was_said_is_kept_in_words(self):
        proofs = self._record({"name": "BAKERY", "is_open": True})
        self.assertEqual(proofs.mapped("state"), ["obtained"] * 2)
        self.assertEqual(proofs[0].value_text, "BAKERY")
        self.assertEqual(proofs[1].value, True)
        self.assertTrue(proofs[0].label)
        self.assertEqual(len(self._events(self.request, "data_obtained")), 1)

    def test_it_is_never_changed(self):
        proofs = self._record({"name": "BAKERY"})
        with self.assertRaises(UserError):
            proofs.value_text = "OTHER"
        # The source may go: what it said stays.
        self.sirene.unlink()
        self.assertEqual(proofs.value_text, "BAKERY")
        self.assertTrue(proofs.source_name)

    def test_what_is_unknown_is_not_asked_again(self):
        proof = self._record(missing=["name"], error="not_found")
        self.assertEqual(proof.state, "not_found")
        proof = self._record(missing=["name"], error="refused")
        self.assertEqual(proof.state, "gave_up")
        with self.services() as fake:
            self._retry()
            self.assertFalse(fake.calls)

    def test_what_could_not_be_said_is_asked_again(self):
        proofs = self._record(missing=["name", "is_open", "rna"], error="unavailable")
        self.assertEqual(set(proofs.mapped("state")), {"pending"})
        with self.services() as fake:
            fake.says(SIRET, company())
            self._retry(later=False)
            self.assertFalse(fake.calls)
            self._retry()
            # One call for the three.
            self.assertEqual(len(fake.calls), 1)
        self.assertEqual(proofs.mapped("state"), ["obtained", "obtained", "not_found"])
        self.assertEqual(proofs[0].value_text, "BAKERY")
        self.assertEqual(len(self._events(self.request, "data_obtained")), 1)
        with self.services() as fake:
            self._retry()
            self.assertFalse(fake.calls)
        self.assertEqual(len(self._events(self.request, "data_obtained")), 1)

    def test_it_is_given_up_after_some_days(self):
        proof = self._record(missing=["name"], error="unavailable")
        for rank in range(len(RETRY_MINUTES)):
            self.assertEqual(proof.state, "pending")
            self.assertEqual(proof.tries, rank)
            with self.services() as fake:
                fake.fails("search")
                self._retry()
        self.assertEqual(proof.state, "gave_up")
        self.assertEqual(proof.error_code, "unavailable")
        self.assertFalse(self._events(self.request, "data_obtained"))

    def test_a_refusal_ends_it(self):
        proof = self._record(missing=["name"], error="too_many")
        with self.services() as fake:
            fake.says(SIRET, {}, 403)
            self._retry()
        self.assertEqual(proof.state, "gave_up")
        proof = self._record(missing=["name"], error="busy", key=OTHER_SIRET)
        with self.services():
            self._retry()
        self.assertEqual(proof.state, "not_found")

    def test_a_source_no_longer_in_use_is_not_called(self):
        proof = self._record(missing=["name"], error="unavailable")
        self.sirene.active = False
        with self.services() as fake:
            fake.says(SIRET, company())
            self._retry()
            self.assertFalse(fake.calls)
        self.assertEqual(proof.state, "gave_up")

    def test_a_source_that_is_gone_is_not_called(self):
        proof = self._record(missing=["name"], error="unavailable")
        self.sirene.unlink()
        with self.services() as fake:
            self._retry()
            self.assertFalse(fake.calls)
        self.assertEqual(proof.state, "gave_up")
