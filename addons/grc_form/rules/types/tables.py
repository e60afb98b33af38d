"""A table: the same few simple questions on several lines."""

import re

from .base import InvalidAnswer, Problem, QuestionType, bounds_crossed
from .checkers import is_int, is_text

MAX_ROWS, MAX_COLUMNS, DEFAULT_ROWS = 100, 10, 20
SIMPLE = frozenset(
    ("text", "integer", "decimal", "amount", "date", "yes_no", "choice", "email")
) | {"phone"}
_CELL = re.compile(r"([0-9]{1,4})\.([a-z][a-z0-9_]{0,59})(?:\.(.+))?", re.DOTALL)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_COLUMN_KEYS = {"kind", "code", "type", "label", "help", "required", "sensitive"}
# A column depends on nothing and is filled by nobody else.
_COLUMN_KEYS |= {"visible_if", "prefill"}


class Table(QuestionType):
    """Be lines of cells; lines left empty are no lines.

    ``columns``: simple questions (code, type, label, required, attributes of the
    type). Parts are ``0.code`` and ``0.code.part``.
    """

    code = "table"
    required_attributes = ("columns",)

    def __init__(self, types: dict):
        """Take the types that a column may have.

        :param types: registry, by code
        """
        self._types = types
        self.attributes = {
            "columns": self._are_columns,
            "min": is_int(0, MAX_ROWS),
            "max": is_int(1, MAX_ROWS),
        }

    def _columns(self, question):
        return {
            column["code"]: (self._types[column["type"]], column)
            for column in question.get("columns") or ()
        }

    def _read(self, question, raw, context):
        columns, lines = self._columns(question), {}
        for name, text in raw.items():
            match = _CELL.fullmatch(name) if text else None
            if match and match[2] in columns:
                cells = lines.setdefault(int(match[1]), {})
                cells.setdefault(match[2], {})[match[3] or ""] = text
        rows = []
        for index in sorted(lines):
            row = self._row(columns, index, lines[index], context)
            if row:
                rows.append(row)
            if len(rows) > MAX_ROWS:
                raise InvalidAnswer("too_many_rows", max=str(MAX_ROWS))
        return rows or None

    def _row(self, columns, index, cells, context):
        row = {}
        for code, (kind, column) in columns.items():
            try:
                value = kind.read(column, cells.get(code, {}), context)
            except InvalidAnswer as error:
                part = f".{error.part}" if error.part else ""
                name = f"{index}.{code}{part}"
                raise InvalidAnswer(error.code, name, **error.params) from error
            if value is not None:
                row[code] = value
        return row

    def _problems(self, question, value, context):
        low, high = question.get("min") or 0, question.get("max") or DEFAULT_ROWS
        if len(value) < low:
            yield Problem("too_few_rows", {"min": str(low)})
        if len(value) > high:
            yield Problem("too_many_rows", {"max": str(high)})
        for index, row in enumerate(value):
            for code, (kind, column) in self._columns(question).items():
                yield from self._cell_problems(index, code, kind, column, row, context)

    def _cell_problems(self, index, code, kind, column, row, context):
        path = f"{index}.{code}"
        if code not in row:
            if column.get("required"):
                params = {"column": column.get("label", code), "row": str(index + 1)}
                yield Problem("cell_missing", params, path)
            return
        for problem in kind.problems(column, row[code], context):
            part = f"{path}.{problem.part}" if problem.part else path
            yield Problem(problem.code, problem.params, part)

    def _write(self, question, value):
        columns, raw = self._columns(question), {}
        for index, row in enumerate(value):
            for code, cell in row.items():
                kind, column = columns[code]
                for part, text in kind.write(column, cell).items():
                    name = f"{index}.{code}.{part}" if part else f"{index}.{code}"
                    raw[name] = text
        return raw

    def _text(self, question, value, locale):
        lines = []
        for row in value:
            cells = []
            for code, (kind, column) in self._columns(question).items():
                if code in row:
                    text = kind._text(column, row[code], locale)
                    cells.append(f"{column.get('label', code)}\u00a0: {text}")
            lines.append(", ".join(cells))
        return "\n".join(lines)

    def _inputs(self, question):
        columns = [
            {
                "code": code,
                "type": column["type"],
                "label": column.get("label", ""),
                "required": bool(column.get("required")),
                "inputs": kind.inputs(column),
            }
            for code, (kind, column) in self._columns(question).items()
        ]
        rows = {"min": question.get("min") or 0}
        rows["max"] = question.get("max") or DEFAULT_ROWS
        return [{"widget": "table", "columns": columns, **rows}]

    def _property(self, question):
        return None

    def _crossed(self, question):
        return bounds_crossed(question, "min", "max")

    def _are_columns(self, value):
        return (
            isinstance(value, list)
            and 0 < len(value) <= MAX_COLUMNS
            and all(self._is_column(column) for column in value)
            and len({column["code"] for column in value}) == len(value)
        )

    def _is_column(self, column):
        if not isinstance(column, dict) or column.get("type") not in SIMPLE:
            return False
        kind, code = self._types[column["type"]], column.get("code")
        return (
            isinstance(code, str)
            and bool(_CODE.fullmatch(code))
            and is_text(200)(column.get("label"))
            and all(
                isinstance(column.get(key, False), bool)
                for key in ("required", "sensitive")
            )
            and column.get("kind", "question") == "question"
            and not column.get("visible_if")
            and not column.get("prefill")
            and set(column) <= _COLUMN_KEYS | set(kind.attributes)
            and not kind.attribute_faults(column)
        )
