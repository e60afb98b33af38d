/**
 * What a page of a form holds, as values of its questions.
 *
 * Good enough to show and hide questions at once: the server reads the same inputs
 * again (rules/types) and has the last word. What it might refuse has no value here.
 */

const DAY = ["year", "month", "day"];

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

/** Return the value of an item of the schema: question, piece or block. */
export function readItem(item, path, raw, form) {
    if (item.kind === "piece") {
        return filesOf(path, form);
    }
    if (item.kind === "block") {
        return rowsOf(item, path, raw, form);
    }
    const read = READERS[item.type] || readText;
    return read(path, raw, item);
}

function textAt(raw, name) {
    return ((raw[name] || [""])[0] || "").replace(/\s+/g, " ").trim() || null;
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

function readDay(path, raw) {
    const [year, month, day] = DAY.map((part) => textAt(raw, `${path}.${part}`) || "");
    if (!/^[0-9]{4}$/.test(year) || !/^[0-9]{1,2}$/.test(month + "") || !/^[0-9]{1,2}$/.test(day)) {
        return null;
    }
    const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const date = new Date(`${text}T00:00:00Z`);
    const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    return isReal ? text : null;
}

function readInstant(path, raw) {
    const day = readDay(path, raw);
    const time = textAt(raw, `${path}.time`);
    return day && time ? `${day}T${time.slice(0, 5)}` : null;
}

function readParts(path, raw) {
    const value = {};
    for (const name of Object.keys(raw)) {
        const part = name.startsWith(`${path}.`) ? name.slice(path.length + 1) : "";
        if (part && !part.includes(".") && textAt(raw, name)) {
            value[part] = textAt(raw, name);
        }
    }
    const birth = readDay(`${path}.birth_date`, raw);
    return birth ? {...value, birth_date: birth} : value;
}

function readChoice(path, raw) {
    const value = textAt(raw, path);
    return value === "__other" ? {other: textAt(raw, `${path}.other`)} : value;
}

function readChoices(path, raw) {
    return (raw[path] || []).map((value) =>
        value === "__other" ? {other: textAt(raw, `${path}.other`)} : value
    );
}

function readLinked(path, raw) {
    const pair = [textAt(raw, `${path}.first`), textAt(raw, `${path}.second`)];
    return pair[0] && pair[1] ? pair : null;
}

function readNamed(path, raw) {
    const name = textAt(raw, path);
    return name && {code: textAt(raw, `${path}.insee`) || name, name};
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
    time_range: readParts,
    yes_no: (path, raw) => ({yes: true, no: false})[textAt(raw, path)] ?? null,
    certified: (path, raw) => (textAt(raw, path) ? true : null),
    choice: readChoice,
    choices: readChoices,
    linked_choice: readLinked,
    address: readParts,
    identity: readParts,
    member: readParts,
    point: readParts,
    commune: readNamed,
    department: readNamed,
    country: readNamed,
    table: readTable,
};

function filesOf(path, form) {
    const input = form.elements[path];
    const box = input && input.closest("[data-grc-item]");
    const count = Number(box?.dataset.grcFiles || 0) + (input?.files?.length || 0);
    return Array.from({length: count}, () => ({name: "file"}));
}

function rowsOf(block, path, raw, form) {
    const indexes = Object.keys(raw)
        .map((name) => name.match(/^(.+)\.([0-9]+)\._id$/))
        .filter((found) => found && found[1] === path)
        .map((found) => Number(found[2]))
        .sort((left, right) => left - right);
    return indexes.map((index) => {
        const row = {_id: raw[`${path}.${index}._id`][0]};
        for (const item of block.items) {
            row[item.code] = readItem(item, `${path}.${index}.${item.code}`, raw, form);
        }
        return row;
    });
}
