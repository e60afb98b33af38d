from odoo import fields

from odoo.addons.grc_base.tests.common import DECLARED

from .form_common import FormPortalCommon, path_of


class TestFormAssisted(FormPortalCommon):
    """An agent fills the form for the citizen who calls."""

    def open_contact(self, key="contact-1"):
        names = ("requester_kind", "requester_lastname", "requester_firstname")
        vals = {name: DECLARED[name] for name in names} | {
            "partner_id": self.citizen.partner_id.id,
            "prestation_id": self.prestation.id,
            "service_id": self.service.id,
            "subject": "Hall",
            "description": "By telephone",
            "nature": "request",
            "received_at": fields.Datetime.now(),
        }
        requests = self.env["grc.request"].with_user(self.agent)
        return requests._assisted_form_url(vals, "phone", key)

    def test_an_incomplete_form_is_filed_in_the_name_of_the_citizen(self):
        url = self.open_contact()
        self.assertEqual(url, self.open_contact())
        self.sign_in(self.agent)
        first = self.page(path_of(self.get(url, 303)))
        self.assertTrue(first.all("//*[@id='grc-desk']"))
        second = self.next(first, hall="small")
        review = self.next(second)
        where = path_of(self.post(review.action("grc-send-form"), review.hidden()))
        back = path_of(self.get(where, 303))
        filed = self.env["grc.request"].search([("idempotency_key", "=", "contact-1")])
        self.assertEqual(back, f"/odoo/grc.request/{filed.id}")
        self.assertRecordValues(
            filed,
            [
                {
                    "partner_id": self.citizen.partner_id.id,
                    "channel": "phone",
                    "filed_by_id": self.agent.id,
                    "form_version_id": self.form.id,
                }
            ],
        )
        self.assertFalse(self.agent.partner_id.is_grc_citizen)
        token = where.rpartition("/")[2]
        self.post(f"/demarches/rattacher/{token}", review.hidden(), status=404)
        self.assertTrue(self.page("/my/brouillons").all("//*[@id='grc-no-draft']"))

    def test_a_form_at_the_desk_is_opened_by_its_agent_alone(self):
        token = self.open_contact().rpartition("/")[2]
        for user in (self.manager, self.citizen):
            self.sign_in(user)
            self.get(f"/demarches/guichet/{token}", 404)
        self.sign_in()
        self.get(f"/demarches/guichet/{token}", 303)
        self.sign_in(self.agent)
        self.get(f"/demarches/guichet/{token[:-1]}", 404)
        self.get(f"/demarches/guichet/{token}", 303)
