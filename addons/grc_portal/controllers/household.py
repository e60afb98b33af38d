"""« Mon foyer »: the persons of the household of the citizen signed in."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError, ValidationError
from odoo.http import request, route

from odoo.addons.grc_base.const import HOUSEHOLD_ROLES
from odoo.addons.grc_form.models.grc_form_drawing import PageDrawing
from odoo.addons.grc_form.rules import filling, posting
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..const import MAX_ID
from .common import town

_FLAGS = ("has_authority", "pays", "may_pick_up", "is_custody_shared")


class GrcHousehold(CustomerPortal):
    @route(
        "/my/foyer",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def my_household(self, fait=None, **kw):
        """List the persons of the household of the citizen signed in.

        :param str fait: what was just done: ``ajout``, ``changement``, ``fin``
        """
        citizen = request.env.user.partner_id
        return self._no_store(
            request.render(
                "grc_portal.my_household",
                {
                    "page_name": "grc_household",
                    "links": citizen._grc_household(town()),
                    "roles": self._roles(),
                    "done": fait,
                },
            )
        )

    @route(
        "/my/foyer/ajouter",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def add_person(self, **post):
        """Add a person to the household, on the citizen's word."""
        if request.httprequest.method == "GET":
            return self._render_person(None, {})
        raw, answers, errors = self._read(None)
        if not errors:
            # sudo: citizens have no right on links; hers is written, declared only
            links_sudo = request.env["grc.household.link"].sudo()
            errors = self._try(
                lambda: links_sudo._declare(
                    request.env.user.partner_id, town(), self._vals(answers)
                )
            )
        if errors:
            return self._render_person(None, raw, errors)
        return request.redirect("/my/foyer?fait=ajout", code=303)

    @route(
        "/my/foyer/<int:link_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def change_person(self, link_id, **post):
        """Change what the citizen declared; what an agent checked is only read."""
        link_sudo = self._own_link(link_id)
        if request.httprequest.method == "GET":
            return self._render_person(link_sudo, self._written(link_sudo))
        raw, answers, errors = self._read(link_sudo)
        if not errors:
            vals = self._vals(answers)
            errors = self._try(lambda: link_sudo._change_declared(vals))
        if errors:
            return self._render_person(link_sudo, raw, errors)
        return request.redirect("/my/foyer?fait=changement", code=303)

    @route(
        "/my/foyer/<int:link_id>/retirer",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def end_person(self, link_id, **post):
        """End a link that the citizen declared; it is asked once before."""
        link_sudo = self._own_link(link_id)
        errors = {}
        if request.httprequest.method == "POST":
            errors = self._try(link_sudo._end_declared)
            if not errors:
                return request.redirect("/my/foyer?fait=fin", code=303)
        return self._no_store(
            request.render(
                "grc_portal.my_household_end",
                {
                    "page_name": "grc_household",
                    "link": link_sudo,
                    "error_list": [("retirer", text) for text in errors.values()],
                },
            )
        )

    # === ONE PERSON === #

    def _own_link(self, link_id):
        """Return the link, in sudo, when it is the citizen's and holds today.

        :raise NotFound: otherwise; nothing tells that another's link exists
        """
        if not 0 < link_id <= MAX_ID:
            raise NotFound()
        link = request.env["grc.household.link"].search(
            [
                ("id", "=", link_id),
                ("adult_id", "=", request.env.user.partner_id.id),
                ("company_id", "=", town().id),
            ]
        )
        # sudo: found above with the rights of the citizen; the names of the person
        # are not readable otherwise
        link_sudo = link.sudo()
        if not link_sudo or not link_sudo.is_current:
            raise NotFound()
        return link_sudo

    def _try(self, action):
        """Do what a citizen asks; return what refuses it, in words, by place."""
        try:
            with request.env.cr.savepoint():
                action()
        except (UserError, ValidationError) as error:
            return {"": str(error)}
        return {}

    def _read(self, link_sudo):
        """Return what was posted, the answers and what is wrong, in words."""
        page, version = self._page(link_sudo), request.env["grc.form.version"]
        fields = [
            (name, text)
            for name, texts in request.httprequest.form.lists()
            for text in texts
        ]
        raw = posting.posted(page, fields)
        context = request.env["grc.request"]._form_context(town())
        schema = {"format": 1, "pages": [page], "checks": self._checks(), "stops": []}
        answers, unread = filling.read_page(schema, page["code"], raw, {}, context)
        found = {
            path: problems[0]
            for path, problems in filling.problems(schema, answers, context).items()
        }
        wrong = {
            path: version._problem_text(problem)
            for path, problem in (found | unread).items()
        }
        return raw, answers, wrong

    def _vals(self, answers):
        person = answers.get("person") or {}
        told = set(answers.get("rights") or ())
        names = {name: person.get(name, "") for name in ("last_name", "first_name")}
        role = person.get("role") or answers.get("role") or "child"
        return (
            {"role": role, "birth_date": answers.get("birth") or False}
            | names
            | {name: name in told for name in _FLAGS}
        )

    def _written(self, link_sudo):
        answers = {
            "person": {
                name: link_sudo[name] for name in ("role", "last_name", "first_name")
            },
            "role": link_sudo.role,
            "birth": link_sudo.birth_date or None,
            "rights": [name for name in _FLAGS if link_sudo[name]],
        }
        if "00" in (link_sudo.birth_date or "").split("-"):
            answers["birth"] = None
        return posting.written(self._page(link_sudo), answers)

    def _roles(self):
        selection = request.env["grc.household.link"]._fields["role"]
        words = dict(selection._description_selection(request.env))
        return {value: words[value] for value, _label in HOUSEHOLD_ROLES}

    def _page(self, link_sudo):
        """Return the questions, as the page of a form asks them."""
        roles = [{"value": v, "label": label} for v, label in self._roles().items()]
        words = self._words()

        def ask(code, kind, required=False, **keys):
            line = {"kind": "question", "code": code, "type": kind}
            label, hint = words[code]
            return line | {"label": label, "help": hint, "required": required} | keys

        rights = [{"value": name, "label": words[name][0]} for name in _FLAGS]
        if link_sudo and link_sudo._is_shared_sheet():
            asked = [ask("role", "choice", True, options=roles, display="radio")]
        else:
            asked = [
                ask("person", "member", True, roles=roles, ask_birth_date=False),
                ask("birth", "date", max={"today": {}}),
            ]
        asked.append(ask("rights", "choices", options=rights))
        return {"code": "foyer", "title": "", "visible_if": None, "items": asked}

    def _words(self):
        # Written as a dictionary: the export of terms takes the first text of a pair.
        labels = {
            "person": request.env._("The person"),
            "role": request.env._("Who is it for you?"),
            "birth": request.env._("Date of birth"),
            "rights": request.env._("What is true"),
            "has_authority": request.env._(
                "I have parental authority, or I am the guardian"
            ),
            "pays": request.env._("I pay for this person (canteen, activities…)"),
            "may_pick_up": request.env._("I may come and pick up this person"),
            "is_custody_shared": request.env._(
                "Custody is shared with the other parent"
            ),
        }
        hints = {
            "birth": request.env._(
                "Needed for a child: many services depend on the age."
            ),
            "rights": request.env._(
                "Tick what applies. An agent may ask you for a proof."
            ),
        }
        return {code: (label, hints.get(code, "")) for code, label in labels.items()}

    def _checks(self):
        is_child = {"q": "person.role", "op": "eq", "value": "child"}
        no_birth = {"q": "birth", "op": "empty"}
        message = request.env._("Write the date of birth of the child.")
        return [
            {
                "code": "birth_of_a_child",
                "refuse_if": {"all": [is_child, no_birth]},
                "message": message,
                "at": ["birth"],
            }
        ]

    def _render_person(self, link_sudo, raw, errors=None):
        page, errors = self._page(link_sudo), errors or {}
        context = request.env["grc.request"]._form_context(town())
        schema = {"format": 1, "pages": [page], "checks": [], "stops": []}
        seen = filling.visible(schema, {}, today=context.today, profile=None)
        version = request.env["grc.form.version"]
        drawing = PageDrawing(version, raw, errors, seen, {})
        return self._no_store(
            request.render(
                "grc_portal.my_household_person",
                {
                    "page_name": "grc_household",
                    "link": link_sudo,
                    "nodes": drawing.nodes(page),
                    "error_list": drawing.summary.whole(),
                    "names_locked": link_sudo and link_sudo._is_shared_sheet(),
                    "roles": self._roles(),
                    "town": town(),
                },
            )
        )

    def _no_store(self, response):
        response.headers["Cache-Control"] = "no-store"
        return response
