import re

from odoo.addons.grc_base.tests.common import PDF
from odoo.addons.grc_form.tests.common import FormMixin

from .http_common import TYPED, PortalCommon, path_of

IDENTITY = {
    name: text for name, text in TYPED.items() if name not in ("subject", "description")
}
OPTIONS = [
    {"value": "red", "label": "Red"},
    {"value": "blue", "label": "Blue"},
    {"value": "green", "label": "Green"},
]


def question(code, kind, **attributes):
    return {
        "kind": "question",
        "code": code,
        "type": kind,
        "label": f"Question {code}",
        "required": False,
        "visible_if": None,
    } | attributes


# One question of every type.
EVERY = [
    question("t_text", "text"),
    question("t_long", "long_text"),
    question("t_integer", "integer", unit="m²"),
    question("t_decimal", "decimal"),
    question("t_amount", "amount"),
    question("t_date", "date"),
    question("t_datetime", "datetime"),
    question("t_range", "time_range"),
    question("t_yes", "yes_no"),
    question("t_choice", "choice", options=OPTIONS, other=True),
    question("t_list", "choice", options=OPTIONS, display="list"),
    question("t_choices", "choices", options=OPTIONS, other=True),
    question(
        "t_linked",
        "linked_choice",
        labels=["Street", "Side"],
        options=[
            {"value": "a", "label": "A street", "options": OPTIONS[:2]},
            {"value": "b", "label": "B street", "options": OPTIONS[2:]},
        ],
    ),
    question("t_ranking", "ranking", options=OPTIONS),
    question("t_email", "email"),
    question("t_phone", "phone"),
    question("t_address", "address", abroad=True),
    question("t_commune", "commune"),
    question("t_department", "department"),
    question("t_country", "country"),
    question("t_siret", "siret"),
    question("t_rna", "rna"),
    question("t_iban", "iban"),
    question("t_plate", "plate"),
    question("t_ants", "ants_number"),
    question("t_caf", "caf_number"),
    question("t_tax", "tax_reference"),
    question("t_point", "point"),
    question("t_identity", "identity", ask_birth_date=True),
    question("t_member", "member", roles=OPTIONS),
    question("t_certified", "certified", text="What I wrote is true."),
    question("t_computed", "computed", formula="t_integer * 2"),
    question(
        "t_table",
        "table",
        max=3,
        columns=[
            {"code": "tool", "type": "text", "label": "Tool", "required": True},
            {"code": "since", "type": "date", "label": "Since"},
        ],
    ),
]
EVERY_TYPED = {
    "t_text": "Some <b>text</b>",
    "t_long": "Two\nlines",
    "t_integer": "12",
    "t_decimal": "1,5",
    "t_amount": "12,50",
    "t_date.day": "3",
    "t_date.month": "4",
    "t_date.year": "2031",
    "t_datetime.day": "3",
    "t_datetime.month": "4",
    "t_datetime.year": "2031",
    "t_datetime.time": "08:30",
    "t_range.start": "08:00",
    "t_range.end": "10:30",
    "t_yes": "no",
    "t_choice": "__other",
    "t_choice.other": "Purple",
    "t_list": "red",
    "t_choices": ["red", "blue"],
    "t_linked.first": "a",
    "t_linked.second": "blue",
    "t_ranking.red": "2",
    "t_ranking.blue": "1",
    "t_ranking.green": "3",
    "t_email": "zoe@example.com",
    "t_phone": "06 12 34 56 78",
    "t_address.street": "3 quai",
    "t_address.zip": "57000",
    "t_address.city": "Metz",
    "t_commune": "Metz (57000)",
    "t_department": "57",
    "t_country": "99131",
    "t_siret": "732 829 320 00074",
    "t_rna": "W751234567",
    "t_iban": "FR76 3000 6000 0112 3456 7890 189",
    "t_plate": "AB-123-CD",
    "t_point.text": "Behind the church",
    "t_identity.kind": "person",
    "t_identity.last_name": "Martin",
    "t_identity.first_name": "Zoé",
    "t_identity.birth_date.day": "1",
    "t_identity.birth_date.month": "2",
    "t_identity.birth_date.year": "1990",
    "t_member.role": "red",
    "t_member.last_name": "Martin",
    "t_member.first_name": "Léo",
    "t_member.birth_date.day": "1",
    "t_member.birth_date.month": "2",
    "t_member.birth_date.year": "2015",
    "t_certified": "yes",
    "t_table.0.tool": "Drill",
    "t_table.0.since.day": "1",
    "t_table.0.since.month": "2",
    "t_table.0.since.year": "2020",
}


