import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { makeContext } from "@web/core/context";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

const TITLES = {
    page: _t("Page"),
    section: _t("Title"),
    question: _t("Question"),
    piece: _t("Document to provide"),
    block: _t("Repeatable block"),
    explanation: _t("Explanation"),
    check: _t("Check between answers"),
    stop: _t("Ineligibility"),
};

/**
 * Lines moved are saved at once: the preview beside them follows. A page takes the lines
 * under it with it: the server knows where it ends.
 */
class FormLinesRenderer extends ListRenderer {
    static template = "grc_form.FormLinesRenderer";

    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    async sortDrop(dataRowId, dataGroupId, { previous }) {
        const { list } = this.props;
        const { root } = list.model;
        const moved = list.records.find((record) => record.id === dataRowId);
        if (moved?.data.kind !== "page" || !moved.resId) {
            await super.sortDrop(...arguments);
            await root.save();
            return;
        }
        const after = list.records.find((record) => record.id === previous?.dataset.id);
        if (await root.save()) {
            const place = [[moved.resId], after?.resId || false];
            await this.orm.call(list.resModel, "move_after", place);
        }
        await root.load();
    }
}

/**
 * The lines of a form. Each is saved by its own window, so that what is wrong is said
 * there, that conditions read what is already in the form, and that the preview follows.
 */
export class FormLinesField extends X2ManyField {
    static components = { ...X2ManyField.components, ListRenderer: FormLinesRenderer };

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        this.canOpenRecord = true;
    }

    async onAdd({ context } = {}) {
        const root = this.props.record;
        if (!(await root.save())) {
            return;
        }
        const inverse = this.field.relation_field;
        this.openLine(false, {
            ...makeContext([this.props.context, context]),
            [`default_${inverse}`]: root.resId,
        });
    }

    async openRecord(record) {
        if (this.props.readonly || (await this.props.record.save())) {
            this.openLine(record.resId, this.props.context, record.data.kind);
        }
    }

    openLine(resId, context, kind) {
        const opener = document.activeElement;
        const title = TITLES[kind ?? context.default_kind] ?? _t("Line");
        this.dialog.add(
            FormViewDialog,
            {
                resModel: this.list.resModel,
                resId,
                context,
                title: resId ? title : _t("New: %s", title.toLowerCase()),
                readonly: this.props.readonly,
                preventEdit: this.props.readonly,
                canExpand: false,
                size: "lg",
                onRecordSaved: () => this.props.record.load(),
            },
            { onClose: () => opener?.isConnected && opener.focus() }
        );
    }
}

registry.category("fields").add("grc_form_lines", {
    ...x2ManyField,
    component: FormLinesField,
    displayName: _t("Lines of a form"),
    additionalClasses: ["o_field_one2many"],
});
