"""The household of the citizen in the pages of a form: one button a person."""

from odoo.http import request, route

from .form_filing import GrcFormFiling


class GrcFormHousehold(GrcFormFiling):
    def _render_page(self, draft, page, raw, errors=None, new=()):
        """Say, above each question that asks a member, who is known already."""
        response = super()._render_page(draft, page, raw, errors, new)
        offers = draft._household_offers(page, raw)
        if not offers:
            return response
        nodes = []
        for node in response.qcontext["nodes"]:
            if node["code"] in offers:
                nodes.append(
                    {
                        "kind": "household",
                        "code": node["code"],
                        "hidden": node.get("hidden"),
                        "label": node.get("label") or "",
                        "people": offers[node["code"]],
                    }
                )
            nodes.append(node)
        response.qcontext["nodes"] = nodes
        return response

    def _do_member(self, draft, page, raw, target):
        """Fill a question, or a row of a block, with a person of the household.

        :param str target: code of the question or block, and identifier of the link
        """
        code, _colon, link_id = target.rpartition(":")
        raw, path = draft._put_member(page, raw, code, link_id)
        if not path:
            return self._at(draft, page, "")
        draft._save_page(page, raw, keep_typed=True)
        block, _dot, index = path.rpartition(".")[0].rpartition(".")
        return self._at(draft, page, f"row-{block}.{index}" if block else f"f-{path}")

    @route()
    def review(self, token, **kw):
        """Offer to keep in the household who is named for the first time."""
        response = super().review(token, **kw)
        context = getattr(response, "qcontext", None)
        if context and "draft" in context and context["draft"].form_version_id:
            context["new_members"] = context["draft"]._new_members()
        return response

    @route()
    def send(self, token, **kw):
        """Keep in the household whom the citizen ticked, once the request is filed."""
        draft = self._own_draft(token)
        wanted = set(request.httprequest.form.getlist("keep_member"))
        members = []
        if wanted and draft.form_version_id and not draft.request_id:
            members = [one for one in draft._new_members() if one["path"] in wanted]
        response = super().send(token, **kw)
        if members and draft.request_id:
            draft._keep_members(members)
        return response
