import base64
import hashlib

from odoo.exceptions import AccessError

from .common import PDF, GrcCommon
from .pdf_common import PdfAssertions, pdf_text, picture


class FileCommon(PdfAssertions, GrcCommon):
    def _copy(self, request, user=None, **options):
        return self._as(request, user or self.agent)._file_copy(**options)[1]


class TestRequestFile(FileCommon):
    """The whole file on paper: nothing lacks, nothing internal slips in."""

    def _full(self):
        request = self._file(files=[("plan.pdf", PDF)])
        mine = self._as(request, self.agent)
        mine.message_post(body="A SECRET of the service", subtype_xmlid="mail.mt_note")
        transition = mine._open_transitions()[:1]
        mine._apply_transition(transition, comment="A HIDDEN comment")
        mine._citizen_reply("<h1>I add this.</h1>")
        self._decide(request, close=True)
        return request

    def test_everything_is_in_it(self):
        request = self._full()
        pdf = self._copy(request)
        self.assert_accessible(pdf, request.name)
        text = pdf_text(pdf)
        plan = request.document_ids.filtered(lambda doc: doc.name == "plan.pdf")
        for words in (
            f"File of the request {request.name}",
            "Alice Martin",
            "5 rue du Puits",
            "Green spaces",
            "The tree in front of my house is dead.",
            "Because of the rule.",
            "Decision taken",
            "Here is our answer.",
            "<h1>I add this.</h1>",
            "decision-",
            "alice.martin@example.com",
        ):
            self.assertIn(words, text)
        self.assertIn(plan.sha256, text.replace(" ", ""))
        delivery = self._written(request)
        self.assertIn(delivery.sha256, text.replace(" ", ""))

    def test_internal_notes_only_when_asked(self):
        request = self._full()
        text = pdf_text(self._copy(request))
        self.assertNotIn("SECRET", text)
        self.assertNotIn("HIDDEN", text)
        text = pdf_text(self._copy(request, notes=True))
        self.assertIn("A SECRET of the service", text)
        self.assertIn("A HIDDEN comment", text)

    def test_bookmarks_and_contents(self):
        reader = self.reader(self._copy(self._full()))
        titles = [
            item.title for item in _flat(reader.outline) if item.title != "Contents"
        ]
        for title in ("History", "Documents"):
            self.assertIn(title, titles)
        text = " ".join(page.extract_text() for page in reader.pages[:2])
        self.assertRegex(text, r"Documents[\s.]*\d")

    def test_nothing_and_two_hundred_facts(self):
        request = self._file()
        few = len(self.reader(self._copy(request)).pages)
        for rank in range(200):
            request._log_event("agent_message", subject=f"Message number {rank}")
        pdf = self._copy(request)
        text = pdf_text(pdf)
        self.assertIn("Message number 0", text)
        self.assertIn("Message number 199", text)
        self.assertGreater(len(self.reader(pdf).pages), few)
        bare = request._file_events().browse()
        self.patch(type(request), "_file_events", lambda _self: bare)
        self.assertIn("Nothing is recorded yet.", pdf_text(self._copy(request)))

    def test_the_copy_is_a_fact(self):
        request = self._file()
        pdf = self._copy(request)
        event = request.event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "file_exported")
        self.assertEqual(event.payload["sha256"], hashlib.sha256(pdf).hexdigest())
        self.assertEqual(event.actor_id, self.agent)
        self.assertNotIn("file_exported", request._citizen_event_kinds())
        self.assertEqual(self._copy(request), pdf, "the same file, the same copy")

    def test_who_does_not_read_the_request_copies_nothing(self):
        request = self._file(self.social_prestation)
        request.partner_id = self.citizen.partner_id
        for user in (
            self.agent,
            self.manager,
            self.desk_agent,
            self.service_head,
            self.other_company_agent,
            self.citizen,
            self.other_citizen,
            self.public,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._copy(request, user)
        self.assertFalse(self._events(request, "file_exported"))
        self._copy(request, self.social_agent)

    def test_the_window_gives_the_file(self):
        request = self._file()
        window = self._as(self.env["grc.request.file"], self.agent).create(
            {"request_id": request.id}
        )
        action = window.action_copy()
        self.assertIn(f"grc.request.file/{window.id}/content", action["url"])
        self.assertTrue(base64.b64decode(window.content).startswith(b"%PDF"))
        self.assertTrue(window.filename.endswith(f"{request.name}.pdf"))
        with self.assertRaises(AccessError):
            window.action_archive()


class TestRequestArchive(FileCommon):
    """PDF/A-3 for the archive: the file, with its documents inside it."""

    def setUp(self):
        super().setUp()
        self.town.grc_letter_logo = picture()
        self.request = self._file(
            files=[("plan.pdf", PDF), ("photo", base64.b64decode(picture()))]
        )
        self._decide(self.request, close=True)

    def _archive(self, user=None):
        return self._copy(self.request, user or self.service_head, archive=True)

    def test_it_is_a_pdf_a_3(self):
        pdf = self._archive()
        self.assert_accessible(pdf, self.request.name)
        root = self.reader(pdf).trailer["/Root"]
        metadata = root["/Metadata"].get_data().decode()
        self.assertRegex(metadata, r'pdfaid:part(="|>)3')
        self.assertRegex(metadata, r'pdfaid:conformance(="|>)A')
        [intent] = root["/OutputIntents"]
        self.assertEqual(intent.get_object()["/S"], "/GTS_PDFA1")
        self.assertIn("/DestOutputProfile", intent.get_object())
        self.assertIn("/ID", self.reader(pdf).trailer)
        self.assertNotIn("/Encrypt", self.reader(pdf).trailer)

    def test_its_fonts_are_in_it(self):
        for page in self.reader(self._archive()).pages:
            for font in page["/Resources"]["/Font"].values():
                [descendant] = font.get_object()["/DescendantFonts"]
                descriptor = descendant.get_object()["/FontDescriptor"]
                self.assertTrue({"/FontFile2", "/FontFile3"} & set(descriptor))
                self.assertIn("/ToUnicode", font.get_object())

    def test_the_documents_are_in_it(self):
        reader = self.reader(self._archive())
        root = reader.trailer["/Root"]
        names = root["/Names"]["/EmbeddedFiles"]["/Names"]
        self.assertEqual(list(names[::2]), sorted(names[::2]))
        specs = [item.get_object() for item in names[1::2]]
        documents = self.request.document_ids.sorted("id")
        self.assertEqual(len(specs), len(documents))
        self.assertGreaterEqual(len(documents), 3)
        related = {id_.idnum for id_ in root["/AF"]}
        self.assertEqual(related, {item.idnum for item in names[1::2]})
        for spec, document in zip(specs, documents, strict=True):
            self.assertEqual(spec["/AFRelationship"], "/Supplement")
            self.assertIn(document.sha256, spec["/Desc"])
            self.assertIn("/F", spec)
            stream = spec["/EF"]["/F"].get_object()
            self.assertEqual(stream["/Subtype"], f"/{document.mimetype}")
            self.assertIn("/ModDate", stream["/Params"])
            content = stream.get_data()
            self.assertEqual(hashlib.sha256(content).hexdigest(), document.sha256)
        self.assertEqual(specs[1]["/UF"][2:], "photo.png")

    def test_the_same_file_gives_the_same_bytes(self):
        first = self._archive()
        self.assertEqual(self._archive(self.manager), first)
        hashes = {
            event.payload["sha256"]
            for event in self.request.event_ids
            if event.kind == "file_archived"
        }
        self.assertEqual(hashes, {hashlib.sha256(first).hexdigest()})
        self.request._log_event("agent_message", subject="Something new")
        self.assertNotEqual(self._archive(), first)

    def test_heads_and_administrators_only(self):
        for user in (self.agent, self.desk_agent, self.citizen):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._archive(user)

    def test_without_any_document(self):
        self.patch(type(self.request), "_file_embedded", lambda _self: [])
        names = self.reader(self._archive()).trailer["/Root"].get("/Names", {})
        self.assertNotIn("/EmbeddedFiles", names)


def _flat(outline):
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item
