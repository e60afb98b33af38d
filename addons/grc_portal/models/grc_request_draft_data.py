import time

from odoo import fields, models

from odoo.addons.grc_form.rules import posting
from odoo.addons.grc_form.rules.data import DataError
from odoo.addons.grc_form.rules.data.base import read_as
from odoo.addons.grc_form.rules.data.wanted import key_text, wanted
from odoo.addons.grc_form.rules.schema import items_by_code


class GrcRequestDraft(models.Model):
    """What the data services that need no token tell while a form is filled.

    ``data_values``: by service, ``key`` (what was looked for), ``at``, ``status``
    (``obtained`` or an error of ``rules.data.base.ERRORS``), ``values`` (of the data
    that the form wants, no other) and ``filled`` (what was proposed, by question).
    Services that need a token are not looked at here.
    """

    _inherit = "grc.request.draft"

    def _data_wanted(self):
        """Return what the form wants of the services in use that need no token.

        :return: service -> what is wanted of it
        :rtype: dict[grc.data.source, grc_form.rules.data.wanted.Want]
        """
        self.ensure_one()
        schema = self._schema()
        if not any(
            (item.get("prefill") or "").startswith("data.") or item.get("replaced_by")
            for page in schema["pages"]
            for item in page["items"]
        ):
            return {}
        sources = {
            source.connector: source
            for source in self.env["grc.data.source"]._for(self.company_id)
        }
        connectors = {
            code: connector
            for code, source in sources.items()
            if (connector := source._connector()) and not connector.needs_token
        }
        return {
            sources[code]: want for code, want in wanted(schema, connectors).items()
        }

    def _data_key(self, source, want, answers):
        """Return what to look for at a service, "" when nothing says it yet.

        :param dict answers: those shown
        """
        connector = source._connector()
        profile = {}
        if want.key_code is None and connector.key in ("siret", "rna"):
            known = self.env["grc.form.prefill"]._profile_facts(
                self._citizen(), self.values or {}
            )
            told = known.get(connector.key) or ""
            profile = {connector.key: read_as(connector.key, {"": told})}
        return key_text(connector, want, answers, profile)

    # === A PAGE === #

    def _propose_data(self, page, may_ask=lambda: True):
        """Propose what the services tell for the questions of a page still empty.

        Each service is asked once for one key; what was proposed for another key, and
        that nobody changed, goes away. No longer than the longest wait of one service.

        :param may_ask: called before a service is: False forbids it
        """
        on_page = {item["code"]: item for item in page["items"]}
        wants = {
            source: want
            for source, want in self._data_wanted().items()
            if on_page.keys() & {*want.fills, *want.pieces}
        }
        if not wants:
            return
        answers = self._seen().answers
        ends = time.monotonic() + max(source.timeout_seconds for source in wants)
        for source, want in wants.items():
            key = self._data_key(source, want, answers)
            told = (self.data_values or {}).get(source.connector) or {}
            if (told.get("key") or "") != key:
                self._forget_told(source.connector)
                if key and time.monotonic() < ends and may_ask():
                    self._ask_data(source, want, key)
            self._fill_from_data(source, want, on_page)
            self._replace_pieces(source, want, on_page)

    def _wanted_codes(self, source, want):
        """Return the data to keep: all of them when they replace a document."""
        if not want.pieces:
            return set(want.fills.values())
        return {datum.code for datum in source._connector().data}

    def _ask_data(self, source, want, key):
        told = {"key": key, "at": fields.Datetime.to_string(fields.Datetime.now())}
        codes = self._wanted_codes(source, want)
        try:
            values = source._fetch(key)
            values = {code: one for code, one in values.items() if code in codes}
            told |= {"status": "obtained", "values": values}
        except DataError as error:
            told |= {"status": error.code, "values": {}}
        self._keep_told(source.connector, told | {"filled": {}})

    def _keep_told(self, connector, told):
        self.data_values = (self.data_values or {}) | {connector: told}

    def _forget_told(self, connector):
        """Forget what a service told, and what it filled that nobody changed."""
        kept = dict(self.data_values or {})
        told = kept.pop(connector, None)
        if not told:
            return
        answers, items = dict(self.answers or {}), items_by_code(self._schema())
        for code, value in (told.get("filled") or {}).items():
            if answers.get(code) == value:
                del answers[code]
                self._type_answer(items.get(code), None)
        self.write({"data_values": kept, "answers": answers})
        self._drop_data_files(connector)

    def _fill_from_data(self, source, want, on_page):
        told = (self.data_values or {}).get(source.connector) or {}
        if not told.get("values"):
            return
        filled, answers = dict(told.get("filled") or {}), dict(self.answers or {})
        prefill, context = self.env["grc.form.prefill"], self._rules_context()
        for code in want.fills.keys() & on_page.keys() - filled.keys():
            item = on_page[code]
            if code in answers or self._is_typed(item):
                continue
            value = prefill._proposal(
                item["prefill"],
                item,
                {"data": {source.connector: told["values"]}},
                context,
            )
            if value is not None:
                filled[code] = answers[code] = value
                self._type_answer(item, value)
        if filled != (told.get("filled") or {}):
            self.write(
                {
                    "answers": answers,
                    "known_codes": sorted({*(self.known_codes or ()), *filled}),
                }
            )
            self._keep_told(source.connector, told | {"filled": filled})

    def _is_typed(self, item):
        """Tell whether something is typed for a question, that is no answer yet."""
        return any(
            text
            for raw in (self.typed or {}).values()
            for name, text in raw.items()
            if name.partition(".")[0] == item["code"]
        )

    def _type_answer(self, item, value):
        """Write a value in the inputs of a page whose texts are kept as typed."""
        if not item or not self.typed:
            return
        for page in self._schema()["pages"]:
            raw = self.typed.get(page["code"])
            if raw is None or item not in page["items"]:
                continue
            raw = {
                name: text
                for name, text in raw.items()
                if name.partition(".")[0] != item["code"]
            }
            written = posting.written({"items": [item]}, {item["code"]: value})
            self.typed = self.typed | {page["code"]: raw | written}

    # === LOOKING UP === #

    def _look_up(self, code, may_ask=lambda: True):
        """Ask again the services that look for the answer to a question.

        :param str code: of a question, as received
        :param may_ask: called before a service is: False forbids it
        """
        answers = self._seen().answers
        for source, want in self._data_wanted().items():
            if want.key_code != code:
                continue
            key = self._data_key(source, want, answers)
            told = (self.data_values or {}).get(source.connector) or {}
            is_known = told.get("key") == key and told.get("status") == "obtained"
            if key and not is_known and may_ask():
                self._forget_told(source.connector)
                self._ask_data(source, want, key)

    def _lookups(self, page):
        """Return what to say under the questions that services look for.

        :return: code of the question -> what the last search gave, "" before it
        :rtype: dict[str, str]
        """
        notes = {}
        for source, want in self._data_wanted().items():
            if not want.key_code or want.key_part:
                continue
            if all(item["code"] != want.key_code for item in page["items"]):
                continue
            told = (self.data_values or {}).get(source.connector) or {}
            note = self._lookup_text(source, told)
            known = notes.get(want.key_code)
            notes[want.key_code] = " ".join(filter(None, (known, note)))
        return notes

    def _lookup_text(self, source, told):
        status = told.get("status")
        if not status:
            return ""
        if status == "obtained":
            name = (told.get("values") or {}).get("name")
            if name:
                return self.env._(
                    "Found: %(name)s. Check what is filled in.", name=name
                )
            return self.env._("Found. Check what is filled in.")
        if status == "not_found":
            return self.env._(
                "“%(service)s” knows nothing under this number or address. Check it, "
                "or go on and type the answers yourself.",
                service=source.name,
            )
        return self.env._(
            "“%(service)s” does not answer for the moment. Go on and type the answers "
            "yourself.",
            service=source.name,
        )

    # === SENDING === #

    def _send(self):
        """Keep with the request what the services said of it, or could not say."""
        is_new = not self.request_id
        told = self._told_at_filing() if is_new and self.form_version_id else []
        request = super()._send()
        if request and is_new:
            request_sudo = request.sudo()  # sudo: it was filed here
            for source, values, at, more in told:
                request_sudo._record_data(source, values, at, **more)
        return request

    def _told_at_filing(self):
        """Return what each service said of what is filed.

        :return: ``(source, values, instant, more)`` as ``request._record_data`` wants
        :rtype: list[tuple]
        """
        seen, found = None, []
        for source, want in self._data_wanted().items():
            seen = seen or self._seen()
            key = self._data_key(source, want, seen.answers)
            asked = {datum for code, datum in want.fills.items() if code in seen.shown}
            codes = set(asked)
            if self._data_files(source.connector):
                codes |= self._wanted_codes(source, want)
            if not key or not codes:
                continue
            told = (self.data_values or {}).get(source.connector) or {}
            # Never asked for this key: asked by the job.
            error, values = "unavailable", {}
            if told.get("key") == key:
                error, values = told["status"], told.get("values") or {}
            kept = {code: values[code] for code in sorted(codes) if code in values}
            missing = sorted(asked - kept.keys())
            at = fields.Datetime.to_datetime(told.get("at")) if kept else None
            error = "not_found" if error == "obtained" else error
            more = {"key": key, "missing": missing, "error": error}
            found.append((source, kept, at, more))
        return found

    def _forget(self):
        result = super()._forget()
        self.data_values = False
        return result
