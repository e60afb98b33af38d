/** @odoo-module **/
/**
 * The rules of forms in the browser: conditions, visibility and formulas.
 *
 * The twin of rules/values.py, conditions.py, formula_value.py and visibility.py:
 * same names, same order. tests/unit/test_form_twin.py compares the two; the server
 * has the last word. Pure: no import, no DOM, no clock (`today` is an ISO day).
 */

const SCALE = 1000000n;
const LIMIT = 10n ** 15n * SCALE;
const LOWERED_BELOW = 0x530;
const DEEPEST = 40;
const LETTERS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"};
const SIGNS = {"\u2019": "'", "\u00a0": " ", "\u202f": " "};
const NUMBER = /^(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,6}))?$/;
const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;

// === values.py === //

const isText = (value) => typeof value === "string";
const isFlag = (value) => typeof value === "boolean";
const isObject = (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value);
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const get = (object, key) => (has(object, key) ? object[key] : null);
const isOnly = (value, key) =>
    isObject(value) && Object.keys(value).length === 1 && has(value, key);
const sign = (left, right) => (left > right) - (left < right);

export function isEmpty(value) {
    if (isObject(value)) {
        return Object.values(value).every(isEmpty);
    }
    return (
        value === null ||
        value === undefined ||
        value === "" ||
        (Array.isArray(value) && !value.length)
    );
}

export function fold(text) {
    let folded = "";
    for (let char of text.normalize("NFD")) {
        if (char >= "\u0300" && char <= "\u036f") {
            continue;
        }
        char = get(SIGNS, char) || get(LETTERS, char) || char;
        folded += char.codePointAt(0) < LOWERED_BELOW ? char.toLowerCase() : char;
    }
    return folded;
}

/** Return a number as a BigInt of millionths, or null. */
function toNumber(value) {
    if (isText(value)) {
        const found = NUMBER.exec(value);
        if (!found) {
            return null;
        }
        const scaled = BigInt(found[2]) * SCALE + BigInt((found[3] || "").padEnd(6, "0"));
        return found[1] ? -scaled : scaled;
    }
    return Number.isSafeInteger(value) ? BigInt(value) * SCALE : null;
}

function decimalText(scaled) {
    const absolute = scaled < 0n ? -scaled : scaled;
    const digits = String(absolute % SCALE).padStart(6, "0");
    const text = `${absolute / SCALE}.${digits}`.replace(/\.?0+$/, "");
    return scaled < 0n ? `-${text}` : text;
}

const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lastOfMonth = (year, month) =>
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];

/** Return [year, month, day] of a date or of a date and time, or null. */
function toDay(value) {
    if (!isText(value)) {
        return null;
    }
    const cut = value.indexOf("T");
    const found = DAY.exec(cut < 0 ? value : value.slice(0, cut));
    if (!found || (cut >= 0 && !TIME.test(value.slice(cut + 1)))) {
        return null;
    }
    const [year, month, day] = found.slice(1).map(Number);
    const isReal = year >= 1 && month >= 1 && month <= 12 && day >= 1;
    return isReal && day <= lastOfMonth(year, month) ? [year, month, day] : null;
}

const iso = ([year, month, day]) =>
    [String(year).padStart(4, "0"), String(month).padStart(2, "0")].join("-") +
    "-" +
    String(day).padStart(2, "0");

/** Days since 1 March of the year 0 (civil calendar, as in H. Hinnant's algorithm). */
function toOrdinal([year, month, day]) {
    const y = month > 2 ? year : year - 1;
    const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
    return (
        365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + ofYear
    );
}

