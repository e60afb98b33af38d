import secrets

from odoo import api, fields, models


class GrcRequestDraft(models.Model):
    """A form filled at the desk, in the name of the citizen who calls or comes."""

    _inherit = "grc.request.draft"

    desk_channel = fields.Char()
    desk_key = fields.Char(help="Key of the contact being entered: filed once.")
    desk_vals = fields.Json(help="What the contact says of the citizen.")
    desk_partner_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="cascade"
    )

    def _channel(self):
        return self.desk_channel if self.is_assisted else super()._channel()

    def _citizen(self):
        return self.desk_partner_id if self.is_assisted else super()._citizen()

    def _idempotency_key(self):
        return self.desk_key if self.is_assisted else super()._idempotency_key()

    def _intake_vals(self):
        vals = super()._intake_vals()
        if not self.is_assisted:
            return vals
        declared = dict(self.desk_vals or {})
        declared["received_at"] = fields.Datetime.to_datetime(declared["received_at"])
        return declared | {
            name: vals[name]
            for name in ("prestation_id", "form_version_id", "form_answers")
        }

    def _forget(self):
        result = super()._forget()
        self.desk_vals = False
        return result


class GrcRequest(models.Model):
    _inherit = "grc.request"

    @api.model
    def _has_assisted_forms(self):
        return True

    @api.model
    def _assisted_form_url(self, vals, channel, key):
        # sudo: nobody has rights on drafts; this one is found by the key of a contact
        # that the agent alone may open
        drafts_sudo = self.env["grc.request.draft"].sudo()
        agent = self.env.user.partner_id
        draft = drafts_sudo.search(
            [("desk_key", "=", key), ("partner_id", "=", agent.id)], limit=1
        )
        declared = {name: value for name, value in vals.items() if value}
        declared["received_at"] = fields.Datetime.to_string(vals["received_at"])
        texts = {name: text for name, text in declared.items() if isinstance(text, str)}
        values = {
            "desk_vals": declared,
            "desk_channel": channel,
            "desk_partner_id": vals.get("partner_id") or False,
            # Read by what fills the form first.
            "values": texts,
        }
        if draft and draft.prestation_id.id == vals["prestation_id"]:
            draft.write(values)
        else:
            draft.unlink()
            draft = drafts_sudo.create(
                values | self._assisted_draft_vals(vals, agent, key)
            )
        return f"/demarches/guichet/{draft.token}"

    @api.model
    def _assisted_draft_vals(self, vals, agent, key):
        # sudo: the agent sees the prestation; its town is that of the draft
        prestation_sudo = (
            self.env["grc.prestation"].sudo().browse(vals["prestation_id"])
        )
        return {
            "token": secrets.token_urlsafe(24),
            # No session yet: the first page that the agent opens gives hers.
            "session_hash": secrets.token_hex(32),
            "company_id": prestation_sudo.company_id.id,
            "partner_id": agent.id,
            "prestation_id": prestation_sudo.id,
            "is_assisted": True,
            "desk_key": key,
        }
