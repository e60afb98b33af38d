import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ConditionGroup } from "./condition_editor";
import { readCondition, writeCondition } from "./condition_tree";

const EMPTY = { sources: [], offered: {}, verbs: {}, words: {} };

/** The editor in a window, for the lists where it has no room. */
class ConditionDialog extends Component {
    static template = "grc_form.ConditionDialog";
    static components = { Dialog, ConditionGroup };
    static props = ["close", "json", "config", "confirm"];

    setup() {
        this.state = useState({ root: readCondition(this.props.json) });
        this.editor = { config: this.props.config, focusId: null };
        this.title = _t("Offered if");
    }

    confirm() {
        this.props.confirm(writeCondition(this.state.root));
        this.props.close();
    }
}

/** A condition of a form, built with the answers that stand above the line. */
export class ConditionField extends Component {
    static template = "grc_form.ConditionField";
    static components = { ConditionGroup };
    static props = { ...standardFieldProps, popup: { type: Boolean, optional: true } };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ root: null });
        this.editor = { config: EMPTY, focusId: null };
        this.pending = 0;
        useRecordObserver((record) => {
            this.editor.config = record.data.condition_sources || EMPTY;
            const json = record.data[this.props.name] || false;
            const text = JSON.stringify(json);
            // While a change is on its way, the record still holds the one before.
            if (!this.pending && text !== this.written) {
                this.written = text;
                this.state.root = readCondition(json);
            }
        });
    }

    get sentence() {
        return this.props.record.data.condition_text || _t("Always");
    }

    onChange() {
        this.update(writeCondition(this.state.root));
    }

    async update(json) {
        this.written = JSON.stringify(json);
        this.pending++;
        // A plain copy: the tree of the editor is reactive.
        const copy = JSON.parse(this.written);
        try {
            await this.props.record.update({ [this.props.name]: copy });
        } finally {
            this.pending--;
        }
    }

    open() {
        this.dialog.add(ConditionDialog, {
            json: this.props.record.data[this.props.name],
            config: this.editor.config,
            confirm: (json) => this.update(json),
        });
    }
}

registry.category("fields").add("grc_condition", {
    component: ConditionField,
    displayName: _t("Condition of a form"),
    supportedTypes: ["json"],
    supportedOptions: [
        { label: _t("In a window"), name: "popup", type: "boolean" },
    ],
    fieldDependencies: [
        { name: "condition_sources", type: "json" },
        { name: "condition_text", type: "char" },
    ],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ popup: Boolean(options.popup) }),
});
