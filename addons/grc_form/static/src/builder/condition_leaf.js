import { Component, onMounted, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { canonicalNumber, inputOf, isComplete, UNARY } from "./condition_tree";

/** One comparison: « [Question] [is] [value] ». */
export class ConditionLeaf extends Component {
    static template = "grc_form.ConditionLeaf";
    static props = ["leaf", "editor", "onChange", "onRemove"];

    setup() {
        this.sourceRef = useRef("source");
        onMounted(() => {
            if (this.props.editor.focusId === this.leaf.id) {
                this.sourceRef.el.focus();
                this.props.editor.focusId = null;
            }
        });
    }

    get leaf() {
        return this.props.leaf;
    }

    get config() {
        return this.props.editor.config;
    }

    get source() {
        return this.config.sources.find((source) => source.path === this.leaf.path);
    }

    get isComplete() {
        return isComplete(this.leaf);
    }

    /** Sources by page, and the one that is read already, even unknown here. */
    get groups() {
        const groups = new Map();
        for (const source of this.config.sources) {
            groups.set(source.page, [...(groups.get(source.page) ?? []), source]);
        }
        return [...groups.entries()];
    }

    get operators() {
        const kind = this.source?.kind ?? "any";
        const offered = this.config.offered[kind] ?? [];
        const all = offered.includes(this.leaf.op) ? offered : [...offered, this.leaf.op];
        const { verbs } = this.config;
        return all.map((op) => [op, verbs[`${op}.${kind}`] ?? verbs[op] ?? op]);
    }

    get input() {
        return inputOf(this.leaf, this.source);
    }

    /** Questions of the same kind, to compare two answers. */
    get comparable() {
        return this.config.sources.filter(
            (source) =>
                source.path !== this.leaf.path &&
                source.kind === this.source?.kind &&
                !source.path.includes(":")
        );
    }

    get modes() {
        const op = this.leaf.op;
        const isPlain = ["eq", "ne", "lt", "le", "gt", "ge"].includes(op);
        if (!isPlain || !["number", "day", "text"].includes(this.source?.kind)) {
            return [];
        }
        const modes = [["value", _t("the value")]];
        if (this.source.kind === "day") {
            modes[0] = ["value", _t("the day")];
            modes.push(["today", _t("today")]);
        }
        if (this.comparable.length || "other" in this.leaf) {
            modes.push(["other", _t("the answer to")]);
        }
        return modes.length > 1 ? modes : [];
    }

    get mode() {
        if ("other" in this.leaf) {
            return "other";
        }
        return this.leaf.value?.today ? "today" : "value";
    }

    get offset() {
        const [unit, amount] = Object.entries(this.leaf.value?.today ?? {})[0] ?? [
            "days",
            0,
        ];
        return { unit, amount: Math.abs(amount), sign: amount < 0 ? -1 : 1 };
    }

    get units() {
        const { words } = this.config;
        return ["days", "months", "years"].map((unit) => [unit, words[unit]]);
    }

    get countWord() {
        return this.leaf.op.startsWith("age_") ? this.config.words.years : "";
    }

    get numberText() {
        return String(this.leaf.value ?? "").replace(".", ",");
    }

    get keptText() {
        return JSON.stringify(this.leaf.value);
    }

    set(changes) {
        for (const [key, value] of Object.entries(changes)) {
            if (value === undefined) {
                delete this.leaf[key];
            } else {
                this.leaf[key] = value;
            }
        }
        this.props.onChange();
    }

    onSource(path) {
        const before = this.source;
        this.leaf.path = path;
        const offered = this.config.offered[this.source?.kind ?? "any"] ?? [];
        const op = offered.includes(this.leaf.op) ? this.leaf.op : offered[0];
        const isSame = before && before.kind === this.source?.kind && !before.options;
        this.set({ op, ...(isSame ? {} : { value: undefined, other: undefined }) });
    }

    onOperator(op) {
        const before = this.input;
        this.leaf.op = op;
        const isKept = before === inputOf({ ...this.leaf, op }, this.source);
        const isUnary = UNARY.includes(op);
        this.set(isKept && !isUnary ? {} : { value: undefined, other: undefined });
    }

    onMode(mode) {
        if (mode === "other") {
            this.set({ value: undefined, other: "" });
        } else {
            const value = mode === "today" ? { today: { days: 0 } } : undefined;
            this.set({ other: undefined, value });
        }
    }

    onOffset(changes) {
        const { unit, amount, sign } = { ...this.offset, ...changes };
        this.set({ value: { today: { [unit]: sign * amount || 0 } } });
    }

    onNumber(ev) {
        const value = canonicalNumber(ev.target.value, this.source?.type === "integer");
        this.set({ value });
    }

    onCount(ev) {
        const count = parseInt(ev.target.value, 10);
        this.set({ value: Number.isNaN(count) ? undefined : count });
    }

    onTick(option, isTicked) {
        const before = Array.isArray(this.leaf.value) ? this.leaf.value : [];
        const value = this.source.options
            .map(([one]) => one)
            .filter((one) => (one === option ? isTicked : before.includes(one)));
        this.set({ value });
    }
}
