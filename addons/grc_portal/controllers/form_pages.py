"""A form with pages: one address a page, Previous and Continue, no script needed."""

from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from odoo.http import request, route
from odoo.tools import html_sanitize

from odoo.addons.grc_base.flood import Flood
from odoo.addons.grc_form.rules import drawing, filling, geography, posting
from odoo.addons.grc_form.rules.types import places

from .common import largest_sending, typed, uploaded_files
from .form_base import GrcFormBase
from .form_rows import appeared, is_of, rows_item, without_dropped_rows

_VERBS = ("previous", "files", "drop", "add", "remove", "lookup", "member")

# How often, in a minute, one address of the network has data services asked.
DATA_FLOOD = Flood(30, 60)


def _may_ask():
    return DATA_FLOOD.allows(request.httprequest.remote_addr or "")


class GrcFormPages(GrcFormBase):
    """The pages of a form, for whoever holds its draft: citizen, agent, tester."""

    @route(
        "/demarches/formulaire/<string:token>/<string:code>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        max_content_length=largest_sending,
    )
    def form_page(self, token, code, **post):
        """Show one page of the form, or take what was typed in it.

        :param str code: of the page
        :param post: ``do`` (what the button pressed asks), ``erreurs`` (show what is
            wrong), and the answers
        """
        draft = self._form_draft(token)
        if draft.request_id:
            return self._go_to(f"/demarches/confirmation/{draft.token}")
        if draft._follow_version():
            return self._go_to(self._first_url(draft))
        page = draft._page(code)
        if not page:
            raise NotFound()
        if request.httprequest.method == "POST":
            return self._take_page(draft, page, post)
        if code not in draft._seen().shown:
            return self._go_to(self._next_url(draft, code))
        draft._propose_data(page, _may_ask)
        errors = {}
        if post.get("erreurs"):
            errors = draft._unread(page) | draft._page_problems(page)
        return self._render_page(draft, page, draft._raw(page), errors)

    @route(
        "/demarches/non-concerne/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def form_stop(self, token, page=None, **kw):
        """Say why the citizen is not concerned, and what she may do.

        :param str page: code of the page she comes from
        """
        draft = self._form_draft(token)
        known = draft._page(page)
        stop = draft._stop(page if known else None)
        if not stop or draft.request_id:
            return self._go_to(f"/demarches/verification/{draft.token}")
        back = known or draft._page(
            filling.next_page(draft._schema(), draft._seen()) or ""
        )
        return self._no_store(
            request.render(
                "grc_portal.form_stop",
                self._page_values(draft)
                | {
                    "stop": stop,
                    # A draft being tried was not checked yet.
                    "stop_message": html_sanitize(stop["message"]),
                    "back": back,
                },
            )
        )

    @route(
        "/demarches/formulaire/<string:token>/modele/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def blank_form(self, token, code, **kw):
        """Give the blank document that the citizen fills and joins.

        :param str code: of a kind of document that this form asks for
        """
        draft = self._form_draft(token)
        asked = {
            item["document"]
            for page in draft._schema()["pages"]
            for line in page["items"]
            for item in (line, *(line.get("items") or ()))
            if item.get("kind") == "piece"
        }
        if code not in asked:
            raise NotFound()
        kind = draft.form_version_id._document_type(code)
        if not kind.model_file:
            raise NotFound()
        # sudo: a blank form that a form asks for is public
        stream = (
            request.env["ir.binary"]
            .sudo()
            ._get_stream_from(kind, "model_file", filename=kind.model_file_name)
        )
        return stream.get_response(as_attachment=True)

    @route(
        "/demarches/communes",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def communes(self, q="", exact="", **kw):
        """Suggest French communes, in JSON: public data that ships with the software.

        :param str q: beginning of a name or of a postcode
        :param str exact: only the commune that a form would read in ``q``, if it is one
        """
        text = str(q)[:100]
        found = geography.search_communes(text)
        if exact:
            found = list(filter(None, [places.commune_read(text)]))
        return request.make_json_response(
            [
                {"code": one.code, "name": one.name, "label": places.label(one)}
                for one in found
            ],
            headers=[("Cache-Control", "public, max-age=86400")],
        )

    # === TAKING A PAGE === #

    def _take_page(self, draft, page, post):
        fields = [
            (name, text)
            for name, texts in request.httprequest.form.lists()
            for text in texts
        ]
        try:
            raw = posting.posted(page, fields)
        except posting.TooHeavy as error:
            raise RequestEntityTooLarge() from error
        verb, _colon, target = (typed(post, "do") or "continue").partition(":")
        refused = self._keep_pieces(draft, page, raw)
        unread = draft._save_page(page, raw, keep_typed=verb != "continue")
        draft.version_changes = False
        action = getattr(self, f"_do_{verb}", None) if verb in _VERBS else None
        if not action:
            return self._continue(draft, page, post, raw, unread | refused)
        location = action(draft, page, raw, target)
        if verb == "lookup" and target in unread:
            # What to look for is not written right: the rest may wait.
            refused = refused | {target: unread[target]}
        if refused:
            return self._render_page(draft, page, draft._raw(page), refused)
        return self._go_to(location)

    def _keep_pieces(self, draft, page, raw):
        """Keep the files sent with the page; return what is refused, by path."""
        refused = {}
        for item, path, kept_at in draft._piece_places(page, raw):
            files = uploaded_files(path)
            if files:
                messages = draft._keep_piece(kept_at, item["document"], files)
                if messages:
                    refused[path] = "\n".join(messages)
        return refused

    def _continue(self, draft, page, post, raw, wrong):
        raw = without_dropped_rows(page, raw, draft._answers())
        schema = draft._schema()
        seen = draft._seen(schema)
        displayed = set(typed(post, "_shown").split())
        new = [] if not displayed else appeared(page, seen.shown - displayed)
        problems = draft._page_problems(page, schema) | wrong
        # What has just appeared is no fault.
        errors = {path: text for path, text in problems.items() if not is_of(path, new)}
        if errors or new:
            return self._render_page(draft, page, raw, errors, new)
        if draft._stop(page["code"]):
            return self._go_to(
                f"/demarches/non-concerne/{draft.token}?page={page['code']}"
            )
        return self._go_to(self._next_url(draft, page["code"]))

    def _do_previous(self, draft, page, raw, target):
        return self._previous_url(draft, page["code"])

    def _do_files(self, draft, page, raw, target):
        paths = {path for _item, path, _kept in draft._piece_places(page, raw)}
        return self._at(draft, page, f"piece-{target}" if target in paths else "")

    def _do_drop(self, draft, page, raw, target):
        places = {kept: path for _item, path, kept in draft._piece_places(page, raw)}
        path = places.get(draft._drop_piece_file(target))
        return self._at(draft, page, f"piece-{path}" if path else "")

    def _do_add(self, draft, page, raw, target):
        item = rows_item(page, target)
        if not item:
            raise NotFound()
        if len(posting.row_indexes(raw, target)) >= (
            item.get("max") or filling.MOST_ROWS
        ):
            return self._at(draft, page, f"block-{target}")
        raw, index = posting.with_row(raw, item | {"code": target})
        draft._save_page(page, raw, keep_typed=True)
        return self._at(draft, page, f"row-{target}.{index}")

    def _do_remove(self, draft, page, raw, target):
        path, _dot, index = target.rpartition(".")
        item = rows_item(page, path)
        if not item or not index.isdigit() or len(index) > 3:
            raise NotFound()
        if item["kind"] == "block":
            row_id = raw.get(f"{path}.{int(index)}._id")
            draft._drop_row_files(path, row_id)
        raw = posting.without_row(raw, path, int(index))
        draft._save_page(page, raw, keep_typed=True)
        return self._at(draft, page, f"block-{path}")

    def _do_lookup(self, draft, page, raw, target):
        draft._look_up(target, _may_ask)
        known = any(item["code"] == target for item in page["items"])
        return self._at(draft, page, drawing.first_id(target) if known else "")

    def _at(self, draft, page, fragment):
        url = self._page_url(draft, page["code"])
        return f"{url}#{fragment}" if fragment else url
