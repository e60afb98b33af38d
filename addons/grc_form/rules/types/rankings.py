"""Two linked lists, and a ranking."""

from .base import InvalidAnswer, typed
from .checkers import are_labels, are_linked_options, are_options
from .options import Options, find_option, ticked


class LinkedChoice(Options):
    """Be an option, then one of its own options."""

    code = "linked_choice"
    parts = ("first", "second")
    attributes = {"options": are_linked_options, "labels": are_labels}

    def _read(self, question, raw, context):
        first, second = (typed(raw, part) for part in self.parts)
        if not first and second:
            first = self._parent_of(question, second)
        if not first:
            return None
        option = find_option(question.get("options"), first)
        if not option:
            raise InvalidAnswer("unknown_option", "first")
        if not second:
            raise InvalidAnswer("second_choice_missing", "second")
        child = find_option(option["options"], second)
        if not child:
            raise InvalidAnswer("unknown_option", "second")
        return [option["value"], child["value"]]

    def _parent_of(self, question, second):
        """Return the first choice that alone has the second; "" if there is a doubt.

        Without JavaScript one list shows all the second choices, grouped.
        """
        found = [
            option["value"]
            for option in question.get("options") or ()
            if find_option(option["options"], second)
        ]
        if len(found) != 1:
            raise InvalidAnswer("unknown_option", "first")
        return found[0]

    def _write(self, question, value):
        return dict(zip(self.parts, value, strict=True))

    def _text(self, question, value, locale):
        first = find_option(question.get("options"), value[0])
        if not first:
            return " – ".join(value)
        second = find_option(first["options"], value[1])
        return f"{first['label']} – {second['label'] if second else value[1]}"

    def _inputs(self, question):
        options = question.get("options") or ()
        groups = [
            {
                "value": option["value"],
                "label": option["label"],
                "options": [
                    {key: child[key] for key in ("value", "label")}
                    for child in option["options"]
                ],
            }
            for option in options
        ]
        firsts = [{key: group[key] for key in ("value", "label")} for group in groups]
        labels = question.get("labels") or ("", "")
        return [
            {
                "part": "first",
                "widget": "select",
                "label": labels[0],
                "options": firsts,
            },
            {
                "part": "second",
                "widget": "select",
                "label": labels[1],
                "groups": groups,
            },
        ]


class Ranking(Options):
    """Be all the options in an order: a list, or the rank of each typed beside it."""

    code = "ranking"
    attributes = {"options": are_options}

    def _read(self, question, raw, context):
        values = [option["value"] for option in question.get("options") or ()]
        ranks = {value: typed(raw, value) for value in values}
        order = ticked(raw) or self._order(ranks)
        if not order:
            return None
        order = [self._option(question, value) for value in order]
        if len(set(order)) != len(values):
            raise InvalidAnswer("ranking_incomplete", count=str(len(values)))
        return list(dict.fromkeys(order))

    def _order(self, ranks):
        given = {value: rank for value, rank in ranks.items() if rank}
        incomplete = InvalidAnswer("ranking_incomplete", count=str(len(ranks)))
        seen = {}
        for value, rank in given.items():
            if not (rank.isascii() and rank.isdigit() and len(rank) < 4):
                raise incomplete
            if not 1 <= int(rank) <= len(ranks):
                raise incomplete
            if int(rank) in seen:
                raise InvalidAnswer("ranking_twice", value, rank=str(int(rank)))
            seen[int(rank)] = value
        if given and len(given) < len(ranks):
            raise incomplete
        return [seen[rank] for rank in sorted(seen)]

    def _write(self, question, value):
        return {item: str(rank) for rank, item in enumerate(value, 1)}

    def _text(self, question, value, locale):
        return ", ".join(
            f"{rank}. {self._label(question, item, locale)}"
            for rank, item in enumerate(value, 1)
        )

    def _inputs(self, question):
        listed = self._listed(question)
        ranks = [
            {"value": str(rank), "label": str(rank)}
            for rank in range(1, len(listed) + 1)
        ]
        return [
            {
                "part": option["value"],
                "widget": "select",
                "label": option["label"],
                "options": ranks,
            }
            for option in listed
        ]
