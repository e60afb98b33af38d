import re

from lxml import html

from odoo import Command

from odoo.addons.grc_base.tests.common import DECLARED
from odoo.addons.grc_base.tests.http_common import GrcHttpCommon

# What a person types, in the words of the form.
TYPED = {
    name: DECLARED[name]
    for name in (
        "requester_kind",
        "requester_lastname",
        "requester_firstname",
        "street",
        "zip",
        "city",
        "email_used",
        "phone",
        "subject",
        "description",
    )
}


class PortalCommon(GrcHttpCommon):
    """The site of the town, in English whatever the database speaks.

    ``prestation`` is for persons alone, so that its form comes at once;
    ``wide_prestation`` is for everybody; ``draft_prestation`` is not published;
    ``counter_prestation`` is not open on the website.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        english = cls.env["res.lang"]._activate_lang("en_US")
        cls.website = cls.env["website"].get_current_website()
        cls.website.write(
            {
                "company_id": cls.town.id,
                "name": "Ville-Exemple",
                "default_lang_id": english.id,
                "language_ids": [Command.set(english.ids)],
            }
        )
        cls.prestation.write({"for_company": False, "for_association": False})
        cls.wide_prestation = cls._prestation("WIDE", cls.service)
        cls.draft_prestation = cls._prestation("DRAFT", cls.service, state="draft")
        cls.counter_prestation = cls._prestation(
            "COUNTER", cls.service, is_open_portal=False
        )
        cls.far_request = cls._file(cls.far_prestation)

    def sign_in(self, user=None):
        """Open a browser session for ``user``, for a visitor when not given."""
        self.authenticate(user and user.login, user and user.login)

    def get(self, url, status=200):
        """Ask for ``url`` in the session that is open, and check the status."""
        answer = self.url_open(url, allow_redirects=False)
        self.assertEqual(answer.status_code, status, answer.text[:300])
        return answer

    def page(self, url, status=200):
        return Page(self, self.get(url, status))

    def post(self, url, data, files=(), status=303):
        """Send a form as the page would, and check the status."""
        answer = self.url_open(
            url,
            data=data,
            files=[("files", (name, content)) for name, content in files] or None,
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, status, answer.text[:300])
        return answer

    # === FILING === #

    def form_url(self, prestation=None):
        slug = (prestation or self.prestation).website_slug
        return f"/demarches/{slug}/deposer"

    def open_form(self, prestation=None, kind="person"):
        return self.page(f"{self.form_url(prestation)}?qui={kind}")

    def fill(self, form, prestation=None, files=(), status=303, **changes):
        """Send the form with what Alice types, changed by ``changes``."""
        data = form.hidden() | TYPED | {"step": "review"} | changes
        return self.post(self.form_url(prestation), data, files, status)

    def fill_and_review(self, prestation=None, files=(), **changes):
        """Return the page where the request is read again."""
        answer = self.fill(
            self.open_form(prestation, changes.get("requester_kind", "person")),
            prestation,
            files,
            **changes,
        )
        return self.page(path_of(answer))

    def file_online(self, prestation=None, files=(), **changes):
        """File a request from the form to the end; return it and its last page."""
        review = self.fill_and_review(prestation, files, **changes)
        answer = self.post(review.action("grc-send-form"), review.hidden())
        page = self.page(path_of(answer))
        number = page.text("//*[@id='grc-number']")
        request = self.env["grc.request"].search(
            [("name", "=", number), ("company_id", "=", self.town.id)]
        )
        return request, page

    def parse(self, answer):
        return Page(self, answer)

    def requests_of_alice(self):
        return self.env["grc.request"].search(
            [
                ("company_id", "=", self.town.id),
                ("email_used", "=", TYPED["email_used"]),
            ]
        )


def path_of(answer):
    """Return the address that a redirection leads to, without its host."""
    return re.sub(r"^https?://[^/]+", "", answer.headers["Location"])


class Page:
    """A page as a person reads it."""

    def __init__(self, case, answer):
        self.case = case
        self.answer = answer
        self.tree = html.fromstring(answer.content)

    def all(self, xpath):
        return self.tree.xpath(xpath)

    def text(self, xpath="//main"):
        found = self.all(xpath)
        self.case.assertTrue(found, f"nothing at {xpath}")
        return " ".join(found[0].text_content().split())

    def value(self, name):
        """Return what the field ``name`` holds."""
        field = self.all(f"//*[@name='{name}']")[0]
        return field.text if field.tag == "textarea" else field.get("value")

    def hidden(self):
        return {
            field.get("name"): field.get("value")
            for field in self.all("//main//form//input[@type='hidden']")
        }

    def action(self, form_id):
        return self.all(f"//form[@id='{form_id}']")[0].get("action")

    def errors(self):
        """Return ``{identifier of the field: message}`` of the summary."""
        return {
            link.get("href")[1:]: " ".join(link.text_content().split())
            for link in self.all("//*[@id='error-summary']//a")
        }

    def kept_files(self):
        return [
            name.text_content().strip()
            for name in self.all("//*[@class='o_grc_file_name']")
        ]
