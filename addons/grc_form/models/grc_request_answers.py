from odoo import api, fields, models

from ..const import MOST_FORM_FILES
from ..rules import filling, snapshot
from ..rules.properties import project
from ..rules.types.base import Context

# A form that only lacks something may be entered by an agent: what lacks is asked
# for afterwards (CRPA, art. L114-5).
INCOMPLETE = ("required", "rows_missing", "piece_missing")


class GrcRequest(models.Model):
    """The one service that checks answers, whoever sends them."""

    _inherit = "grc.request"

    @api.model
    def _declared_fields(self):
        return super()._declared_fields() | {"form_version_id", "form_answers"}

    @api.model
    def _form_context(self, company):
        """Return what the rules of a form need to know of the day.

        :rtype: rules.types.base.Context
        """
        today = fields.Date.context_today(self.with_context(tz=company.grc_timezone))
        return Context(today=today, timezone=company.grc_timezone)

    @api.model
    def _form_profile(self, partner, kind=None):
        """Return what conditions may read of the citizen.

        :param res.partner partner: none for a visitor
        :param str kind: what the sender says to be this time, for herself or for an
            organization (``requester_kind``); that of ``partner`` by default
        :rtype: dict
        """
        kind = kind or partner and partner.grc_kind
        profile = {"signed_in": bool(partner)} | ({"kind": kind} if kind else {})
        if partner and partner._grc_age() is not None:
            profile["age"] = partner._grc_age()
        return profile

    @api.model
    def _form_version(self, vals):
        # sudo: public door, the version of a published prestation
        return (
            self.env["grc.form.version"]
            .sudo()
            .browse(vals.get("form_version_id") or [])
        )

    @api.model
    def _is_form_in_use(self, version, vals):
        """Tell whether citizens may file with ``version`` today."""
        prestation = version.prestation_id
        return (
            version.state == "published"
            and prestation.published_version_id == version
            and prestation.id == vals.get("prestation_id")
        )

    @api.model
    def _form_problems(self, version, answers, profile, page=None, complete=True):
        """Return what is wrong in ``answers``, in words.

        :param grc.form.version version: published, or a draft being tried
        :param dict answers: canonical answers
        :param dict profile: see ``_form_profile``
        :param str page: code of the only page to check, all of them otherwise
        :param bool complete: False when what lacks may come later
        :return: path of the answer -> message
        :rtype: dict[str, str]
        """
        schema = version._asked()
        company = version.prestation_id.company_id
        found = filling.problems(
            schema,
            answers,
            self._form_context(company),
            page=page,
            profile=profile,
        )
        return {
            path: version._problem_text(problems[0])
            for path, problems in found.items()
            if complete or problems[0].code not in INCOMPLETE
        }

    @api.model
    def _intake_errors(self, vals, channel):
        version = self._form_version(vals)
        if not version:
            return super()._intake_errors(vals, channel)
        # The form asks what the two free fields asked.
        named = dict(vals) | {"subject": vals.get("subject") or version.display_name}
        named["description"] = vals.get("description") or named["subject"]
        errors = super()._intake_errors(named, channel)
        if not self._is_form_in_use(version, vals):
            return errors | {
                "form_version_id": self.env._(
                    "This form is not in use any more: open it again."
                )
            }
        partner = (
            self.env["res.partner"]
            .sudo()
            .browse(  # sudo: public door
                vals.get("partner_id") or []
            )
        )
        answers = vals.get("form_answers") or {}
        profile = self._form_profile(partner, vals.get("requester_kind"))
        problems = self._form_problems(
            version, answers, profile, complete=channel == "portal"
        )
        stopped = filling.stop(
            version._asked(),
            answers,
            today=self._form_context(version.company_id).today,
            profile=profile,
        )
        if stopped and channel == "portal":
            problems[stopped["code"]] = stopped["title"] or stopped["message"]
        return errors | {f"form.{path}": text for path, text in problems.items()}

    @api.model
    def _most_files(self, vals, company):
        most = super()._most_files(vals, company)
        return max(most, MOST_FORM_FILES) if self._form_version(vals) else most

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        vals = dict(vals)
        answers = vals.pop("form_answers", None) or {}
        version = self._form_version(vals)
        if version:
            vals["subject"] = vals.get("subject") or version.prestation_id.name
        values = super()._prepare_intake_vals(vals, channel, company, idempotency_key)
        if not version:
            return values
        partner = (
            self.env["res.partner"]
            .sudo()
            .browse(  # sudo: public door
                vals.get("partner_id") or []
            )
        )
        profile = self._form_profile(partner, vals.get("requester_kind"))
        return values | self._prepare_form_vals(version, answers, profile)

    @api.model
    def _prepare_form_vals(self, version, answers, profile):
        """Return what a request keeps of a filled form.

        :param dict answers: canonical answers, checked already
        :rtype: dict
        """
        schema = version._asked()
        context = self._form_context(version.company_id)
        kept = filling.prune(schema, answers, today=context.today, profile=profile)
        seen = filling.visible(schema, kept, today=context.today, profile=profile)
        filled = snapshot.snapshot(schema, kept, seen, context)
        ordinary, secrets = snapshot.split(filled)
        searched, searched_sensitive = project(schema, kept, context)
        return {
            "form_version_id": version.id,
            "snapshot": ordinary,
            "snapshot_sensitive": secrets,
            "snapshot_sha256": snapshot.fingerprint(filled, version.schema_sha256),
            "answers": searched,
            "answers_sensitive": searched_sensitive,
        }

    def _received_payload(self, documents):
        payload = super()._received_payload(documents)
        if self.form_version_id:
            payload |= {
                "form_version": self.form_version_id.number,
                "answers_sha256": self.snapshot_sha256,
            }
        return payload

    def _after_intake(self):
        self._name_pieces()
        return super()._after_intake()

    def _name_pieces(self):
        """Tell, for each file received, which document of the form it is."""
        for request in self.filtered("form_version_id"):
            pieces = list(snapshot.pieces(request.snapshot))
            kinds = request.form_version_id._document_types(
                {piece["document"] for piece in pieces}
            )
            unnamed = list(request.document_ids.sorted("id"))
            for piece in pieces:
                for kept in piece["files"]:
                    document = _same_file(unnamed, kept)
                    if document:
                        unnamed.remove(document)
                        document.write(
                            {
                                "document_type_id": kinds[piece["document"]].id,
                                "field_code": piece["code"],
                            }
                        )


def _same_file(documents, kept):
    """Return the document that ``kept`` speaks of, by content then by name.

    The same content may come twice, for two pieces.

    :param list documents: those that no piece has yet
    :param dict kept: ``name`` and ``sha256``
    :rtype: grc.request.document | None
    """
    same = [one for one in documents if one.sha256 == kept["sha256"]]
    named = [one for one in same if one.name == kept["name"]]
    return next(iter(named or same), None)
