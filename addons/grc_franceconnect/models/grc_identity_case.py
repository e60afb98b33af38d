from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.pivot import FIELDS, differences

REASONS = [
    ("declared_record", "Same identity, but never checked"),
    ("identity_differs", "The account asked for has another identity"),
    ("already_linked", "The citizen signs in already with another identity"),
    ("several_matches", "Several citizens look alike"),
    ("near_match", "A citizen looks alike"),
    ("deceased", "The citizen is reported deceased"),
    ("no_proof", "The citizen has an account, and no proof of it was given"),
    ("recent_unlink", "This identity left another citizen lately"),
    ("contested", "The link of this identity was ended as usurped, or as an error"),
]


class GrcIdentityCase(models.Model):
    """Two records that may be one person: an agent decides, and says why."""

    _name = "grc.identity.case"
    _description = "Identity to check"
    _inherit = ["mail.thread", "grc.two.agents.mixin"]
    _order = "state, id"

    name = fields.Char(compute="_compute_name")
    identity_id = fields.Many2one(
        "grc.identity", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="identity_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="New account",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="Empty when the citizen asked for the link from the other account.",
    )
    candidate_id = fields.Many2one(
        "res.partner",
        string="Citizen already known",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    reason = fields.Selection(REASONS, string="Why it waits", readonly=True)
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("linked", "Same person"),
            ("apart", "Two persons"),
        ],
        default="open",
        readonly=True,
        required=True,
        index=True,
        tracking=True,
    )
    comparison = fields.Html(compute="_compute_comparison", sanitize=False)
    # Written by the agent before deciding.
    decision_reason = fields.Text(string="What you saw, and why you decide so")
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    merge_id = fields.Many2one("grc.citizen.merge", readonly=True, index=True)

    @api.depends("candidate_id")
    def _compute_name(self):
        for case in self:
            case.name = case.candidate_id.name or self.env._("Identity to check")

    @api.depends("identity_id", "candidate_id")
    def _compute_comparison(self):
        for case in self:
            case.comparison = case._side_by_side()

    @api.model
    def _open(self, identity, partner, candidates, reason):
        """Put in the queue what an agent has to decide.

        :param grc.identity identity: who came with FranceConnect
        :param res.partner partner: the new account, None when there is none
        :param candidates: ids of the citizens to compare with
        :param str reason: one of ``REASONS``
        """
        self.create(
            [
                {
                    "identity_id": identity.id,
                    "partner_id": partner.id if partner else False,
                    "candidate_id": candidate,
                    "reason": reason,
                }
                for candidate in candidates
            ]
        )

    # === SIDE BY SIDE === #

    def _side_by_side(self):
        """Return both records side by side, differences in words as well."""
        self.ensure_one()
        # sudo: the case was read with the agent's rights; the identity received is
        # shown to whoever decides
        identity_sudo = self.sudo().identity_id
        candidate_sudo = self.sudo().candidate_id  # sudo: same reason
        received, kept = identity_sudo._pivot(), candidate_sudo._grc_pivot()
        different = differences(received, kept)
        rows = Markup().join(
            self._row(
                self._label(name),
                identity_sudo._text_of(received, name),
                identity_sudo._text_of(kept, name),
                name in different,
            )
            for name in (*FIELDS[:2], "preferred_username", *FIELDS[2:])
        )
        rows += self._more_rows(identity_sudo, candidate_sudo)
        return Markup(
            "<table class='table table-sm o_grc_compare'><thead><tr><th>%s</th>"
            "<th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table>"
        ) % (
            self.env._("Fact"),
            identity_sudo.provider_id.name,
            self.env._("Our record"),
            self.env._("Difference"),
            rows,
        )

    def _more_rows(self, identity, candidate):
        newcomer = self.sudo().partner_id  # sudo: as in ``_side_by_side``
        levels = candidate._fields["grc_identity_level"]
        level = dict(levels._description_selection(self.env)).get
        rows = [
            (self.env._("E-mail address"), newcomer.email, candidate.email),
            (self.env._("Town"), newcomer.city, candidate.city),
            (
                self.env._("Assurance of identity"),
                level("franceconnect"),
                level(candidate.grc_identity_level),
            ),
            (
                self.env._("Requests"),
                self._count(newcomer),
                self._count(candidate),
            ),
            (
                self.env._("Has an account"),
                self._yes(identity.user_id),
                self._yes(candidate.user_ids),
            ),
        ]
        return Markup().join(self._row(*row, False) for row in rows)

    def _count(self, partner):
        # sudo: a number only
        requests_sudo = self.env["grc.request"].sudo()
        if not partner:
            return "0"
        return str(requests_sudo.search_count([("partner_id", "=", partner.id)]))

    def _yes(self, value):
        return self.env._("Yes") if value else self.env._("No")

    def _label(self, name):
        return {
            "family_name": self.env._("Birth name"),
            "given_names": self.env._("Given names"),
            "preferred_username": self.env._("Name in use"),
            "birth_date": self.env._("Date of birth"),
            "gender": self.env._("Gender"),
            "birth_place": self.env._("Place of birth (COG code)"),
            "birth_country": self.env._("Country of birth (COG code)"),
        }[name]

    def _row(self, label, received, kept, is_different):
        return Markup("<tr%s><th>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>") % (
            Markup(" class='table-warning'") if is_different else "",
            label,
            received or "–",
            kept or "–",
            self.env._("Different") if is_different else "",
        )

    # === DECIDING === #

    def action_link(self):
        """Say that both are one person: the records are merged, and it can be undone.

        Where the town wants two agents, the first one proposes it.

        :raise UserError: without a reason, or when it was decided already
        """
        self._check_decision()
        for case in self.filtered(lambda case: case._is_decided_now()):
            case._link()
            case._decided("linked")

    def _call_second(self, users):
        # sudo: the calls of the first decision are replaced
        self.sudo().activity_ids.unlink()
        self._call(users, is_confirmation=True)

    def action_keep_apart(self):
        """Say that they are two persons: nothing changes.

        :raise UserError: without a reason, or when it was decided already
        """
        self._check_decision()
        for case in self:
            # sudo: the group was checked; nobody writes identities by hand
            if case.sudo().identity_id.state == "waiting":
                case.sudo().identity_id._end("apart", self.env.user.name)  # sudo: same
            case._decided("apart")

    def _check_decision(self):
        self.check_access("write")
        for case in self:
            if case.state != "open":
                raise UserError(self.env._("This was decided already."))
            if not (case.decision_reason or "").strip():
                raise UserError(
                    self.env._("Write first what you saw, and why you decide so.")
                )

    def _link(self):
        self.ensure_one()
        # sudo: the right to decide was checked; identities are not written by hand
        case_sudo = self.sudo()
        identity_sudo = case_sudo.identity_id
        if case_sudo.partner_id:
            # Several cases of one newcomer: the first decided moved the identity.
            newcomer = identity_sudo.partner_id
            merge_sudo = case_sudo.env["grc.citizen.merge"].create(
                {
                    "kept_id": case_sudo.candidate_id.id,
                    "dropped_id": newcomer.id,
                    "reason": case_sudo.decision_reason,
                }
            )
            merge_sudo._merge(self.env.user)
            case_sudo.merge_id = merge_sudo
            return
        others = self.env["grc.identity"].sudo()  # sudo: same reason
        others.search(
            [
                ("partner_id", "=", case_sudo.candidate_id.id),
                ("provider_id", "=", identity_sudo.provider_id.id),
                ("state", "=", "active"),
            ]
        )._end("civil_status", self.env.user.name)
        if identity_sudo.state == "ended":
            identity_sudo._give_back(self.env.user)
            return
        identity_sudo.write({"state": "active"})
        identity_sudo._certify()

    def _decided(self, state):
        # sudo: the agent writes the reason only; the rest is ours
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.user.id,
                "decided_at": fields.Datetime.now(),
            }
        )

    def write(self, vals):
        """Let an agent write the reason of a decision, and nothing else.

        :raise UserError: for anything else, or once it is decided
        """
        is_reason = set(vals) <= {"decision_reason"}
        is_open = all(case.state == "open" for case in self)
        if not (self.env.su or (is_reason and is_open)):
            raise UserError(self.env._("What was decided is not changed by hand."))
        return super().write(vals)
