from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import AccessCommon
from .common import PDF

MODELS = ("grc.request.event", "grc.request.document", "grc.delivery")


@tagged("grc_security")
class TestRequestParts(AccessCommon):
    """The parts of a request are seen with it, and written by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.citizen.partner_id
        cls.own = cls._filed(cls.prestation, partner_id=partner)
        cls.of_attached = cls._filed(cls.attached_prestation)
        cls.shared = cls._filed(cls.prestation)
        cls.shared.shared_service_ids = cls.other_service
        cls.social = cls._filed(cls.social_prestation, partner_id=partner)
        cls.far = cls._filed(cls.far_prestation)

    @classmethod
    def _filed(cls, prestation, **vals):
        request = cls._file(prestation, files=[("plan.pdf", PDF)], **vals)
        agent = request.service_id.member_ids[:1]
        cls._as(request, agent)._message_citizen("Subject", "Text")
        return request

    def _parts(self, request):
        yield request.event_ids[-1:], "r"
        document = request.document_ids.filtered(lambda doc: doc.kind == "piece")
        yield document, "r"
        yield self._written(request), ""

    def test_own_service(self):
        for part, citizen in self._parts(self.own):
            self.assert_matrix(
                part,
                agent="r",
                service_head="r",
                manager="r",
                desk_agent="r",
                citizen=citizen,
            )

    def test_attached_service(self):
        for part, _citizen in self._parts(self.of_attached):
            self.assert_matrix(
                part, attached_agent="r", service_head="r", manager="r", desk_agent="r"
            )

    def test_shared_with_a_service(self):
        for part, _citizen in self._parts(self.shared):
            self.assert_matrix(
                part,
                agent="r",
                other_agent="r",
                service_head="r",
                manager="r",
                desk_agent="r",
            )

    def test_another_class_is_watertight(self):
        for part, citizen in self._parts(self.social):
            self.assert_matrix(part, social_agent="r", citizen=citizen)

    def test_another_town_sees_nothing(self):
        for part, _citizen in self._parts(self.far):
            self.assert_matrix(part, other_company_agent="r")

    def test_nobody_writes_them(self):
        event, document, delivery = (part for part, _citizen in self._parts(self.own))
        vals = {"request_id": self.own.id, "kind": "closed", "sequence": 99}
        self.assert_never(event, vals)
        vals = {
            "request_id": self.own.id,
            "name": "x",
            "sha256": "x",
            "origin": "agent",
        }
        self.assert_never(document, vals | {"is_visible_to_citizen": False})
        vals = {
            "request_id": self.own.id,
            "kind": "message",
            "subject": "x",
            "body": "x",
        }
        self.assert_never(delivery, vals)

    def test_a_document_hidden_from_its_citizen(self):
        hidden = self.env["grc.request.document"]._store(
            self.own, [("note.pdf", PDF)], origin="agent", visible=False
        )
        self.assert_matrix(
            hidden, agent="r", service_head="r", manager="r", desk_agent="r"
        )

    def test_the_citizen_does_not_read_the_payload(self):
        event = self._as(self.own.event_ids[-1:], self.citizen)
        for name in ("payload", "detail"):
            with self.assertRaises(AccessError):
                event.read([name])
            with self.assertRaises(AccessError):
                event.search([(name, "ilike", "x")])

    def test_the_file_follows_its_document(self):
        for request, reader, others in (
            (self.own, self.agent, (self.other_agent, self.attached_agent)),
            (self.social, self.social_agent, (self.agent, self.manager)),
        ):
            attachment = request.document_ids.filtered(
                lambda doc: doc.kind == "piece"
            ).attachment_id
            domain = [("id", "in", attachment.ids)]
            self.assertTrue(self._as(attachment, reader).search(domain))
            for user in others:
                own = self._as(attachment, user)
                self.assertFalse(own.search(domain))
                self.assertFalse(own.has_access("read"))
                self.assertFalse(own.has_access("write"))

    def test_only_an_agent_of_the_request_acts_on_its_messages(self):
        delivery = self._written(self.own)
        for user in (self.other_agent, self.other_company_agent, self.citizen):
            own = self._as(delivery, user)
            with self.assertRaises(AccessError):
                own.action_retry()
            with self.assertRaises(AccessError):
                own.action_mark_printed()
        self._as(delivery, self.agent).action_retry()
