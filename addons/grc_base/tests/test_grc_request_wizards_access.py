from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .access_common import AccessCommon

MODELS = (
    "grc.request.decision",
    "grc.request.message",
    "grc.request.move",
    "grc.request.qualify",
)


@tagged("grc_security")
class TestWizardsAccess(AccessCommon):
    """The windows of an agent: on her requests, and for her eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._file(partner_id=cls.citizen.partner_id)
        cls.social = cls._file(cls.social_prestation, subject="Help with the rent")

    def _vals(self, model, request):
        take = self.env.ref("grc_base.transition_take")
        return {"request_id": request.id} | {
            "grc.request.decision": {
                "outcome": "granted",
                "reason": "x",
                "message": "y",
            },
            "grc.request.message": {"subject": "x", "body": "y"},
            "grc.request.move": {"transition_id": take.id},
            "grc.request.qualify": {
                "nature": "report",
                "service_id": request.service_id.id,
            },
        }[model]

    def _open(self, model, request, user):
        wizards = self._as(self.env[model], user)
        return wizards.create(self._vals(model, request))

    def test_on_the_requests_of_the_agent_only(self):
        for model in MODELS:
            with self.subTest(model=model):
                self._open(model, self.own, self.agent)
                self._open(model, self.own, self.desk_agent)
                for request, user in (
                    (self.own, self.other_agent),
                    (self.own, self.other_company_agent),
                    (self.own, self.citizen),
                    (self.own, self.public),
                    (self.own, self.plain_user),
                    (self.social, self.agent),
                    (self.social, self.manager),
                    (self.social, self.desk_agent),
                ):
                    with self.assertRaises(AccessError):
                        self._open(model, request, user)

    def test_nothing_of_a_foreign_request_shows_on_opening(self):
        specification = {
            "request_id": {"fields": {"display_name": {}}},
            "answer_email": {},
            "subject": {},
        }
        for model in MODELS:
            wizards = self._as(self.env[model], self.agent)
            fields_spec = {
                name: spec
                for name, spec in specification.items()
                if name in wizards._fields
            }
            with self.subTest(model=model):
                with self.assertRaises(AccessError):
                    wizards.with_context(default_request_id=self.social.id).onchange(
                        {}, [], fields_spec
                    )
                with self.assertRaises(AccessError):
                    wizards.onchange(
                        {"request_id": self.social.id}, ["request_id"], fields_spec
                    )

    def test_for_the_eyes_of_the_agent_only(self):
        for model in MODELS:
            wizard = self._open(model, self.own, self.agent)
            with self.subTest(model=model):
                self.assertTrue(wizard.has_access("read"))
                with self.assertRaises(AccessError):
                    wizard.request_id = self.social
                for user in (self.desk_agent, self.other_agent, self.manager):
                    other = self._as(wizard, user)
                    self.assertFalse(other.search([("id", "=", wizard.id)]))
                    self.assertFalse(other.has_access("write"))

    def test_files_of_others_are_not_joined(self):
        secret = self.social.document_ids[:1].attachment_id or self.env[
            "ir.attachment"
        ].create(
            {"name": "a.txt", "raw": b"x", "res_model": "grc.request"}
            | {"res_id": self.social.id}
        )
        wizard = self._open("grc.request.message", self.own, self.agent)
        with self.assertRaises(AccessError):
            wizard.attachment_ids = secret
            wizard.action_send()

    def test_the_windows_do_their_work(self):
        mine = self._as(self.own, self.agent)
        context = {"default_request_id": mine.id}
        form = Form(mine.env["grc.request.message"].with_context(**context))
        self.assertIn(self.own.name, form.subject)
        form.body = "Which tree?"
        form.save().action_send()
        self.assertEqual(self._written(self.own)[-1].kind, "message")
        form = Form(mine.env["grc.request.qualify"].with_context(**context))
        self.assertEqual(form.prestation_id, self.prestation)
        form.prestation_id = self.env["grc.prestation"]
        form.nature = "report"
        form.save().action_qualify()
        self.assertEqual(self.own.nature, "report")
        mine.action_take()
        form = Form(mine.env["grc.request.move"].with_context(**context))
        form.transition_id = self.env.ref("grc_base.transition_wait")
        form.save().action_move()
        self.assertEqual(self.own.state, "incomplete")
        form = Form(mine.env["grc.request.decision"].with_context(**context))
        form.outcome = "granted"
        form.reason = "The tree is dead."
        form.message = "We cut it on Monday."
        form.save().action_decide()
        self.assertEqual(self.own.state, "closed")
