from odoo.tests import HttpCase, tagged

from .common import FormAccessCommon


@tagged("-at_install", "post_install")
class TestFormBuilderTour(FormAccessCommon, HttpCase):
    """A functional administrator builds a form in the browser, without a developer."""

    def test_a_small_form_is_built(self):
        prestation = self.prestation
        prestation.write(
            {
                "retention_text": "One year",
                "privacy_purpose": "To lend the hall",
                "privacy_legal_basis": "Public interest (GDPR, art. 6.1.e)",
                "privacy_recipients": "The service in charge",
            }
        )
        draft = prestation._draft_version()
        action = self.env.ref("grc_form.grc_form_version_action")
        self.start_tour(
            f"/odoo/action-{action.id}/{draft.id}",
            "grc_form_builder",
            login=self.manager.login,
        )
        lines = draft.field_ids.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(
            lines.mapped("label"),
            ["Votre projet", "Quelle salle ?", "Quel jour ?", "Combien ?"],
        )
        self.assertEqual(
            lines[3].visible_if,
            {
                "all": [
                    {"q": "quelle_salle", "op": "eq", "value": "grande"},
                    {"q": "quel_jour", "op": "gt", "value": {"today": {"days": 15}}},
                ]
            },
        )
        self.assertEqual(draft.state, "published")

    def test_the_condition_tree(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            "&filter=condition_tree",
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
        )
