"""Values that a citizen may give, drawn at random but always the same for a seed.

Only the rules are imported: unit tests use this module without Odoo.
"""

import math
from datetime import timedelta
from decimal import Decimal

from ..rules import conditions, types, values
from .answer_people import SimpleDraw, siret

WORDS = (
    *("maison", "jardin", "école", "chemin", "travaux", "clôture", "fête", "façade"),
    *("arbre", "trottoir", "salle", "livraison", "réunion", "œuvre", "été", "dossier"),
)


class Draw(SimpleDraw):
    """Draw right values of questions.

    :param rng: ``random.Random``
    :param context: of ``rules.types``
    :param hints: path of a question -> leaves of the conditions that read it: what
        stands just before and just after their limits is drawn often
    """

    def __init__(self, rng, context, hints):
        self.rng, self.context, self.hints = rng, context, hints

    def value(self, question, path, known, options=None):
        """Return a value of ``question``, or None when none is possible.

        :param path: of the hints: its code
        :param known: the answers so far
        :param options: those that are shown
        """
        return getattr(self, f"_{question['type']}")(
            question, path, {"known": known, "options": options}
        )

    def _near(self, path, known, low, high, spread):
        """Return what stands around the limits of the conditions on ``path``."""
        found = []
        for leaf in self.hints.get(path, ()):
            if "other" in leaf:
                limits = [
                    conditions.lookup(leaf[key], known)
                    for key in ("q", "other")
                    if leaf[key] != path
                ]
            elif leaf["op"] in conditions.AGES:
                limits = [self._birthday(leaf["value"])]
            else:
                limits = leaf.get("value")
                limits = limits if isinstance(limits, list) else [limits]
                limits = [conditions.operand(one, self.context.today) for one in limits]
            for limit in limits:
                found += spread(limit)
        return [one for one in found if low <= one <= high]

    def _birthday(self, age):
        day = values.shift(self.context.today, years=-age)
        return day and day.isoformat()

    def _pick(self, near, drawn):
        return self.rng.choice(near) if near and self.rng.random() < 0.6 else drawn

    # === TEXTS === #

    def _sentence(self, least, most):
        text = self.rng.choice(WORDS).capitalize()
        while len(text) < least or (self.rng.random() < 0.7 and len(text) < 40):
            text += " " + self.rng.choice(WORDS)
        return text[:most].strip() or "A"

    def _read(self, leaf, key, known):
        one = leaf.get(key)
        return one if key == "value" else conditions.lookup(one, known)

    def _text(self, question, path, more):
        least = question.get("min_length") or 1
        most = question.get("max_length") or 255
        match question.get("format"):
            case "digits":
                size = self.rng.randint(least, min(most, 6))
                return "".join(self.rng.choices("123456789", k=size))
            case "letters":
                return self.rng.choice(("Dupont", "Le Goff"))[:most].strip()
            case "regex":
                # The only pattern that we know how to write: an hour.
                return f"{self.rng.randint(0, 23):02}:{self.rng.randint(0, 59):02}"
        wanted = [
            one
            for leaf in self.hints.get(path, ())
            for key in ("value", "q", "other")
            if isinstance(one := self._read(leaf, key, more["known"]), str)
            if least <= len(one) <= most
        ]
        return self._pick(wanted, self._sentence(least, most))

    def _long_text(self, question, path, _more):
        least, most = question.get("min_length") or 1, question.get("max_length")
        text = self._sentence(least, most or 5000)
        return text if most and most < 90 else f"{text}.\nDeuxième ligne : « {text} »."

    def _certified(self, question, path, _more):
        return True

    # === NUMBERS === #

    def _number(self, question, path, known, step):
        low = Decimal(str(question.get("min", 0)))
        high = Decimal(str(question.get("max", max(low, 0) + 200_000)))
        near = self._near(
            path,
            known,
            low,
            high,
            lambda limit: (
                [Decimal(str(limit)) + delta for delta in (-step, 0, step)]
                if values.number(limit) is not None
                else []
            ),
        )
        near += [low, high] if self.rng.random() < 0.1 else []
        return self._pick(near, low + step * self._far(int((high - low) / step)))

    def _far(self, most):
        """Return an integer up to ``most``: small ones as often as large ones."""
        return int(math.exp(self.rng.uniform(0, math.log(most + 1)))) - 1

    def _integer(self, question, path, more):
        return int(self._number(question, path, more["known"], Decimal(1)))

    def _decimal(self, question, path, more):
        step = Decimal(10) ** -question.get("digits", 2)
        text = f"{self._number(question, path, more['known'], step):f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"

    def _amount(self, question, path, more):
        number = self._number(question, path, more["known"], Decimal("0.5"))
        return f"{number:.2f}"

    # === DAYS === #

    def _day(self, question, path, known):
        today = self.context.today
        low, high = (
            types.bound_day(bound, today) if bound else None
            for bound in (question.get("min"), question.get("max"))
        )
        if low is None:
            low = (high or today) - timedelta(days=365 * 90)
        if high is None:
            high = max(low, today) + timedelta(days=400)

        def spread(limit):
            limit = values.day(limit)
            return [limit + timedelta(days=n) for n in (-1, 0, 1)] if limit else []

        near = self._near(path, known, low, high, spread)
        for value in known.values():
            start = values.day(value)
            if start and low <= start <= high:
                after = start + timedelta(days=self._far(60))
                near.append(min(after, high))
        near += [low, high] if self.rng.random() < 0.1 else []
        days = (high - low).days
        if high <= today:
            drawn = high - timedelta(days=self._far(days))
        else:
            drawn = low + timedelta(days=self.rng.randint(0, days))
        return self._pick(near, drawn)

    def _date(self, question, path, more):
        return self._day(question, path, more["known"]).isoformat()

    def _datetime(self, question, path, more):
        day = self._day(question, path, more["known"])
        return f"{day}T{self.rng.randint(8, 20):02}:{self.rng.choice(('00', '30'))}"

    def _time_range(self, question, path, _more):
        low = int((question.get("min") or "07:00")[:2]) * 60
        high = int((question.get("max") or "21:00")[:2]) * 60
        start = self.rng.randrange(low, high - 30, 30)
        end = self.rng.randrange(start + 30, high + 1, 30)
        return {
            "start": f"{start // 60:02}:{start % 60:02}",
            "end": f"{end // 60:02}:{end % 60:02}",
        }

    # === CHOICES === #

    def _yes_no(self, question, path, _more):
        return self.rng.random() < 0.5

    def _other(self):
        return {"other": self._sentence(3, 60)}

    def _choice(self, question, path, more):
        pool = list(more["options"])
        if question.get("other"):
            pool.append(self._other())
        return self.rng.choice(pool) if pool else None

    def _choices(self, question, path, more):
        shown = more["options"]
        least = max(question.get("min") or 0, 1)
        most = min(question.get("max") or len(shown), len(shown), least + 2)
        if most < least:
            return None
        chosen = self.rng.sample(shown, self.rng.randint(least, most))
        chosen = [value for value in shown if value in chosen]
        room = len(chosen) < (question.get("max") or len(chosen) + 1)
        if question.get("other") and room and self.rng.random() < 0.3:
            chosen.append(self._other())
        return chosen

    def _linked_choice(self, question, path, more):
        return list(self.rng.choice(more["options"])) if more["options"] else None

    def _ranking(self, question, path, _more):
        listed = [option["value"] for option in question["options"]]
        return self.rng.sample(listed, len(listed))

    # === PEOPLE, TABLES === #

    def _birth(self, path, known):
        bounds = {"min": "1945-01-01", "max": self.context.today.isoformat()}
        return self._day(bounds, f"{path}.birth_date", known).isoformat()

    def _identity(self, question, path, more):
        kinds = question.get("kinds") or ["person", "company", "association"]
        kind = self.rng.choice(kinds)
        if kind == "person":
            value = {"kind": kind} | self._person()
            if question.get("ask_birth_date"):
                value["birth_date"] = self._birth(path, more["known"])
            return value
        value = {"kind": kind, "organization": f"Société {self._sentence(3, 30)}"}
        if question.get("number_required") or self.rng.random() < 0.5:
            value["siret"] = siret()
        return value

    def _member(self, question, path, more):
        roles = [option["value"] for option in question.get("roles") or ()]
        value = {"role": self.rng.choice(roles)} if roles else {}
        value |= self._person()
        if question.get("ask_birth_date", True):
            value["birth_date"] = self._birth(path, more["known"])
        return value

    def _table(self, question, path, more):
        least = max(question.get("min") or 0, 1)
        most = min(question.get("max") or 20, least + 2)
        rows = [
            {
                column["code"]: self.value(
                    column,
                    column["code"],
                    more["known"],
                    [option["value"] for option in column.get("options") or ()],
                )
                for column in question["columns"]
            }
            for _row in range(self.rng.randint(least, most))
        ]
        return self.balanced(question["columns"], rows, more["known"])

    def balanced(self, items, rows, known):
        """Give the rows, one time in two, the total of rows above: a balanced budget.

        :param items: the questions of the block, or of the table
        """
        mine = next((i["code"] for i in items if i.get("type") == "amount"), None)
        totals = [
            sum((Decimal(cell) for row in value for cell in _amounts(row)), Decimal(0))
            for value in known.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if not (mine and rows and any(totals)) or self.rng.random() < 0.5:
            return rows
        total = self.rng.choice([total for total in totals if total])
        share = (total / len(rows)).quantize(Decimal("0.01"))
        for row in rows:
            row[mine] = f"{share:.2f}"
        rows[-1][mine] = f"{total - share * (len(rows) - 1):.2f}"
        return rows


def _amounts(row):
    for cell in row.values():
        if isinstance(cell, str) and "." in cell and values.number(cell) is not None:
            yield cell
