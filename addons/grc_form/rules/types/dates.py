"""Days, instants and ranges of hours."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from .base import InvalidAnswer, Problem, QuestionType, bounds_crossed, typed
from .checkers import is_day, is_hour, is_instant, is_one_of
from .days import (
    PARTS,
    bound_day,
    day_inputs,
    day_parts,
    day_text,
    hour_text,
    read_day,
    read_hour,
)


def _day_problems(question, day, context):
    low, high = question.get("min"), question.get("max")
    if low is not None and day < bound_day(low, context.today):
        text = day_text(bound_day(low, context.today).isoformat(), context.locale)
        yield Problem("date_too_early", {"min": text})
    if high is not None and day > bound_day(high, context.today):
        text = day_text(bound_day(high, context.today).isoformat(), context.locale)
        yield Problem("date_too_late", {"max": text})


def _crossed_days(question):
    bounds = [question.get("min"), question.get("max")]
    if all(isinstance(bound, str) for bound in bounds):
        return bounds_crossed(question, "min", "max")
    if all(isinstance(bound, dict) for bound in bounds):
        far = date(2024, 1, 1)
        return bounds_crossed(question, "min", "max", lambda day: bound_day(day, far))
    return []


class Day(QuestionType):
    """Be a day, typed in three parts; ``autocomplete: bday`` for a birth."""

    code = "date"
    parts = PARTS
    attributes = {
        "min": is_day,
        "max": is_day,
        "autocomplete": is_one_of("bday", "off"),
    }

    def inputs(self, question: dict) -> list[dict]:
        """Return the three inputs.

        Source: none (technical); WHATWG HTML, autofill (bday-day…)
        """
        bare = {key: value for key, value in question.items() if key != "autocomplete"}
        return super().inputs(bare | {"is_birth": self._is_birth(question)})

    def _is_birth(self, question):
        return question.get("autocomplete") == "bday"

    def _read(self, question, raw, context):
        day = read_day(raw, "", context)
        return day.isoformat() if day else None

    def _problems(self, question, value, context):
        return _day_problems(question, date.fromisoformat(value), context)

    def _write(self, question, value):
        return day_parts(value)

    def _text(self, question, value, locale):
        return day_text(value, locale)

    def _inputs(self, question):
        return day_inputs(is_birth=question.get("is_birth", False))

    def _property(self, question):
        return "date"

    def _project(self, question, value, context):
        return value

    def _crossed(self, question):
        return _crossed_days(question)


class Instant(QuestionType):
    """Be a local day and hour, to the minute."""

    code = "datetime"
    parts = (*PARTS, "time")
    attributes = {"min": is_instant, "max": is_instant}

    def _read(self, question, raw, context):
        whole = typed(raw)
        if whole and not any(typed(raw, part) for part in self.parts):
            day, _t, hour = whole.partition("T" if "T" in whole else " ")
            raw = {"": day, "time": hour}
        day, hour = read_day(raw, "", context), typed(raw, "time")
        if not day and not hour:
            return None
        if not day:
            raise InvalidAnswer("day_missing", "day", example=_day_example(context))
        if not hour:
            raise InvalidAnswer("hour_missing", "time", example="08:30")
        return f"{day.isoformat()}T{read_hour(hour, 'time')}"

    def _problems(self, question, value, context):
        for name, code in (("min", "date_too_early"), ("max", "date_too_late")):
            bound = question.get(name)
            if not isinstance(bound, str) or "T" not in bound:
                bare = {name: bound}
                day = date.fromisoformat(value[:10])
                yield from _day_problems(bare, day, context)
            elif (value < bound) if name == "min" else (value > bound):
                text = self._text(question, bound, context.locale)
                yield Problem(code, {name: text})

    def _write(self, question, value):
        day, _t, hour = value.partition("T")
        return day_parts(day) | {"time": hour}

    def _text(self, question, value, locale):
        day, _t, hour = value.partition("T")
        join = " à " if locale.startswith("fr") else " "
        return day_text(day, locale) + join + hour_text(hour, locale)

    def _inputs(self, question):
        return [*day_inputs(), {"part": "time", "type": "time"}]

    def _property(self, question):
        return "datetime"

    def _project(self, question, value, context):
        local = datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(context.timezone))
        return f"{local.astimezone(UTC):%Y-%m-%d %H:%M:%S}"

    def _crossed(self, question):
        return _crossed_days(question)


class TimeRange(QuestionType):
    """Be two hours of one day, the second after the first."""

    code = "time_range"
    parts = ("start", "end")
    attributes = {"min": is_hour, "max": is_hour}

    def _read(self, question, raw, context):
        texts = {part: typed(raw, part) for part in self.parts}
        if not any(texts.values()):
            return None
        for part, text in texts.items():
            if not text:
                raise InvalidAnswer(f"{part}_missing", part, example="08:30")
        value = {part: read_hour(text, part) for part, text in texts.items()}
        if value["end"] <= value["start"]:
            start = hour_text(value["start"], context.locale)
            raise InvalidAnswer("end_before_start", "end", start=start)
        return value

    def _problems(self, question, value, context):
        low, high = question.get("min"), question.get("max")
        if low and value["start"] < low:
            params = {"min": hour_text(low, context.locale)}
            yield Problem("too_small", params, "start")
        if high and value["end"] > high:
            params = {"max": hour_text(high, context.locale)}
            yield Problem("too_large", params, "end")

    def _write(self, question, value):
        return dict(value)

    def _text(self, question, value, locale):
        hours = (hour_text(value[part], locale) for part in self.parts)
        return " – ".join(hours)

    def _inputs(self, question):
        limits = {name: question[name] for name in ("min", "max") if question.get(name)}
        return [{"part": part, "type": "time", **limits} for part in self.parts]

    def _crossed(self, question):
        return bounds_crossed(question, "min", "max")


def _day_example(context):
    return f"31 12 {context.today.year}"