function fromOrdinal(ordinal) {
    const era = Math.floor(ordinal / 146097);
    const rest = ordinal - era * 146097;
    const y = Math.floor(
        (rest -
            Math.floor(rest / 1460) +
            Math.floor(rest / 36524) -
            Math.floor(rest / 146096)) /
            365
    );
    const ofYear = rest - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
    const m = Math.floor((5 * ofYear + 2) / 153);
    const month = m < 10 ? m + 3 : m - 9;
    const day = ofYear - Math.floor((153 * m + 2) / 5) + 1;
    return [y + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

const isAmount = (value) => Number.isSafeInteger(value) && Math.abs(value) <= 4000000;

function shift(start, {years = 0, months = 0, days = 0}) {
    if (![years, months, days].every(isAmount)) {
        return null;
    }
    const total = start[0] * 12 + start[1] - 1 + years * 12 + months;
    const year = Math.floor(total / 12);
    const month = total - year * 12 + 1;
    if (year < 1 || year > 9999) {
        return null;
    }
    const day = Math.min(start[2], lastOfMonth(year, month));
    const moved = fromOrdinal(toOrdinal([year, month, day]) + days);
    return moved[0] >= 1 && moved[0] <= 9999 ? moved : null;
}

function toAge(birth, today) {
    if (iso(birth) > iso(today)) {
        return null;
    }
    const before = iso(today).slice(5) < iso(birth).slice(5);
    return today[0] - birth[0] - (before ? 1 : 0);
}

function order(left, right) {
    const numbers = [toNumber(left), toNumber(right)];
    if (!numbers.includes(null)) {
        return sign(...numbers);
    }
    const days = [toDay(left), toDay(right)];
    if (!days.includes(null)) {
        if (left.includes("T") && right.includes("T")) {
            return sign(left, right);
        }
        return sign(...days.map(iso));
    }
    if (isText(left) && isText(right) && TIME.test(left) && TIME.test(right)) {
        return sign(left, right);
    }
    return null;
}

function same(left, right) {
    if (Array.isArray(left) && Array.isArray(right)) {
        return left.length === right.length && left.every((one, i) => same(one, right[i]));
    }
    if (isFlag(left) || isFlag(right)) {
        return left === right;
    }
    const found = order(left, right);
    if (found !== null) {
        return found === 0;
    }
    return isText(left) && left === right;
}

// === conditions.py === //

const ORDERED = {
    lt: (found) => found < 0,
    le: (found) => found <= 0,
    gt: (found) => found > 0,
    ge: (found) => found >= 0,
};
const NEGATIVE = {ne: "eq", not_in: "in", not_contains: "contains"};

/**
 * Tell whether a condition is true of the answers.
 *
 * @param {Object|null} condition JSON tree; null is always true
 * @param {Object} answers values by question code, hidden ones already dropped
 * @param {{today: string, profile?: Object, row?: Object}} context today: ISO day
 * @returns {boolean}
 */
export function holds(condition, answers, context) {
    if (condition === null || condition === undefined) {
        return true;
    }
    if (!isObject(condition)) {
        return false;
    }
    const inner = (part) => holds(part, answers, context);
    if (Array.isArray(get(condition, "all"))) {
        return condition.all.every(inner);
    }
    if (Array.isArray(get(condition, "any"))) {
        return condition.any.some(inner);
    }
    if (has(condition, "not")) {
        return !inner(condition.not);
    }
    return leafHolds(condition, answers, context);
}

function leafHolds(leaf, answers, {today, profile, row}) {
    const value = has(leaf, "q")
        ? lookup(leaf.q, answers, row)
        : lookup(get(leaf, "profile"), profile || {});
    const operator = get(leaf, "op");
    if (operator === "empty" || operator === "filled") {
        return isEmpty(value) === (operator === "empty");
    }
    const wanted = has(leaf, "other")
        ? lookup(leaf.other, answers, row)
        : operand(get(leaf, "value"), today);
    if (isEmpty(value) || isEmpty(wanted)) {
        return false;
    }
    return compare(operator, value, wanted, today);
}

function lookup(path, answers, row) {
    if (!isText(path)) {
        return null;
    }
    const [code, ...parts] = path.split(".");
    const start = row && has(row, code) ? row[code] : get(answers, code);
    return parts.reduce(partOf, start);
}

function partOf(value, part) {
    if (isObject(value)) {
        return get(value, part);
    }
    if (Array.isArray(value)) {
        if (part === "other") {
            const found = value.find((one) => isOnly(one, "other"));
            return found === undefined ? null : found.other;
        }
        if (/^[0-3]$/.test(part) && Number(part) < value.length) {
            return value[Number(part)];
        }
    }
    return null;
}

function operand(value, today) {
    if (!isObject(value)) {
        return value;
    }
    if (!isOnly(value, "today") || !isObject(value.today)) {
        return null;
    }
    const units = ["years", "months", "days"];
    if (!Object.keys(value.today).every((unit) => units.includes(unit))) {
        return null;
    }
    const found = shift(toDay(today), value.today);
    return found && iso(found);
}

function compare(operator, value, wanted, today) {
    if (!isText(operator)) {
        return false;
    }
    if (has(NEGATIVE, operator)) {
        return !compare(NEGATIVE[operator], value, wanted, today);
    }
    if (has(ORDERED, operator)) {
        const found = order(value, wanted);
        return found !== null && ORDERED[operator](found);
    }
    switch (operator) {
        case "count_eq":
            return Array.isArray(value) && same(value.length, wanted);
        case "count_ge":
        case "count_le":
            return Array.isArray(value) && countHolds(operator, value.length, wanted);
        case "age_ge":
        case "age_lt":
            return ageHolds(operator, value, wanted, today);
        case "eq":
            return same(value, wanted);
        case "in":
            return isIn(value, wanted);
        case "contains":
            return contains(value, wanted);
        case "starts_with":
            return startsWith(value, wanted);
    }
    return false;
}

function countHolds(operator, count, wanted) {
    const found = order(count, wanted);
    return found !== null && ORDERED[operator.slice(6)](found);
}

function ageHolds(operator, value, wanted, today) {
    const birth = toDay(value);
    const years = birth && toAge(birth, toDay(today));
    const found = years === null ? null : order(years, wanted);
    return found !== null && found >= 0 === (operator === "age_ge");
}

function isIn(value, wanted) {
    if (!Array.isArray(wanted)) {
        return false;
    }
    const mine = Array.isArray(value) ? value : [value];
    return mine.some((one) => wanted.some((other) => same(one, other)));
}

function contains(value, wanted) {
    if (Array.isArray(value)) {
        return value.some((one) => same(one, wanted));
    }
    const texts = [textOf(value), textOf(wanted)];
    return !texts.includes(null) && fold(texts[0]).includes(fold(texts[1]));
}

function startsWith(value, wanted) {
    const texts = [textOf(value), textOf(wanted)];
    return !texts.includes(null) && fold(texts[0]).startsWith(fold(texts[1]));
}

function textOf(value) {
    const inner = isOnly(value, "other") ? value.other : value;
    return isText(inner) ? inner : null;
}

// === formula_value.py === //

const bounded = (scaled) => (scaled <= LIMIT && scaled >= -LIMIT ? scaled : null);
const absolute = (scaled) => (scaled < 0n ? -scaled : scaled);

function divide(left, right) {
    if (right === 0n) {
        return null;
    }
    const [a, b] = [absolute(left), absolute(right)];
    const halfUp = (2n * a + b) / (2n * b);
    return left < 0n === right < 0n ? halfUp : -halfUp;
}

function round(scaled, digits = 0n) {
    if (digits % SCALE || digits < 0n || digits > 6n * SCALE) {
        return null;
    }
    const unit = 10n ** (6n - digits / SCALE);
    return divide(scaled, unit) * unit;
}

const NUMERIC = {
    add: (a, b) => bounded(a + b),
    sub: (a, b) => bounded(a - b),
    mul: (a, b) => bounded(divide(a * b, SCALE)),
    div: (a, b) => (b === 0n ? null : bounded(divide(a * SCALE, b))),
    neg: (a) => -a,
    min: (...numbers) => numbers.reduce((a, b) => (b < a ? b : a)),
    max: (...numbers) => numbers.reduce((a, b) => (b > a ? b : a)),
    round,
};
const TESTS = {
    ...ORDERED,
    eq: (found) => found === 0,
    ne: (found) => found !== 0,
};

/** Return the number of an evaluated value (a BigInt, a text or a boolean). */
const numberOf = (value) =>
    isText(value) ? toNumber(value) : typeof value === "bigint" ? value : null;

/**
 * Return what a formula gives, as a string, or null.
 *
 * @param {Object|string} tree as frozen in the schema
 * @param {Object} answers values by question code, hidden ones already dropped
 * @param {{today: string, row?: Object, result?: string}} context
 * @returns {string|null}
 */
export function evaluateFormula(tree, answers, {today, row, result}) {
    const value = evaluate(tree, {answers, today, row}, 0);
    if (value === null || isFlag(value)) {
        return null;
    }
    if (result === "date") {
        const found = toDay(value);
        return found && iso(found);
    }
    if (result === "text") {
        return typeof value === "bigint" ? decimalText(value) : value;
    }
    const scaled = numberOf(value);
    return scaled === null ? null : decimalText(scaled);
}

function evaluate(tree, context, depth) {
    if (depth > DEEPEST) {
        return null;
    }
    if (isText(tree)) {
        return toNumber(tree);
    }
    if (!isObject(tree)) {
        return isFlag(tree) ? tree : null;
    }
    if (has(tree, "q")) {
        const value = lookup(tree.q, context.answers, context.row);
        return isFlag(value) || isText(value) ? (value === "" ? null : value) : toNumber(value);
    }
    if (has(tree, "text")) {
        return tree.text || null;
    }
    if (has(tree, "today")) {
        return context.today;
    }
    return operation(get(tree, "op"), get(tree, "args") || [], context, depth + 1);
}

function operation(name, args, context, depth) {
    if (["sum", "count", "filled", "empty"].includes(name)) {
        return aggregate(name, get(args[0], "q"), context);
    }
    if (name === "if") {
        const branch = evaluate(args[0], context, depth) === true ? 1 : 2;
        return evaluate(args[branch], context, depth);
    }
    const found = args.map((arg) => evaluate(arg, context, depth));
    if (has(NUMERIC, name)) {
        const numbers = found.map(numberOf);
        return numbers.includes(null) ? null : NUMERIC[name](...numbers);
    }
    if (has(TESTS, name)) {
        return test(name, ...found);
    }
    if (name === "and") {
        return found.every((value) => value === true);
    }
    if (name === "or") {
        return found.some((value) => value === true);
    }
    if (name === "not") {
        return found[0] !== true;
    }
    return onDays(name, found, context);
}

function aggregate(name, path, {answers, row}) {
    if (name === "filled" || name === "empty") {
        return isEmpty(lookup(path, answers, row)) === (name === "empty");
    }
    const [code, ...rest] = path.split(".");
    const given = lookup(code, answers, row);
    const rows = Array.isArray(given) ? given : [];
    if (name === "count") {
        return BigInt(rows.length) * SCALE;
    }
    return bounded(
        rows
            .filter(isObject)
            .map((one) => toNumber(lookup(rest.join("."), one)))
            .filter((number) => number !== null)
            .reduce((total, number) => total + number, 0n)
    );
}

function test(name, left, right) {
    if (left === null || right === null) {
        return false;
    }
    const onlyEqual = (equal) => (name === "eq" ? equal : name === "ne" && !equal);
    if (isFlag(left) || isFlag(right)) {
        return onlyEqual(left === right);
    }
    const numbers = [numberOf(left), numberOf(right)];
    if (!numbers.includes(null)) {
        return TESTS[name](sign(...numbers));
    }
    const found = isText(left) && isText(right) ? order(left, right) : null;
    return found === null ? onlyEqual(isText(left) && left === right) : TESTS[name](found);
}

function onDays(name, found, {today}) {
    const start = toDay(found[0]);
    if (start === null) {
        return null;
    }
    if (name === "age") {
        const years = toAge(start, toDay(today));
        return years === null ? null : BigInt(years) * SCALE;
    }
    if (name === "days") {
        const end = toDay(found[1]);
        return end && BigInt(toOrdinal(end) - toOrdinal(start)) * SCALE;
    }
    const amount = numberOf(found[1]);
    if (amount === null || amount % SCALE || !["add_days", "add_months"].includes(name)) {
        return null;
    }
    const moved = shift(start, {[name.slice(4)]: Number(amount / SCALE)});
    return moved && iso(moved);
}

// === visibility.py === //

/**
 * Say what a form shows, and keep the answers to it.
 *
 * @param {Object} schema as frozen by a version (formulas as trees)
 * @param {Object} answers values by code
 * @param {{today: string, profile?: Object}} context
 * @returns {{shown: Set<string>, options: Object, answers: Object}} shown: codes of
 *     pages, sections and items, `block.0.code` in rows; options: values shown, only
 *     for the questions of which an option is hidden
 */
export function visible(schema, answers, context) {
    const form = {given: isObject(answers) ? answers : {}, context, shown: new Set()};
    Object.assign(form, {options: {}, known: {}});
    for (const page of schema.pages) {
        showPage(form, page);
    }
    return {shown: form.shown, options: form.options, answers: form.known};
}

const isShown = (form, item, row) =>
    holds(get(item, "visible_if"), form.known, {...form.context, row});

function showPage(form, page) {
    if (!isShown(form, page)) {
        return;
    }
    let inSection = true;
    let hasContent = false;
    for (const item of page.items) {
        if (item.kind === "section") {
            inSection = isShown(form, item);
            if (inSection) {
                form.shown.add(item.code);
            }
        } else if (inSection && isShown(form, item)) {
            hasContent = true;
            showItem(form, item);
        }
    }
    if (hasContent) {
        form.shown.add(page.code);
    }
}

function showItem(form, item) {
    form.shown.add(item.code);
    const given = get(form.given, item.code);
    const value =
        item.kind === "block"
            ? rowsOf(form, item, given)
            : valueOf(form, item, item.code, given, null);
    if (!isEmpty(value)) {
        form.known[item.code] = value;
    }
}

function rowsOf(form, block, given) {
    const rows = Array.isArray(given) ? given.filter(isObject) : [];
    return rows.map((raw, index) => {
        const row = isText(get(raw, "_id")) ? {_id: raw._id} : {};
        for (const item of block.items) {
            if (!isShown(form, item, row)) {
                continue;
            }
            const path = `${block.code}.${index}.${item.code}`;
            form.shown.add(path);
            const value = valueOf(form, item, path, get(raw, item.code), row);
            if (!isEmpty(value)) {
                row[item.code] = value;
            }
        }
        return row;
    });
}

function valueOf(form, item, path, given, row) {
    if (item.kind && item.kind !== "question" && item.kind !== "piece") {
        return null;
    }
    if (item.type === "computed") {
        const result = get(item, "result") || "number";
        const {today} = form.context;
        return evaluateFormula(get(item, "formula"), form.known, {today, row, result});
    }
    if ((get(item, "options") || []).length) {
        return withoutHiddenOptions(form, item, path, given, row);
    }
    return given;
}

function withoutHiddenOptions(form, item, path, given, row) {
    const shown = [];
    const hidden = [];
    for (const option of item.options) {
        const own = isShown(form, option, row);
        if (!has(option, "options")) {
            (own ? shown : hidden).push(option.value);
            continue;
        }
        for (const second of option.options) {
            const both = own && isShown(form, second, row);
            (both ? shown : hidden).push([option.value, second.value]);
        }
    }
    if (!hidden.length) {
        return given;
    }
    form.options[path] = shown;
    const isHidden = (value) =>
        hidden.some((one) => JSON.stringify(one) === JSON.stringify(value));
    if (isHidden(given)) {
        return null;
    }
    return Array.isArray(given) ? given.filter((value) => !isHidden(value)) : given;
}
