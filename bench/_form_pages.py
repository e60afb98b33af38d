"""A page of sixty questions against the page of ``website_form`` of as many inputs.

Both are asked in turn to one real server, by one visitor without account, so that what
else the machine does weighs on both alike.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

import requests
from _common import ROOT, Row, copied_database, scratch_environment
from _form_town import QUESTIONS, make_prestation, questions, typed
from lxml import html

TURNS = int(os.environ.get("GRC_BENCH_TURNS", "40"))
WARM_UP = 5
WORST = 1.5
PEER = "/bench-website-form"
IDENTITY = {
    "requester_kind": "person",
    "requester_lastname": "Martin",
    "requester_firstname": "Zoé",
    "street": "3 rue des Tilleuls",
    "zip": "99000",
    "city": "Banc",
    "email_used": "zoe.martin@example.com",
    "phone": "06 12 34 56 78",
    "step": "review",
}


def pages() -> list[Row]:
    """Measure the page and its submission, beside the peer's."""
    with copied_database("pages") as name:
        with scratch_environment(name, commit=True) as env:
            slug = make_prestation(env).website_slug
        with server(name) as address:
            ours, blank = Ours(address, slug), Ours(address, slug)
            with scratch_environment(name, commit=True) as env:
                counts = make_peer(env, ours.inputs)
            peer = Peer(address, ours.inputs)
            return measure(ours, blank, peer, counts)


@contextmanager
def server(name: str):
    """Yield the address of a real server on a database, stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "scripts" / "odoo_bin.py"), "-d", name]
    command += [f"--http-port={port}", "--max-cron-threads=0", "--log-level=error"]
    command.append("--workers=0")
    running = subprocess.Popen(command)
    try:
        yield wait_for(f"http://127.0.0.1:{port}", running)
    finally:
        running.terminate()
        running.wait(30)


def wait_for(address: str, running) -> str:
    """Return the address once the server answers."""
    for _ in range(240):
        if running.poll() is not None:
            sys.exit("The server of the benchmark stopped")
        try:
            requests.get(f"{address}/web/login", timeout=60)
            return address
        except requests.RequestException:
            time.sleep(0.5)
    sys.exit("The server of the benchmark does not answer")


class Ours:
    """A visitor who fills a form of the town."""

    def __init__(self, address: str, slug: str):
        self.address, self.session = address, requests.Session()
        first = self.get(f"/demarches/{slug}/deposer?qui=person")
        answer = self.session.post(
            f"{address}/demarches/{slug}/deposer",
            data=hidden(html.fromstring(first.content)) | IDENTITY,
            allow_redirects=False,
        )
        self.url = path_of(expect(answer, 303))
        tree = html.fromstring(self.get(self.url).content)
        form = tree.get_element_by_id("grc-form-page")
        self.inputs = len(visible_inputs(form))
        self.fields = hidden(form) | typed()
        self.data = self.fields | {"_shown": "", "do": "continue"}

    def get(self, url: str):
        return expect(self.session.get(self.address + url, allow_redirects=False), 200)

    def show(self):
        """Ask for the page, with what was typed in it so far."""
        self.get(self.url)

    def post(self):
        """Send the page, all right: it leads to the verification."""
        answer = self.session.post(
            self.address + self.url, data=self.data, allow_redirects=False
        )
        if "/verification/" not in expect(answer, 303).headers["Location"]:
            sys.exit(f"The form led to {answer.headers['Location']}")

    def post_wrong(self):
        """Send the page with nothing in it: it comes back with its errors."""
        empty = {name: "" for name in self.data} | hidden_of(self.data)
        answer = self.session.post(
            self.address + self.url, data=empty, allow_redirects=False
        )
        expect(answer, 200)


class Peer:
    """A visitor who fills a page of Odoo's own form builder."""

    def __init__(self, address: str, inputs: int):
        self.address, self.session = address, requests.Session()
        tree = html.fromstring(self.rendered().content)
        form = tree.xpath("//form[@data-model_name='res.partner']")[0]
        self.inputs = len(visible_inputs(form))
        if self.inputs != inputs:
            sys.exit(f"{self.inputs} inputs in the page of the peer, {inputs} in ours")
        names = {one.get("name") for one in visible_inputs(form)}
        self.data = {name: "Rue des Tilleuls" for name in names} | {
            "name": "Zoé Martin",
            "csrf_token": "",
        }

    def rendered(self):
        """Ask for the page, with a parameter: Odoo then keeps no answer."""
        return expect(self.session.get(f"{self.address}{PEER}?utm_source=letter"), 200)

    def show(self):
        self.rendered()

    def show_kept(self):
        """Ask for the page that Odoo keeps in memory for visitors."""
        expect(self.session.get(f"{self.address}{PEER}"), 200)

    def post(self):
        answer = self.session.post(
            f"{self.address}/website/form/res.partner", data=self.data
        )
        if not expect(answer, 200).json().get("id"):
            sys.exit(f"The peer refused: {answer.text}")


