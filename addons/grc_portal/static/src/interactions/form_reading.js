import {readDay, readInstant, readTimeRange, textAt} from "./form_days";
import {
    readAddress,
    readCommune,
    readCountry,
    readDepartment,
    readIdentity,
    readMember,
    readPoint,
} from "./form_composites";

/**
 * What a page of a form holds, as values of its questions.
 *
 * Good enough to show and hide questions at once: the server reads the same inputs
 * again (rules/types) and has the last word. What it might refuse has no value here.
 */

/** Return {name: [texts]} of the inputs of a form, those of hidden questions too. */
export function rawOf(form) {
    const raw = {};
    for (const input of form.elements) {
        const isBox = input.type === "radio" || input.type === "checkbox";
        if (!input.name || input.type === "file" || input.type === "submit") {
            continue;
        }
        if (!isBox || input.checked) {
            (raw[input.name] = raw[input.name] || []).push(input.value);
        }
    }
    return raw;
}

/**
 * Return the value of an item of the schema: question, piece or block.
 *
 * @param {Object} context `form`, and `today` (ISO day)
 */
export function readItem(item, path, raw, context) {
    if (item.kind === "piece") {
        return filesOf(path, context.form);
    }
    if (item.kind === "block") {
        return rowsOf(item, path, raw, context);
    }
    const read = READERS[item.type] || readText;
    return read(path, raw, item, context);
}

const readText = (path, raw) => textAt(raw, path);

function readNumber(path, raw) {
    const text = (textAt(raw, path) || "").replace(/[\s€]/g, "").replace(",", ".");
    const found = /^(-?)0*([0-9]+)(?:\.([0-9]{1,6}))?$/.exec(text);
    if (!found) {
        return null;
    }
    const decimals = (found[3] || "").replace(/0+$/, "");
    return found[1] + found[2] + (decimals && `.${decimals}`);
}

function readInteger(path, raw) {
    const text = readNumber(path, raw);
    return text === null || text.includes(".") ? null : Number(text);
}

const readOther = (path, raw) => {
    const other = textAt(raw, `${path}.other`);
    return other && {other};
};

function readChoice(path, raw) {
    const value = textAt(raw, path);
    return value === "__other" ? readOther(path, raw) : value;
}

function readChoices(path, raw) {
    const values = (raw[path] || []).map((value) =>
        value === "__other" ? readOther(path, raw) : value
    );
    return values.includes(null) ? null : values;
}

function readLinked(path, raw, item) {
    const pair = [textAt(raw, `${path}.first`), textAt(raw, `${path}.second`)];
    const group = (item.options || []).find((option) => option.value === pair[0]);
    const isOfIt = group?.options?.some((option) => option.value === pair[1]);
    return isOfIt ? pair : null;
}

function readRanking(path, raw, item) {
    const values = (item.options || []).map((option) => option.value);
    const ranks = values.map((value) => Number(textAt(raw, `${path}.${value}`)));
    const order = values.map((_value, rank) => values[ranks.indexOf(rank + 1)]);
    return order.includes(undefined) ? null : order;
}

function readTable(path, raw) {
    const rows = new Map();
    for (const name of Object.keys(raw)) {
        const [index, column] = name.startsWith(`${path}.`)
            ? name.slice(path.length + 1).split(".")
            : [];
        if (column && textAt(raw, name)) {
            const cell = readNumber(name, raw) || textAt(raw, name);
            rows.set(index, {...rows.get(index), [column]: cell});
        }
    }
    return [...rows.values()];
}

const READERS = {
    integer: readInteger,
    decimal: readNumber,
    amount: readNumber,
    date: readDay,
    datetime: readInstant,
    time_range: readTimeRange,
    yes_no: (path, raw) => ({yes: true, no: false})[textAt(raw, path)] ?? null,
    certified: (path, raw) => (textAt(raw, path) ? true : null),
    choice: readChoice,
    choices: readChoices,
    linked_choice: readLinked,
    ranking: readRanking,
    address: readAddress,
    identity: readIdentity,
    member: readMember,
    point: readPoint,
    commune: readCommune,
    department: readDepartment,
    country: readCountry,
    table: readTable,
};

function filesOf(path, form) {
    const input = form.elements[path];
    const box = input && input.closest("[data-grc-item]");
    const count = Number(box?.dataset.grcFiles || 0) + (input?.files?.length || 0);
    return Array.from({length: count}, () => ({name: "file"}));
}

function rowsOf(block, path, raw, context) {
    const indexes = Object.keys(raw)
        .map((name) => name.match(/^(.+)\.([0-9]+)\._id$/))
        .filter((found) => found && found[1] === path)
        .map((found) => Number(found[2]))
        .sort((left, right) => left - right);
    return indexes.map((index) => {
        const row = {_id: raw[`${path}.${index}._id`][0]};
        for (const item of block.items) {
            row[item.code] = readItem(item, `${path}.${index}.${item.code}`, raw, context);
        }
        return row;
    });
}
