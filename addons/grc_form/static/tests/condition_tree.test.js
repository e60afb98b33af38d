import { describe, expect, test } from "@odoo/hoot";
import {
    canonicalNumber,
    inputOf,
    isComplete,
    readCondition,
    writeCondition,
} from "@grc_form/builder/condition_tree";

describe.current.tags("headless");

const HALL = { q: "hall", op: "eq", value: "large" };
const LATER = { q: "day", op: "gt", value: { today: { days: 15 } } };
const SAME = [
    HALL,
    { all: [HALL] },
    { any: [HALL, LATER] },
    { all: [HALL, { any: [LATER, { profile: "age", op: "ge", value: 18 }] }] },
    { not: HALL },
    { not: { any: [HALL, LATER] } },
    { not: { not: HALL } },
    { all: [{ not: { all: [HALL, LATER] } }, { q: "day", op: "filled" }] },
    { q: "end", op: "lt", other: "day" },
    { q: "rows", op: "count_ge", value: 3 },
    { q: "price", op: "le", value: "12.5" },
    { q: "hall", op: "in", value: ["small", "large"] },
];
const UNKNOWN = [
    { q: "hall", op: "matches", value: "x" },
    { all: [HALL], any: [HALL] },
    { q: "hall", op: "eq", value: "large", since: 2 },
    { all: [HALL, ["?"]] },
];

test("what is read is written back as it came", () => {
    for (const json of [...SAME, ...UNKNOWN]) {
        expect(writeCondition(readCondition(json))).toEqual(json);
    }
});

test("no condition is no condition", () => {
    for (const json of [null, false, {}]) {
        expect(writeCondition(readCondition(json))).toBe(false);
    }
});

test("what is unknown is kept apart", () => {
    const root = readCondition(UNKNOWN[0]);
    expect(root.children[0].type).toBe("kept");
});

test("an unfinished comparison is told from a finished one", () => {
    expect(isComplete(readCondition(HALL))).toBe(true);
    expect(isComplete(readCondition({ q: "hall", op: "eq" }))).toBe(false);
    expect(isComplete(readCondition({ q: "hall", op: "filled" }))).toBe(true);
    expect(isComplete(readCondition({ q: "flag", op: "eq", value: false }))).toBe(true);
});

test("each kind of answer has its input", () => {
    const options = [["large", "Large"]];
    expect(inputOf(HALL, { kind: "one", options })).toBe("option");
    expect(inputOf(LATER, { kind: "day" })).toBe("day");
    expect(inputOf({ op: "in" }, { kind: "one", options })).toBe("several");
    expect(inputOf({ op: "filled" }, { kind: "whole" })).toBe("none");
    expect(inputOf({ op: "count_ge" }, { kind: "rows" })).toBe("count");
    expect(inputOf({ op: "eq" }, { kind: "flag" })).toBe("flag");
    expect(inputOf({ op: "lt", other: "x" }, { kind: "day" })).toBe("other");
});

test("numbers are written as the contract wants them", () => {
    expect(canonicalNumber("12", true)).toBe(12);
    expect(canonicalNumber("12,50", false)).toBe("12.5");
    expect(canonicalNumber("007", false)).toBe("7");
    expect(canonicalNumber("-0", false)).toBe("0");
    expect(canonicalNumber("douze", false)).toBe(undefined);
});
