from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import mute_logger

from odoo.addons.grc_base.tests.common import PDF

from .http_common import PortalCommon, path_of


class TestRequestPieces(PortalCommon):
    """The citizen sends the documents that she was asked for, one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._file(partner_id=cls.citizen.partner_id)
        cls.near_miss = cls._file(partner_id=cls.other_citizen.partner_id)
        cls.plan, cls.photo = cls._ask(cls.request, "Plan", "Photo").line_ids
        [cls.theirs] = cls._ask(cls.near_miss, "Deed").line_ids
        cls.url = f"/my/demandes/{cls.request.id}"

    @classmethod
    def _ask(cls, request, *names):
        pieces = [
            {"name": name, "legal_basis": "A text", "is_indispensable": True}
            for name in names
        ]
        deadline = request._local_day() + timedelta(days=15)
        return request._ask_missing(pieces, deadline)

    def send(self, piece, files=(("plan.pdf", PDF),), status=303, url=None, page=None):
        page = page or self.page(self.url)
        data = {"csrf_token": page.hidden()["csrf_token"]}
        url = url or f"{self.url}/pieces/{piece.id}"
        return self.post(url, data, files, status)

    def test_each_document_has_its_place(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        for piece in self.plan | self.photo:
            form = page.text(f"//form[@id='grc-piece-form-{piece.id}']")
            self.assertIn(piece.name, form)
            self.assertIn(self.request._grc_day(piece.deadline), form)
            self.assertIn("A text", form)
            self.assertTrue(page.all(f"//label[@for='piece-{piece.id}']"))
        self.assertNotIn("Deed", page.text())

    def test_a_document_sent_is_received(self):
        self.sign_in(self.citizen)
        answer = self.send(self.plan)
        page = self.page(path_of(answer).split("#")[0])
        self.assertTrue(page.all("//*[@id='grc-piece-sent'][@role='status']"))
        self.assertEqual(self.plan.received_on, self.request._local_day())
        self.assertEqual(self.plan.document_ids.mapped("name"), ["plan.pdf"])
        self.assertFalse(self.photo.received_on)
        self.assertEqual(
            self._events(self.request, "partial_produced", "all_produced"),
            ["partial_produced"],
        )
        self.assertTrue(self.request.has_citizen_news)
        self.assertFalse(page.all(f"//form[@id='grc-piece-form-{self.plan.id}']"))

    def test_a_document_no_longer_asked_for_has_no_place(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        self.request._waive_pieces(self.plan, "No text requires it.")
        answer = self.send(self.plan, page=page)
        page = self.page(path_of(answer).split("#")[0])
        self.assertFalse(page.all(f"//form[@id='grc-piece-form-{self.plan.id}']"))
        self.assertTrue(page.all(f"//form[@id='grc-piece-form-{self.photo.id}']"))
        self.assertIn("No text requires it.", page.text("//*[@id='grc-pieces']"))
        self.assertFalse(self.plan.received_on)

    def test_what_was_received_names_its_files(self):
        self.sign_in(self.citizen)
        answer = self.send(self.plan)
        page = self.page(path_of(answer).split("#")[0])
        self.assertIn("plan.pdf", page.text("//*[@id='grc-pieces']"))

    def test_the_last_document_sets_the_request_going_again(self):
        self.sign_in(self.citizen)
        self.assertEqual(self.request.state, "incomplete")
        self.send(self.plan)
        answer = self.send(self.photo)
        self.assertEqual(self.request.state, "instruction")
        self.assertEqual(
            self._events(self.request, "partial_produced", "all_produced"),
            ["partial_produced", "all_produced"],
        )
        event = self.request.event_ids.filtered(lambda e: e.kind == "all_produced")
        self.assertEqual(event.actor_id, self.citizen)
        self.assertEqual(event.channel, "portal")
        page = self.page(path_of(answer).split("#")[0])
        self.assertIn("All the documents", page.text("//*[@id='grc-piece-sent']"))

    def test_sent_twice_is_received_once(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        self.send(self.plan, page=page)
        self.send(self.plan, page=page)
        self.assertEqual(len(self.plan.document_ids), 1)
        self.assertEqual(
            self._events(self.request, "partial_produced"), ["partial_produced"]
        )

    def test_errors_stand_at_their_place(self):
        self.sign_in(self.citizen)
        for files, part in (
            ((), "Choose the file"),
            ([("virus.exe", b"MZ\x90\x00")], "virus.exe"),
            ([("good.pdf", PDF), ("empty.pdf", b"")], "empty.pdf"),
        ):
            with self.subTest(files=files):
                page = self.parse(self.send(self.photo, files, status=200))
                name = f"piece-{self.photo.id}"
                self.assertIn(part, page.errors()[name])
                self.assertIn(part, page.text(f"//*[@id='{name}-error']"))
                [field] = page.all(f"//input[@id='{name}']")
                self.assertEqual(field.get("aria-invalid"), "true")
                self.assertFalse(page.all(f"//*[@id='piece-{self.plan.id}-error']"))
        self.assertFalse(self.photo.received_on)
        self.assertFalse(self.photo.document_ids)

    def test_the_pieces_of_another_do_not_exist(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        for url in (
            f"{self.url}/pieces/{self.theirs.id}",
            f"/my/demandes/{self.near_miss.id}/pieces/{self.theirs.id}",
            f"/my/demandes/{self.near_miss.id}/pieces/{self.plan.id}",
            f"{self.url}/pieces/0",
            f"{self.url}/pieces/{2**40}",
            f"/my/demandes/{2**40}/pieces/{self.plan.id}",
        ):
            with self.subTest(url=url):
                self.send(self.theirs, status=404, url=url, page=page)
        self.sign_in(self.agent)
        page = self.open_form()
        self.send(self.plan, status=404, page=page)
        self.assertFalse(any((self.plan | self.theirs).mapped("received_on")))

    def test_a_piece_needs_its_form(self):
        self.sign_in(self.citizen)
        self.get(f"{self.url}/pieces/{self.plan.id}", 405)
        with mute_logger("odoo.http"):
            data = {"csrf_token": "forged"}
            self.post(f"{self.url}/pieces/{self.plan.id}", data, status=400)
        self.assertFalse(self.plan.received_on)

    def test_a_visitor_is_asked_to_sign_in(self):
        self.sign_in()
        page = self.open_form()
        answer = self.send(self.plan, page=page)
        self.assertIn("/web/login", path_of(answer))
        self.assertFalse(self.plan.received_on)

    def test_once_decided_the_citizen_is_sent_to_the_service(self):
        self.sign_in(self.citizen)
        page = self.page(self.url)
        self._decide(self.request)
        page = self.parse(self.send(self.plan, status=200, page=page))
        self.assertIn("write to the service", page.errors()[f"piece-{self.plan.id}"])
        self.assertFalse(self.plan.received_on)

    def test_citizens_reach_nothing_by_other_doors(self):
        for user in (self.citizen, self.other_citizen, self.public):
            for record in (self.plan, self.plan.missing_request_id):
                own = self._as(record, user)
                for attempt in (
                    lambda own=own: own.read(["display_name"]),
                    lambda own=own: own.write({"display_name": "x"}),
                    lambda own=own: own.create({}),
                ):
                    with self.assertRaises(UserError):
                        attempt()