def expect(answer, status: int):
    """Return the answer of the server when it is the one expected."""
    if answer.status_code != status:
        sys.exit(f"{answer.url}: {answer.status_code}\n{answer.text[:500]}")
    return answer


def path_of(answer) -> str:
    """Return the address that a redirection leads to, without its host."""
    return re.sub(r"^https?://[^/]+", "", answer.headers["Location"])


def hidden(tree) -> dict:
    """Return the hidden inputs of a form."""
    found = tree.xpath(".//input[@type='hidden' and @name]")
    return {one.get("name"): one.get("value") or "" for one in found}


def hidden_of(data: dict) -> dict:
    """Return what a page that is sent empty still sends."""
    return {name: data[name] for name in ("csrf_token", "_shown", "do")}


def visible_inputs(tree) -> list:
    """Return the inputs that a person may fill, radio buttons one by one."""
    return [
        one
        for one in tree.xpath(".//input | .//select | .//textarea")
        if one.get("type") not in ("hidden", "submit")
    ]


# === THE PEER === #


def make_peer(env, inputs: int) -> int:
    """Write the page of ``website_form``; return how many fields it has.

    The same kinds as ours as far as it has them, then short texts until there are as
    many inputs. It creates contacts, as the form « Create a customer » of Odoo's shop.
    """
    fields, left = [field("name", "char", "Name")], inputs - 1
    for one in questions()[1:]:
        kind = {"yes_no": "yes_no", "choice": "radio", "choices": "boxes"}.get(
            one["type"], one["type"]
        )
        size = {"yes_no": 2, "radio": 4, "boxes": 4}.get(kind, 1)
        if size <= left:
            fields.append(field(one["code"], kind, one["label"]))
            left -= size
    fields += [field(f"more_{rank}", "char", "One more") for rank in range(left)]
    arch = f"""<t name="Bench" t-name="website.bench_form"><t t-call="website.layout">
      <div id="wrap" class="oe_structure"><section class="s_website_form pt16 pb16"
       data-vcss="001" data-snippet="s_website_form"><div class="container-fluid">
      <form action="/website/form/" method="post" enctype="multipart/form-data"
       class="o_mark_required" data-mark="*" data-model_name="res.partner"
       data-success-mode="redirect" data-success-page="/contactus-thank-you">
      <div class="s_website_form_rows row s_col_no_bgcolor">{"".join(fields)}
      <div class="mb-0 py-2 col-12 s_website_form_submit" data-name="Submit Button">
      <a href="#" role="button" class="btn btn-primary s_website_form_send">Submit</a>
      </div></div></form></div></section></div></t></t>"""
    view = env["ir.ui.view"].create(
        {"name": "Bench", "type": "qweb", "key": "website.bench_form", "arch": arch}
    )
    env["website.page"].create(
        {"view_id": view.id, "url": PEER, "is_published": True, "name": "Bench"}
    )
    partners = env["ir.model"]._get("res.partner")
    comment = env["ir.model.fields"]._get("res.partner", "comment")
    partners.write(
        {"website_form_access": True, "website_form_default_field_id": comment.id}
    )
    env["ir.model.fields"].formbuilder_whitelist("res.partner", ["name"])
    return len(fields)


