from odoo import api, models

from ..rules import snapshot
from ..rules.filling import visible
from ..rules.schema import questions
from ..rules.types import TYPES, InvalidAnswer

# How long a text given in the address of a form may be.
LONGEST_URL_TEXT = 2000
_NUMBERS = {"integer", "decimal", "amount"}
# How many of the last requests of a citizen are read again.
LAST_REQUESTS = 20


class GrcFormPrefill(models.AbstractModel):
    """What the software already knows, proposed and never imposed.

    Other sources (data services, the vault) add their line to ``_prefill_sources`` and
    answer it in ``_prefill_raw``.
    """

    _name = "grc.form.prefill"
    _description = "Answers filled first"

    @api.model
    def _prefill_sources(self):
        """Return the sources that an administrator may choose.

        ``last.<code>`` and ``url.<name>`` are written with the code of a question, or
        with a name of the administrator's own: only their beginning is listed.

        :return: ``(code, label)`` of each
        :rtype: list[tuple[str, str]]
        """
        # Written as a dictionary: the export of terms takes the first text of a pair
        # for one to translate.
        sources = {
            "profile.last_name": self.env._("Last name of the citizen"),
            "profile.birth_name": self.env._("Birth name of the citizen"),
            "profile.first_name": self.env._("First name of the citizen"),
            "profile.birth_date": self.env._("Date of birth of the citizen"),
            "profile.identity": self.env._("Identity of the citizen"),
            "profile.address": self.env._("Address of the citizen"),
            "profile.commune": self.env._("Commune of the citizen"),
            "profile.email": self.env._("E-mail address of the citizen"),
            "profile.phone": self.env._("Telephone of the citizen"),
            "profile.organization": self.env._("Name of the company or association"),
            "profile.siret": self.env._("SIRET number"),
            "profile.rna": self.env._("RNA number"),
            "last.": self.env._("Last answer of the citizen to the question…"),
            "url.": self.env._("Address of the page: the value named…"),
        }
        return list((sources | self._data_sources()).items())

    @api.model
    def _data_sources(self):
        """Return the data that the services in use of the town tell: code -> label.

        :rtype: dict[str, str]
        """
        sources = self.env["grc.data.source"]._for(self.env.company)
        return {
            f"data.{source.connector}.{datum.code}": self.env._(
                "%(service)s: %(datum)s",
                service=source.name,
                datum=source._datum_text(source.connector, datum.code),
            )
            for source in sources
            for datum in getattr(source._connector(), "data", ())
        }

    @api.model
    def _propose(self, version, partner, typed=None, url=None):
        """Return what can be proposed to a citizen who begins a form.

        :param grc.form.version version: the form
        :param res.partner partner: the citizen signed in, empty for a visitor
        :param dict typed: what she has just typed of herself (fields of the filing)
        :param dict url: values of the address, by name
        :return: right answers only, by code
        :rtype: dict
        """
        schema = version._asked()
        context = self.env["grc.request"]._form_context(
            version.prestation_id.company_id
        )
        facts = {
            "version": version,
            "typed": self._profile_facts(partner, typed or {}),
            "url": url or {},
            "last": None,
            "partner": partner,
        }
        answers = {}
        for question in questions(schema, rows=False):
            source = question.get("prefill")
            if not source or question["type"] in ("computed", "certified"):
                continue
            value = self._proposal(source, question, facts, context)
            if value is not None:
                answers[question["code"]] = value
        kind = (typed or {}).get("requester_kind")
        profile = self.env["grc.request"]._form_profile(partner, kind)
        return visible(schema, answers, today=context.today, profile=profile).answers

    def _proposal(self, source, question, facts, context):
        kind = TYPES[question["type"]]
        raw = self._prefill_raw(source, question, facts)
        if not raw:
            return None
        try:
            value = kind.read(question, raw, context)
        except InvalidAnswer:
            return None
        return None if kind.problems(question, value, context) else value

    @api.model
    def _prefill_raw(self, source, question, facts):
        """Return what a source gives for a question, as if it were typed.

        :param str source: as chosen by the administrator
        :param dict question: item of the schema
        :param dict facts: ``typed`` (of the citizen), ``url``, ``partner``, ``last``,
            ``data`` (canonical value by service and datum)
        :return: texts by part, or None
        :rtype: dict | None
        """
        family, _dot, name = source.partition(".")
        if family == "profile":
            return self._raw_of_profile(name, question, facts["typed"])
        if family == "url":
            text = facts["url"].get(name)
            is_text = isinstance(text, str) and 0 < len(text) <= LONGEST_URL_TEXT
            return self._raw_of_text(question, text) if is_text else None
        if family == "data":
            return self._raw_of_data(name, question, facts.get("data") or {})
        if family == "last":
            if facts["last"] is None:
                facts["last"] = self._last_answers(facts["partner"], facts["version"])
            value = facts["last"].get((name, question["type"]))
            return TYPES[question["type"]].write(question, value) if value else None
        return None

    def _raw_of_data(self, name, question, data):
        """Return what a data service told, as if it were typed."""
        connector, _dot, code = name.partition(".")
        value = (data.get(connector) or {}).get(code)
        datum = self.env["grc.data.source"]._datum(connector, code)
        if value is None or datum is None:
            return None
        if datum.type == question["type"]:
            return TYPES[datum.type].write(question, value)
        if question["type"] in ("text", "long_text"):
            text = self.env["grc.data.source"]._value_text(datum.type, value)
            return {"": text[:LONGEST_URL_TEXT]}
        is_option = datum.type == "text" and question["type"] == "choice"
        is_number = {datum.type, question["type"]} <= _NUMBERS
        return {"": str(value)} if is_number or is_option else None

    def _raw_of_text(self, question, text):
        if question["type"] == "date":
            day = text.split("-")
            if len(day) == 3:
                return dict(zip(("year", "month", "day"), day, strict=True))
        if question["type"] == "point":
            return {"text": text}
        return {"": text}

    def _raw_of_profile(self, name, question, known):
        if question["type"] in ("identity", "member"):
            birth = self._raw_of_day(known.get("birth_date"), "birth_date.")
            names = ("last_name", "first_name", "organization", "siret", "rna")
            raw = {part: known[part] for part in names if known.get(part)}
            return raw | birth | {"kind": known.get("kind") or "person"}
        if question["type"] == "address":
            return {
                part: known[part]
                for part in ("street", "street2", "zip", "city")
                if known.get(part)
            }
        if question["type"] == "commune":
            texts = (known.get("city"), known.get("zip"))
            return {"": " ".join(filter(None, texts))} if all(texts) else None
        if question["type"] == "date":
            return self._raw_of_day(known.get(name), "")
        text = known.get(name)
        return {"": text} if text else None

    def _raw_of_day(self, text, prefix):
        parts = (text or "").split("-")
        if len(parts) != 3 or "00" in parts[1:]:
            return {}
        names = ("year", "month", "day")
        return {
            f"{prefix}{name}": part for name, part in zip(names, parts, strict=True)
        }

    @api.model
    def _profile_facts(self, partner, typed):
        """Return what is known of the citizen: what she has just typed comes first.

        :rtype: dict
        """
        # sudo: her own account
        account = partner.sudo()
        known = {
            "kind": account.grc_kind,
            "last_name": account.grc_usage_name or account.grc_birth_name,
            "birth_name": account.grc_birth_name,
            "first_name": account._grc_first_name() if account else "",
            "birth_date": account.grc_birth_date,
            "organization": account.name if account.is_company else "",
            "siret": account.grc_siret,
            "rna": account.grc_rna,
            "street": account.street,
            "street2": account.street2,
            "zip": account.zip,
            "city": account.city,
            "email": account.email,
            "phone": account.phone,
        }
        names = {
            "kind": "requester_kind",
            "last_name": "requester_lastname",
            "first_name": "requester_firstname",
            "organization": "requester_organization",
            "siret": "requester_siret",
            "rna": "requester_rna",
            "email": "email_used",
        }
        just_typed = {name: typed.get(names.get(name, name)) for name in known}
        just_typed = {name: text for name, text in just_typed.items() if text}
        if just_typed.get("zip") or just_typed.get("street"):
            known |= {"street": "", "street2": "", "zip": "", "city": ""}
        return known | just_typed

    @api.model
    def _last_answers(self, partner, version):
        """Return the last answers of a citizen: ``{(code, type): value}``.

        :param res.partner partner: empty for a visitor, who has none
        """
        if not partner:
            return {}
        # sudo: her own requests, in this local authority
        requests = (
            self.env["grc.request"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("company_id", "=", version.prestation_id.company_id.id),
                    ("form_version_id", "!=", False),
                ],
                order="received_at desc, id desc",
                limit=LAST_REQUESTS,
            )
        )
        last: dict = {}
        for request in requests:
            for code, line in snapshot.answered(request._filled_form(whole=True)):
                if line["value"] is not None:
                    last.setdefault((code, line["type"]), line["value"])
        return last
