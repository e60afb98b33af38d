from odoo.tests import TransactionCase, tagged

from ..rules.codes import FAULTS, FINDINGS, PROBLEMS
from ..rules.types.base import Problem
from ..rules.types.codes import CODES


@tagged("post_install", "-at_install")
class TestFormMessage(TransactionCase):
    """Each code of the rules has its sentence, with its params in it."""

    def test_problems(self):
        version = self.env["grc.form.version"]
        texts = version._problem_texts()
        for code, names in (CODES | PROBLEMS).items():
            if code == "refused":
                continue
            with self.subTest(code=code):
                self.assertIn(code, texts)
                params = {name: f"<{name}>" for name in names}
                self.assertTrue(version._problem_text(Problem(code, params)))

    def test_a_refusal_says_what_the_administrator_wrote(self):
        problem = Problem("refused", {"code": "c1", "message": "Too late."})
        self.assertEqual(
            self.env["grc.form.version"]._problem_text(problem), "Too late."
        )

    def test_faults(self):
        version = self.env["grc.form.version"]
        for code, names in (FAULTS | FINDINGS).items():
            with self.subTest(code=code):
                text = version._fault_text(code, {name: f"<{name}>" for name in names})
                self.assertNotIn(code, text)
