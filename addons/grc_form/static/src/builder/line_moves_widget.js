import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const METHODS = { up: "action_move_up", down: "action_move_down" };

/** Move a line without a mouse; a page moves with its lines. The focus follows. */
class LineMovesWidget extends Component {
    static template = "grc_form.LineMoves";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.moves = [
            { way: "up", icon: "fa-arrow-up", name: _t("Move up") },
            { way: "down", icon: "fa-arrow-down", name: _t("Move down") },
        ];
    }

    get isLocked() {
        return this.props.record.model.root.data.is_locked;
    }

    label(move) {
        return `${move.name} – ${this.props.record.data.shown_label || ""}`;
    }

    async onClick(way) {
        const { resId, resModel, model } = this.props.record;
        if (!(await model.root.save())) {
            return;
        }
        await this.orm.call(resModel, METHODS[way], [[resId]]);
        await model.root.load();
        // The row is drawn again, once or twice: the focus comes back to the button.
        for (const wait of [0, 100, 300]) {
            browser.setTimeout(() => this.focusBack(`${way}-${resId}`), wait);
        }
    }

    focusBack(move) {
        const { activeElement, body } = document;
        if (!activeElement || activeElement === body) {
            document.querySelector(`.o_grc_move[data-move="${move}"]`)?.focus();
        }
    }
}

registry.category("view_widgets").add("grc_line_moves", {
    component: LineMovesWidget,
    fieldDependencies: [{ name: "shown_label", type: "char" }],
});
