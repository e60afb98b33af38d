from odoo import fields, models

from odoo.addons.grc_form.rules import posting
from odoo.addons.grc_form.rules.schema import questions

# What follows « data. » in the source of a first answer.
_FAMILY = "data."


class GrcRequestDraft(models.Model):
    """What an administration answered for this form, with the citizen's consent.

    ``data_values``: by connector, ``at`` (ISO, UTC), ``status`` (``const.OUTCOMES``, or
    ``declined``), ``values`` (by datum, those she agreed to) and ``consent``.
    """

    _inherit = "grc.request.draft"

    # === WHAT THE FORM MAY ASK === #

    def _token_wanted(self, schema=None):
        """Return what this form can ask of each service that wants a token.

        :return: code of a connector -> ``codes`` (of data, those of the pieces
            included) and ``pieces`` (items of the schema that they replace)
        :rtype: dict
        """
        self.ensure_one()
        schema = schema or self._schema()
        connectors = self.env["grc.data.source"]._connectors_by_code()
        wanted: dict = {}

        def place(code):
            connector = connectors.get(code)
            if not connector or not connector.needs_token:
                return None
            return wanted.setdefault(code, {"codes": [], "pieces": []})

        for question in questions(schema, rows=False):
            code, datum = _data_source(question)
            kept = place(code)
            known = [one.code for one in connectors[code].data] if kept else ()
            if kept and datum in known and datum not in kept["codes"]:
                kept["codes"].append(datum)
        for piece in _pieces(schema):
            kept = place(piece.get("replaced_by"))
            if kept:
                kept["pieces"].append(piece)
                essential = connectors[piece["replaced_by"]].essential
                kept["codes"] += [c for c in essential if c not in kept["codes"]]
        return {code: kept for code, kept in wanted.items() if kept["codes"]}

    def _token_items(self, page, connector):
        """Return the lines of a page that a service can answer.

        :rtype: list[dict]
        """
        return [
            item
            for item in page["items"]
            if _data_source(item)[0] == connector
            or item.get("kind") == "piece"
            and item.get("replaced_by") == connector
        ]

    # === WHAT CAME === #

    def _token_told(self, connector):
        """Return the values that a service gave and that are still used."""
        kept = (self.data_values or {}).get(connector) or {}
        return kept.get("values") or {} if kept.get("status") == "obtained" else {}

    def _locked_answers(self, schema=None):
        locked = super()._locked_answers(schema)
        if not self.data_values:
            return locked
        connectors = self.env["grc.data.source"]._connectors_by_code()
        words = self.env["grc.data.words.mixin"]
        names = words._connector_texts()
        for question in questions(schema or self._schema(), rows=False):
            code, datum = _data_source(question)
            connector = connectors.get(code)
            if not connector or not connector.needs_token:
                continue
            value = self._token_answer(question, connector, datum)
            if value is not None:
                locked[question["code"]] = {
                    "value": value,
                    "note": self.env._("Obtained from: %(name)s", name=names[code]),
                }
        return locked

    def _token_answer(self, question, connector, datum):
        """Return what a service told as an answer, None when it told nothing usable."""
        told = self._token_told(connector.code)
        if datum not in told:
            return None
        return self.env["grc.form.prefill"]._proposal(
            question["prefill"],
            question,
            {"data": {connector.code: told}},
            self._rules_context(),
        )

    def _answers(self):
        """Impose what an administration answered, whatever was posted."""
        answers = super()._answers()
        locked = self._locked_answers()
        return answers | {code: one["value"] for code, one in locked.items()}

    def _raw(self, page):
        raw = super()._raw(page)
        codes = {item["code"] for item in page["items"]} & set(self._locked_answers())
        if not codes:
            return raw
        items = [item for item in page["items"] if item["code"] in codes]
        return _without(codes, raw) | posting.written({"items": items}, self._answers())

    def _keep_token_data(self, consent, outcome, values=None):
        """Keep what came of a consent: the values used, and the file they make.

        :param grc.data.consent consent: of this form
        :param str outcome: one of ``const.OUTCOMES``, or ``declined``
        :param dict values: canonical value by code of datum
        """
        self.ensure_one()
        self._drop_token_files(consent.connector)
        at = consent.called_at or consent.given_at
        kept = {
            "at": fields.Datetime.to_string(at),
            "status": outcome,
            "values": values or {},
            "consent": consent.id,
        }
        self.data_values = (self.data_values or {}) | {consent.connector: kept}
        if values:
            self._make_token_files(consent, values)

    def _decline_token_data(self, connector, consent):
        """Keep that the citizen answers by herself, so as not to offer it again.

        :param grc.data.consent consent: the trace of it, empty for a visitor
        """
        self._drop_token_data(connector)
        kept = {
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "status": "declined",
            "values": {},
            "consent": consent.id,
        }
        self.data_values = (self.data_values or {}) | {connector: kept}

    def _drop_token_data(self, connector):
        """Use nothing any more of what a service told: the citizen changed her mind."""
        self.ensure_one()
        kept = (self.data_values or {}).get(connector) or {}
        locked = self._locked_answers()
        # sudo: only our own methods write consents
        consents_sudo = self.env["grc.data.consent"].sudo()
        consent = consents_sudo.browse(kept.get("consent") or []).exists()
        consent.filtered(lambda one: one.draft_id == self)._withdraw()
        self._drop_token_files(connector)
        rest = {
            code: told
            for code, told in (self.data_values or {}).items()
            if code != connector
        }
        self.data_values = rest or False
        gone = set(locked) - set(self._locked_answers())
        self.answers = _without(gone, self.answers or {})
        self.typed = {
            page: _without(gone, raw) for page, raw in (self.typed or {}).items()
        }

    # === THE FILE === #

    def _make_token_files(self, consent, values):
        """Put a file of what was obtained in place of the pieces that it replaces."""
        connector = consent.source_id._connector()
        wanted = self._token_wanted().get(connector.code) or {"pieces": []}
        if not wanted["pieces"] or set(connector.essential) - set(values):
            return
        name, content = consent._file(values)
        for piece in wanted["pieces"]:
            before = set(self._owners())
            # A kind of document that takes no PDF keeps its upload.
            self._keep_piece(piece["code"], piece["document"], [(name, content)])
            owners = self._owners()
            for key in set(owners) - before:
                owners[key] = owners[key] | {"data": connector.code}
            self.piece_files = owners

    def _drop_token_files(self, connector):
        for key, file in self._owners().items():
            if file.get("data") == connector:
                self._drop_piece_file(key)

    # === SENDING === #

    def _send(self):
        is_sent, kept = bool(self.request_id), dict(self.data_values or {})
        request = super()._send()
        if request and not is_sent:
            self._record_consents(request, kept)
        return request

    def _record_consents(self, request, kept):
        """Give the request the consents of its form, and what they brought."""
        # sudo: only our own methods write consents
        consents_sudo = self.env["grc.data.consent"].sudo()
        mine = consents_sudo.search([("draft_id", "=", self.id)])
        mine.request_id = request
        for told in kept.values():
            consent = mine.filtered(
                lambda one, told=told: one.id == told.get("consent")
            )
            if consent:
                consent._record_proofs(request, told)


def _without(codes, named):
    """Return what is written by code, or by name of input, without some codes."""
    return {
        name: value
        for name, value in named.items()
        if name.partition(".")[0] not in codes
    }


def _data_source(item):
    """Return the connector and the datum that answer a question, empty if none."""
    source = item.get("prefill") or ""
    if not source.startswith(_FAMILY):
        return "", ""
    connector, _dot, datum = source.removeprefix(_FAMILY).partition(".")
    return connector, datum


def _pieces(schema):
    for page in schema["pages"]:
        for item in page["items"]:
            if item.get("kind") == "piece":
                yield item