def field(name: str, kind: str, label: str) -> str:
    """Return the markup that the form builder writes for one field."""
    css = "form-control s_website_form_input"
    one = f"class='{css}' name='{name}' id='i{name}' required='1'"
    control = {
        "long_text": f"<textarea {one} rows='3'></textarea>",
        "integer": f"<input type='number' {one}/>",
        "email": f"<input type='email' {one}/>",
        "phone": f"<input type='tel' {one}/>",
        "yes_no": choices(name, "radio", ("Yes", "No")),
        "radio": choices(name, "radio", ("a", "b", "c", "d")),
        "boxes": choices(name, "checkbox", ("a", "b", "c", "d")),
        "date": f"<div class='s_website_form_date input-group date'>"
        f"<input type='text' {one}/><div class='input-group-text o_input_group_date_"
        f"icon'><i class='fa fa-calendar'></i></div></div>",
    }.get(kind, f"<input type='text' {one}/>")
    return f"""<div data-name="Field" data-type="{kind}"
      class="s_website_form_field mb-3 col-12 s_website_form_custom"><div
      class="row s_col_no_resize s_col_no_bgcolor"><label for="i{name}"
      class="col-form-label col-sm-auto s_website_form_label" style="width: 200px"><span
      class="s_website_form_label_content">{label}</span><span
      class="s_website_form_mark"> *</span></label><div
      class="col-sm">{control}</div></div></div>"""


def choices(name: str, kind: str, values) -> str:
    """Return the markup of radio buttons or boxes."""
    lines = "".join(
        f"""<div class="{kind} col-12 col-lg-4 col-md-6"><div class="form-check"><input
        type="{kind}" class="s_website_form_input form-check-input" id="i{name}{rank}"
        name="{name}" value="{value}"/><label for="i{name}{rank}"
        class="form-check-label s_website_form_check_label">{value}</label></div>
        </div>"""
        for rank, value in enumerate(values)
    )
    return f'<div class="row s_col_no_resize s_website_form_multiple">{lines}</div>'


# === MEASURE === #


def measure(ours: Ours, blank: Ours, peer: Peer, fields: int) -> list[Row]:
    """Ask for everything in turn, and take the medians."""
    actions = {
        "page": (blank.show, peer.show),
        "filled": (ours.show, peer.show),
        "kept": (blank.show, peer.show_kept),
        "wrong": (ours.post_wrong, peer.post),
        "submission": (ours.post, peer.post),
        "both": None,
    }
    taken: dict = {}
    for turn in range(TURNS + WARM_UP):
        for name, pair in actions.items():
            for side, action in zip(("ours", "peer"), pair or (), strict=False):
                start = time.perf_counter()
                action()
                if turn >= WARM_UP:
                    spent = (time.perf_counter() - start) * 1000
                    taken.setdefault((name, side), []).append(spent)
    for side in ("ours", "peer"):
        one, two = taken["page", side], taken["submission", side]
        taken["both", side] = [a + b for a, b in zip(one, two, strict=True)]
    median = {key: statistics.median(values) for key, values in taken.items()}
    what = f"{QUESTIONS} questions ({ours.inputs} inputs)"
    rendered = f"website_form, {peer.inputs} inputs in {fields} fields"
    return [
        Row(
            case=f"{what}, {case}",
            value=median[name, "ours"],
            unit="ms",
            reference=reference,
            reference_value=median[name, "peer"],
            limit=WORST * median[name, "peer"] if limited else None,
            less_is_better=True,
        )
        for name, case, reference, limited in (
            ("page", "the page", rendered, True),
            ("filled", "the page, filled", f"{rendered}, blank", False),
            ("submission", "checked and kept", f"{rendered}, a record made", True),
            ("both", "the page and its submission", rendered, True),
            ("wrong", "sent empty, shown with its errors", f"{rendered}, kept", False),
            ("kept", "the page", "the page that Odoo keeps for visitors", False),
        )
    ]
