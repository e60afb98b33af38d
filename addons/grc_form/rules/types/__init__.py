"""The types of questions, by code: reading, checking, writing, showing answers."""

from .base import Context, InvalidAnswer, Problem, QuestionType
from .choices import Choice, Choices, YesNo
from .codes import CODES
from .contacts import Address, Email, Phone
from .dates import Day, Instant, TimeRange
from .days import bound_day
from .iban import Iban
from .identifiers import (
    AntsNumber,
    CafNumber,
    Plate,
    Rna,
    Siret,
    TaxReference,
)
from .numbers import Amount, Computed, Decimals, Integer
from .options import OTHER
from .people import Identity, Member
from .places import Commune, Country, Department, Point
from .rankings import LinkedChoice, Ranking
from .tables import Table
from .texts import Certified, LongText, Text

__all__ = [
    "CODES",
    "OTHER",
    "TYPES",
    "Context",
    "InvalidAnswer",
    "Problem",
    "QuestionType",
    "bound_day",
]

TYPES: dict[str, QuestionType] = {
    kind.code: kind
    for kind in (
        Text(),
        LongText(),
        Integer(),
        Decimals(),
        Amount(),
        Day(),
        Instant(),
        TimeRange(),
        YesNo(),
        Choice(),
        Choices(),
        LinkedChoice(),
        Ranking(),
        Email(),
        Phone(),
        Address(),
        Commune(),
        Department(),
        Country(),
        Siret(),
        Rna(),
        Iban(),
        Plate(),
        AntsNumber(),
        CafNumber(),
        TaxReference(),
        Point(),
        Identity(),
        Member(),
        Certified(),
        Computed(),
    )
}
TYPES["table"] = Table(TYPES)
