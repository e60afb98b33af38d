import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ICONS = {
    page: ["fa-file-o", _t("Page")],
    section: ["fa-header", _t("Title")],
    question: ["fa-question-circle-o", _t("Question")],
    piece: ["fa-paperclip", _t("Document")],
    block: ["fa-clone", _t("Repeatable block")],
    explanation: ["fa-info-circle", _t("Explanation")],
};

/** What a line is, indented by its kind, with what it holds. */
class LineLabelField extends Component {
    static template = "grc_form.LineLabel";
    static props = { ...standardFieldProps };

    get data() {
        return this.props.record.data;
    }

    get icon() {
        const [icon, name] = ICONS[this.data.kind] ?? ["fa-circle-o", ""];
        return { icon, name };
    }
}

registry.category("fields").add("grc_line_label", {
    component: LineLabelField,
    displayName: _t("Line of a form"),
    supportedTypes: ["char"],
    fieldDependencies: [
        { name: "kind", type: "selection" },
        { name: "shown_label", type: "char" },
        { name: "condition_text", type: "char" },
        { name: "content_text", type: "char" },
        { name: "is_sensitive", type: "boolean" },
        { name: "prefill", type: "char" },
    ],
    isEmpty: () => false,
});
