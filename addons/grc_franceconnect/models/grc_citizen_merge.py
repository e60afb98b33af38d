from odoo import api, fields, models
from odoo.exceptions import UserError

# Links to a citizen that stay with the record that made them: facts never change.
_LEFT = (
    "grc.request.event",
    "grc.identity",
    "grc.identity.case",
    "grc.identity.transaction",
    "grc.citizen.merge",
    # Moved by ``_move_household``: two sheets may name the same child.
    "grc.household.link",
)
_FILLED = ("email", "phone", "street", "street2", "zip", "city", "country_id")


class GrcCitizenMerge(models.Model):
    """Two sheets of one citizen made one: what was moved is written, to be undone.

    No record is deleted: the sheet that goes is archived.
    """

    _name = "grc.citizen.merge"
    _description = "Merge of two citizens"
    _inherit = ["mail.thread", "mail.activity.mixin", "grc.two.agents.mixin"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
    )
    kept_id = fields.Many2one(
        "res.partner",
        string="Sheet to keep",
        required=True,
        domain="[('is_grc_citizen', '=', True)]",
        ondelete="restrict",
        index=True,
    )
    dropped_id = fields.Many2one(
        "res.partner",
        string="Sheet to bring into it",
        required=True,
        domain="[('is_grc_citizen', '=', True), ('id', '!=', kept_id)]",
        ondelete="restrict",
        index=True,
        context={"active_test": False},
    )
    reason = fields.Text(string="What you saw, and why they are one person")
    state = fields.Selection(
        [("draft", "To do"), ("done", "Merged"), ("undone", "Undone")],
        default="draft",
        readonly=True,
        required=True,
        tracking=True,
    )
    merged_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    merged_at = fields.Datetime(readonly=True)
    undone_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    undone_at = fields.Datetime(readonly=True)
    # What was moved, and what the sheet said before.
    journal = fields.Json(readonly=True, groups=fields.NO_ACCESS)

    @api.depends("kept_id")
    def _compute_name(self):
        for merge in self:
            merge.name = merge.kept_id.name or self.env._("New merge")

    def write(self, vals):
        """Refuse that a merge done is changed by hand.

        :raise UserError: once it is merged
        """
        facts = set(vals) - {"kept_id", "dropped_id", "reason"}
        if not self.env.su and (facts or any(m.state != "draft" for m in self)):
            raise UserError(self.env._("A merge is not changed once it is done."))
        return super().write(vals)

    # === MERGING === #

    def action_merge(self):
        """Merge both sheets, as an identity manager.

        :raise UserError: when they cannot be one citizen, or without a reason
        """
        self.ensure_one()
        self.check_access("write")
        (self.kept_id | self.dropped_id).check_access("write")
        self.sudo()._check_merge()  # sudo: reads both sheets whole
        if not self._is_decided_now():
            return
        # sudo: an identity manager was checked; files of every class must follow
        self.sudo()._merge(self.env.user)

    def _merge(self, agent):
        self.ensure_one()
        self._check_merge()
        kept, dropped = self.kept_id, self.dropped_id
        journal = {
            "before": self._facts(kept),
            "moved": self._move_links(dropped, kept),
            "household": self._move_household(dropped, kept),
            "users": self._move_accounts(dropped, kept),
        }
        journal["identities"] = self._move_identities(dropped, kept)
        kept.write({name: dropped[name] for name in _FILLED if not kept[name]})
        dropped.active = False
        self.write(
            {
                "state": "done",
                "journal": journal,
                "merged_by_id": agent.id,
                "merged_at": fields.Datetime.now(),
            }
        )
        self.activity_ids.unlink()
        for partner in (kept, dropped):
            partner._message_log(
                body=self.env._(
                    "Two sheets of one citizen were merged by %(agent)s.",
                    agent=agent.name,
                )
            )

    def _check_merge(self):
        if self.state != "draft":
            raise UserError(self.env._("This merge was done already."))
        if not (self.reason or "").strip():
            raise UserError(
                self.env._("Write first what you saw, and why they are one person.")
            )
        kept, dropped = self.kept_id, self.dropped_id
        if kept == dropped or not (kept.active and dropped.active):
            raise UserError(self.env._("Choose two sheets that are in use."))
        users = (kept | dropped).with_context(active_test=False).user_ids
        if any(user._is_internal() for user in users):
            raise UserError(self.env._("The sheet of an agent is never merged."))
        towns = (kept | dropped).company_id
        if any(town != self.company_id for town in towns):
            raise UserError(self.env._("Both belong to this local authority."))

    @api.model
    def _link_fields(self):
        """Return ``(model, field)`` of what follows a citizen, sorted."""
        return sorted(
            (name, field.name)
            for name, model in self.env.items()
            if name.startswith("grc.") and name not in _LEFT and not model._abstract
            if not model._transient and model._auto
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name == "res.partner"
            if field.store and not field.related and not field.compute
        )

    def _move_links(self, source, target):
        moved = []
        for model, name in self._link_fields():
            records = (
                self.env[model]
                .with_context(active_test=False)
                .search([(name, "=", source.id)])
            )
            if records:
                records.write({name: target.id})
                moved.append([model, name, records.ids])
        return moved

    def _move_accounts(self, dropped, kept):
        """Give the account to the sheet kept; two accounts: one is archived."""
        users = dropped.user_ids
        if not users:
            return {}
        if kept.user_ids:
            users.write({"active": False})
            users._grc_close_sessions()
            return {"archived": users.ids}
        users.write({"partner_id": kept.id})
        return {"moved": users.ids}

    def _move_identities(self, dropped, kept):
        identities = self.env["grc.identity"]
        moving = identities.search(
            [("partner_id", "=", dropped.id), ("state", "!=", "ended")]
        )
        replaced = identities.search(
            [
                ("partner_id", "=", kept.id),
                ("provider_id", "in", moving.provider_id.ids),
                ("state", "=", "active"),
            ]
        )
        replaced._end("civil_status", self.env.user.name)
        before = [[known.id, known.user_id.id] for known in moving]
        moving.write({"partner_id": kept.id, "user_id": kept.user_ids[:1].id})
        for known in moving.filtered(lambda one: one.state == "active"):
            known._certify()
        return {"moved": before, "ended": replaced.ids}

    def _facts(self, partner):
        names = [
            *_FILLED,
            *(name for name in partner._fields if name.startswith("grc_")),
        ]
        fields_ = [partner._fields[name] for name in names]
        kept = [
            field.name
            for field in fields_
            if field.store and not field.compute and field.type != "one2many"
        ]
        values = partner.read(kept, load="")[0]
        return {
            name: str(value)
            if isinstance(partner._fields[name], fields.Date) and value
            else value
            for name, value in values.items()
            if name != "id"
        }

    # === UNDOING === #

    def action_undo(self):
        """Give back to the other sheet what was its own.

        What came since stays with the sheet kept.

        :raise UserError: when there is nothing to undo
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: an identity manager was checked
        self.sudo()._undo(self.env.user)

    def _undo(self, agent):
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("There is nothing to undo."))
        kept, dropped, journal = self.kept_id, self.dropped_id, self.journal
        dropped.active = True
        for model, name, ids in journal["moved"]:
            records = self.env[model].browse(ids).exists()
            records.filtered(lambda r, name=name: r[name] == kept).write(
                {name: dropped.id}
            )
        self._undo_household(journal.get("household") or {}, kept, dropped)
        self._undo_accounts(journal["users"], dropped)
        self._undo_identities(journal["identities"], dropped)
        kept.write(journal["before"])
        self.write(
            {
                "state": "undone",
                "undone_by_id": agent.id,
                "undone_at": fields.Datetime.now(),
            }
        )
        for partner in (kept, dropped):
            partner._message_log(
                body=self.env._(
                    "The merge of two sheets was undone by %(agent)s.",
                    agent=agent.name,
                )
            )

    def _undo_accounts(self, users, dropped):
        accounts = self.env["res.users"].with_context(active_test=False)
        accounts.browse(users.get("moved", [])).write({"partner_id": dropped.id})
        accounts.browse(users.get("archived", [])).write({"active": True})

    def _undo_identities(self, identities, dropped):
        known = self.env["grc.identity"]
        for identity_id, user_id in identities["moved"]:
            identity = known.browse(identity_id)
            if identity.state != "ended":
                identity.write({"partner_id": dropped.id, "user_id": user_id})
        ended = known.browse(identities["ended"]).filtered(
            lambda one: one.ended_reason == "civil_status"
        )
        ended.write({"state": "active", "ended_at": False, "ended_reason": False})
