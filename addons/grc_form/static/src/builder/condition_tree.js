/**
 * A condition between its JSON (see the contract of grc_form) and what the editor shows.
 *
 * Nodes: {type: "group", connector: "all"|"any", negated, bare, children},
 * {type: "leaf", path, op, value?, other?} and {type: "kept", json} for what this editor
 * does not know: it is shown and written back as it came.
 */
export const UNARY = ["empty", "filled"];
export const PROFILE = "profile:";
const KNOWN_OPERATORS = [
    ...UNARY,
    ...["eq", "ne", "in", "not_in", "contains", "not_contains", "starts_with"],
    ...["lt", "le", "gt", "ge", "count_eq", "count_ge", "count_le", "age_ge", "age_lt"],
];
let lastId = 0;

function withId(node) {
    return { id: ++lastId, ...node };
}

export function newGroup(children = []) {
    return withId({
        type: "group",
        connector: "all",
        negated: false,
        bare: true,
        children,
    });
}

export function newLeaf() {
    return withId({ type: "leaf", path: "", op: "eq" });
}

/** @returns {object} the group at the root, empty when there is no condition */
export function readCondition(json) {
    if (!json || !Object.keys(json).length) {
        return newGroup();
    }
    const node = readNode(json);
    return node.type === "group" ? node : newGroup([node]);
}

function readNode(json) {
    if (!json || typeof json !== "object" || Array.isArray(json)) {
        return withId({ type: "kept", json });
    }
    const keys = Object.keys(json).sort().join();
    if ((keys === "all" || keys === "any") && Array.isArray(json[keys])) {
        const children = json[keys].map(readNode);
        return { ...newGroup(children), connector: keys, bare: false };
    }
    if (keys === "not") {
        const inner = readNode(json.not);
        if (inner.type === "group" && !inner.negated) {
            return { ...inner, negated: true };
        }
        return { ...newGroup([inner]), negated: true };
    }
    return readLeaf(json, keys);
}

function readLeaf(json, keys) {
    const known = ["op,q", "op,q,value", "op,other,q", "op,profile", "op,profile,value"];
    const path = "profile" in json ? `${PROFILE}${json.profile}` : json.q;
    const isKnown = known.includes(keys) && KNOWN_OPERATORS.includes(json.op);
    if (!isKnown || typeof path !== "string") {
        return withId({ type: "kept", json });
    }
    const leaf = { type: "leaf", path, op: json.op };
    for (const key of ["value", "other"]) {
        if (key in json) {
            leaf[key] = json[key];
        }
    }
    return withId(leaf);
}

/** @returns {object|false} the JSON of a node; false when it says nothing */
export function writeCondition(node) {
    if (node.type === "kept") {
        return node.json;
    }
    if (node.type === "leaf") {
        return writeLeaf(node);
    }
    const parts = node.children.map(writeCondition).filter((part) => part !== false);
    if (!parts.length) {
        return false;
    }
    const inner =
        node.bare && parts.length === 1 ? parts[0] : { [node.connector]: parts };
    return node.negated ? { not: inner } : inner;
}

function writeLeaf(leaf) {
    const json = leaf.path.startsWith(PROFILE)
        ? { profile: leaf.path.slice(PROFILE.length) }
        : { q: leaf.path };
    json.op = leaf.op;
    if (!UNARY.includes(leaf.op)) {
        for (const key of ["value", "other"]) {
            if (leaf[key] !== undefined) {
                json[key] = leaf[key];
            }
        }
    }
    return json;
}

/** @returns {boolean} whether a node lacks nothing */
export function isComplete(node) {
    if (node.type === "group") {
        return node.children.every(isComplete);
    }
    if (node.type === "kept") {
        return true;
    }
    const isGiven = (value) =>
        ![undefined, null, ""].includes(value) &&
        !(Array.isArray(value) && !value.length);
    const hasValue = isGiven(node.value) || isGiven(node.other);
    return Boolean(node.path) && (UNARY.includes(node.op) || hasValue);
}

/**
 * Say with which input the value of a leaf is typed.
 *
 * @returns {"none"|"other"|"count"|"several"|"option"|"flag"|"number"|"day"|"text"|"kept"}
 */
export function inputOf(leaf, source) {
    const { op, value } = leaf;
    if (UNARY.includes(op)) {
        return "none";
    }
    if ("other" in leaf) {
        return "other";
    }
    if (op.startsWith("count_") || op.startsWith("age_")) {
        return "count";
    }
    const kind = source?.kind ?? "text";
    if (["in", "not_in"].includes(op)) {
        return source?.options ? "several" : "kept";
    }
    if (Array.isArray(value)) {
        return "kept";
    }
    if (source?.options) {
        return "option";
    }
    if (kind === "day") {
        const amounts = value?.today;
        return amounts && Object.keys(amounts).length > 1 ? "kept" : "day";
    }
    return { flag: "flag", number: "number" }[kind] ?? "text";
}

/** @returns {number|string|undefined} a number as the contract writes it */
export function canonicalNumber(text, isInteger) {
    const cleaned = String(text).replace(/\s/g, "").replace(",", ".");
    if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(cleaned)) {
        return undefined;
    }
    if (isInteger && !cleaned.includes(".")) {
        return parseInt(cleaned, 10);
    }
    const [, sign, whole, digits] = cleaned.match(/^(-?)(\d+)\.?(\d*)$/);
    const kept = digits.replace(/0+$/, "");
    const canonical = `${whole.replace(/^0+(?=\d)/, "")}${kept ? `.${kept}` : ""}`;
    return canonical === "0" ? canonical : `${sign}${canonical}`;
}