def page(code, *items, **keys):
    return {
        "code": code,
        "title": f"Page {code}",
        "visible_if": None,
        "items": list(items),
    } | keys


def schema(*pages, **keys):
    return {"format": 1, "pages": list(pages), "checks": [], "stops": []} | keys


class FormPortalCommon(FormMixin, PortalCommon):
    """The site of the town, whose prestation lends halls with a form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurance = cls._document_type()
        cls.form = cls._form()

    @classmethod
    def _publish(cls, *pages, **keys):
        """Publish another form on the prestation."""
        return cls._form(schema(*pages, **keys))

    def begin(self, **changes):
        """Fill the first page; return the first page of the form."""
        first = self.open_form()
        data = first.hidden() | IDENTITY | {"step": "review"} | changes
        answer = self.post(self.form_url(), data)
        return self.page(path_of(answer))

    def here(self, page):
        return page.action("grc-form-page")

    def answer(self, page, status=303, files=(), do="continue", **values):
        """Send a page of the form with ``values``; return the answer."""
        values = {name.replace("__", "."): text for name, text in values.items()}
        return self.send_page(page, values, status, files, do)

    def send_page(self, page, values, status=303, files=(), do="continue"):
        answer = self.url_open(
            self.here(page),
            data=self.held(page) | {"do": do} | values,
            files=[(name, file) for name, file in files] or None,
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, status, answer.text[:300])
        return answer

    def held(self, page):
        """Return what a browser would send of the page as it is."""
        held = page.hidden()
        for one in page.all("//form[@id='grc-form-page']//*[@name and not(@disabled)]"):
            name, kind = one.get("name"), one.get("type")
            if one.tag == "textarea":
                held[name] = (one.text or "").removeprefix("\n")
            elif one.tag == "select":
                chosen = one.xpath(".//option[@selected]/@value")
                held[name] = chosen[0] if chosen else ""
            elif kind in ("radio", "checkbox"):
                if one.get("checked"):
                    held.setdefault(name, []).append(one.get("value"))
            elif one.tag == "input" and kind != "file":
                held[name] = one.get("value") or ""
        return held

    def next(self, page, files=(), do="continue", **values):
        return self.page(path_of(self.answer(page, 303, files, do, **values)))

    def token(self, page):
        return re.search("/formulaire/([^/]+)/", self.here(page))[1]

    def draft(self, page):
        return self.env["grc.request.draft"].search([("token", "=", self.token(page))])

    def second_page(self, **values):
        """Begin the form of the hall and answer its first page; return the second."""
        day = {"day_wanted__day": "3", "day_wanted__month": "4"}
        day["day_wanted__year"] = "2031"
        return self.next(self.begin(), **(day | {"hall": "small"} | values))

    def fill_hall(self):
        """Answer both pages of the form of the hall; return the verification."""
        second = self.second_page(income="1250,50")
        return self.next(
            second,
            files=[("p_insurance", ("insurance.pdf", PDF))],
        )

    def send_form(self, review):
        """Press the last button; return the request and the last page."""
        answer = self.post(review.action("grc-send-form"), review.hidden())
        last = self.page(path_of(answer))
        number = last.text("//*[@id='grc-number']")
        request = self.env["grc.request"].search(
            [("name", "=", number), ("company_id", "=", self.town.id)]
        )
        return request, last
