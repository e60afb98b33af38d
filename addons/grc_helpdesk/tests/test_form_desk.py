from unittest.mock import patch

from odoo.addons.grc_form.tests.common import FormMixin

from .common import DeskCase


class TestFormDesk(FormMixin, DeskCase):
    """The form of a prestation, opened in the name of the citizen who calls."""

    def test_the_form_is_opened_with_what_the_contact_says(self):
        type(self).town = self.company
        self._document_type()
        self._form(prestation=self.report)
        intake = self._intake(
            channel="phone",
            partner_id=self.citizen.id,
            prestation_id=self.report.id,
        )
        requests = type(self.env["grc.request"])
        with (
            patch.object(requests, "_has_assisted_forms", lambda self: True),
            patch.object(
                requests, "_assisted_form_url", autospec=True, return_value="/form"
            ) as opened,
        ):
            self.assertTrue(intake.has_form)
            self.assertEqual(intake.action_fill_form()["url"], "/form")
        _requests, vals, channel, key = opened.call_args.args
        self.assertEqual(vals["partner_id"], self.citizen.id)
        self.assertEqual((channel, key), ("phone", intake.idempotency_key))

    def test_no_button_without_a_form(self):
        intake = self._intake(channel="phone", prestation_id=self.report.id)
        self.assertFalse(intake.has_form)
