import { Component } from "@odoo/owl";
import { ConditionLeaf } from "./condition_leaf";
import { newGroup, newLeaf } from "./condition_tree";

/** « all of / one of » the comparisons that it holds, and groups inside. */
export class ConditionGroup extends Component {
    static template = "grc_form.ConditionGroup";
    static components = { ConditionLeaf };
    static props = ["group", "editor", "onChange", "onRemove?", "isRoot?"];

    get group() {
        return this.props.group;
    }

    keptText(node) {
        return JSON.stringify(node.json);
    }

    add(node) {
        this.props.editor.focusId = node.type === "group" ? node.children[0].id : node.id;
        this.group.children.push(node);
        this.props.onChange();
    }

    addLeaf() {
        this.add(newLeaf());
    }

    addGroup() {
        const connector = this.group.connector === "all" ? "any" : "all";
        this.add({ ...newGroup([newLeaf()]), connector });
    }

    remove(node) {
        const index = this.group.children.indexOf(node);
        this.group.children.splice(index, 1);
        this.props.onChange();
    }

    onConnector(connector) {
        this.group.connector = connector;
        this.props.onChange();
    }

    onNegated(negated) {
        this.group.negated = negated;
        this.props.onChange();
    }
}
ConditionGroup.components.ConditionGroup = ConditionGroup;
