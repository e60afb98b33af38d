from odoo import Command, api, fields, models
from odoo.exceptions import AccessError


class GrcCircuit(models.Model):
    """A circuit that several local authorities share belongs to none of them."""

    _inherit = "grc.circuit"

    is_locked = fields.Boolean(
        string="Shared with other local authorities", compute="_compute_is_locked"
    )

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_is_locked(self):
        may_change = self._may_change_shared()
        for circuit in self:
            circuit.is_locked = not circuit.company_id and not may_change

    @api.model
    def _may_change_shared(self):
        """Tell whether the user may change what every local authority uses.

        :rtype: bool
        """
        if self.env.su or self.env.user.has_group("base.group_system"):
            return True
        # sudo: which local authorities there are, to count them only
        services_sudo = self.env["grc.service"].sudo().with_context(active_test=False)
        groups = services_sudo._read_group([], ["company_id"])
        towns = {company.id for (company,) in groups}
        return towns <= set(self.env.user.company_ids.ids)

    def _check_shared(self):
        """Refuse to change a shared circuit for the other local authorities.

        :raise AccessError: when one of these is shared and the user may not
        """
        if all(circuit.company_id for circuit in self) or self._may_change_shared():
            return
        raise AccessError(
            self.env._(
                "This circuit is shared by several local authorities: duplicate it "
                "for yours, with the button “Duplicate for my town”, and change the "
                "copy."
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        circuits = super().create(vals_list)
        circuits._check_shared()
        return circuits

    def write(self, vals):
        self._check_shared()
        result = super().write(vals)
        self._check_shared()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self._check_shared()

    # === DUPLICATION === #

    def action_duplicate(self):
        """Copy the circuit for the town of the user, and open the copy."""
        self.ensure_one()
        copy = self._duplicate_for(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": "grc.circuit",
            "res_id": copy.id,
            "view_mode": "form",
        }

    def _duplicate_for(self, company):
        """Copy the circuit with its steps and its transitions.

        :param res.company company: the local authority of the copy
        :rtype: grc.circuit
        """
        self.ensure_one()
        names = ("name", "sequence", "state", "fold")
        copy = self.create(
            {
                "name": self.env._(
                    "%(circuit)s (%(town)s)", circuit=self.name, town=company.name
                ),
                "company_id": company.id,
                "sequence": self.sequence,
                "is_default": False,
                "step_ids": [
                    Command.create({name: step[name] for name in names})
                    for step in self.step_ids
                ],
            }
        )
        pairs = dict(zip(self.step_ids, copy.step_ids.sorted("id"), strict=True))
        copy.transition_ids = [
            Command.create(
                {
                    "name": transition.name,
                    "sequence": transition.sequence,
                    "from_step_id": pairs[transition.from_step_id].id,
                    "to_step_id": pairs[transition.to_step_id].id,
                    "needs_comment": transition.needs_comment,
                }
            )
            for transition in self.transition_ids
            if transition.from_step_id in pairs and transition.to_step_id in pairs
        ]
        return copy


class GrcCircuitPartMixin(models.AbstractModel):
    """What belongs to a circuit: changed by whoever may change the circuit."""

    _name = "grc.circuit.part.mixin"
    _description = "Part of a circuit"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.circuit_id._check_shared()
        return parts

    def write(self, vals):
        # Before and after: a part may move from one circuit to another.
        self.circuit_id._check_shared()
        result = super().write(vals)
        self.circuit_id._check_shared()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self.circuit_id._check_shared()


class GrcCircuitStep(models.Model):
    _name = "grc.circuit.step"
    _inherit = ["grc.circuit.part.mixin", "grc.circuit.step"]


class GrcCircuitTransition(models.Model):
    _name = "grc.circuit.transition"
    _inherit = ["grc.circuit.part.mixin", "grc.circuit.transition"]
