"""What a reading is made of: plain frozen values, free of wording for people.

A span is ``(start, end)`` in characters of the text handed in; ``raw`` is the text of the span with
its whitespace folded. Days are :class:`datetime.date`. What the document leaves blank is ``None``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

Span = tuple[int, int]

PREAMBLE = "preamble"
CLOSING = "closing"

# The wording of the JSON form only; a user interface words the codes in its own languages.
WARNING_WORDS = {
    "number_blank": "the document's number is left blank",
    "number_missing": "the document carries no number and symbol",
    "date_incomplete": "the document's date is incomplete",
    "date_missing": "the document carries no date",
    "type_unknown": "the kind of document was not recognised",
    "no_items": "no numbered items were found",
    "number_out_of_sequence": "a number breaks the sequence of its list",
    "reference_malformed": "the number of a cited document is not formed as usual",
    "irregular_school_year": "a school year does not span two consecutive years",
    "invalid_date": "a date does not exist",
    "year_unknown": "a date without a year, in a document without a date",
    "deadline_in_past": "a deadline lies before the document's own date",
    "parts_disagree": "a share and the counts beside it disagree",
    "decimal_point": "a number is written with a decimal point",
    "annex_not_read": "what follows the signature was not read",
    "not_read_to_the_end": "the text is too long and was read in part",
    "slip_mended": "what cannot be meant was read as what is",
    "secrecy": "the document is marked as a state secret",
}


@dataclass(frozen=True)
class Warning:
    """Something a person must look at: a code, where it is (None: the whole document), and details."""

    code: str
    span: Span | None = None
    args: Mapping[str, Any] = field(default_factory=dict)

    def wording(self) -> str:
        """Plain English for the JSON form."""
        words = WARNING_WORDS.get(self.code, self.code.replace("_", " "))
        details = ", ".join(f"{name} {value}" for name, value in self.args.items())
        place = f" at {self.span[0]}-{self.span[1]}" if self.span else ""
        return f"{self.code}: {words}{f' ({details})' if details else ''}{place}"


@dataclass(frozen=True)
class Evidence:
    """Where a field of the header was read, by which rule, and how sure that is."""

    field: str
    span: Span
    rule: str
    confidence: float


@dataclass(frozen=True)
class Recipient:
    """One line of "Nơi nhận": a name and what it is sent for ("b/c")."""

    name: str
    note: str | None = None


@dataclass(frozen=True)
class Signer:
    """Who signs: ``authority`` is the chain of abbreviations ("TM.", "KT.") as printed."""

    authority: tuple[str, ...] = ()
    title: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Header:
    """What stands around the body: the fields of Nghị định 30/2020/NĐ-CP, as printed."""

    doc_type: str = "other"
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    issued_on: datetime.date | None = None
    issued_month: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signer: Signer = Signer()
    secrecy: str | None = None
    urgency: str | None = None
    # Where it was read is no part of what was read.
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Reference:
    """A document that the text cites. ``symbol`` is without the year, which stands in ``year``.

    ``issuer`` is as printed, or told by the symbol of a central authority; ``is_basis`` says that the
    document at hand is founded on it ("Căn cứ …", "Thực hiện …" before the first item).
    """

    kind: str | None
    number: str | None
    symbol: str | None
    date: datetime.date | None
    raw: str
    span: Span
    year: int | None = None
    issuer: str | None = None
    is_basis: bool = False
    rule: str = ""
    confidence: float = 0.95


@dataclass(frozen=True)
class Item:
    """One item of the outline; ``text`` is its own, without its sub-items, a line for each paragraph."""

    path: str
    style: str
    number: str
    head: str
    text: str
    span: Span
    parent_path: str | None
    is_heading: bool
    is_task: bool
    doubts: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Recurrence:
    """How often: ``times`` (at least, if ``at_least``) in ``every`` so many ``per``, on that day of it.

    ``per`` is day, week, month, quarter, term, year or school_year.
    """

    per: str
    times: int | None = None
    at_least: bool = False
    day: int | None = None
    month: int | None = None
    every: int = 1


@dataclass(frozen=True)
class Deadline:
    """A time the text sets. ``end`` is the last day still in time, ``nominal`` the day as printed."""

    path: str
    raw: str
    role: str
    start: datetime.date | None
    end: datetime.date | None
    nominal: datetime.date | None
    span: Span
    rule: str
    confidence: float
    end_time: str | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True)
class Target:
    """A figure to be reached. ``value_max`` is set for ranges; ``unit`` is "%" or the noun counted.

    ``levels`` are whose target it is (preschool … continuing), ``scope`` the words that narrow it, ``within``
    the span of the target that it is a part of, ``baseline`` what it is measured against, as printed;
    ``part`` of ``whole`` are the counts told beside a share ("11/14 xã").
    """

    path: str
    raw: str
    comparator: str
    value: float
    value_max: float | None
    unit: str
    span: Span
    rule: str = ""
    confidence: float = 0.9
    levels: tuple[str, ...] = ()
    scope: str | None = None
    within: Span | None = None
    baseline: str | None = None
    cumulative: bool = False
    part: int | None = None
    whole: int | None = None

    def within_target(self, span: Span) -> Target:
        """The same as a part of the target whose words stand at ``span``."""
        return replace(self, within=span)


@dataclass(frozen=True)
class Assignee:
    """Who must act. ``kind`` and ``level`` say what the words can be resolved to, None when unclear.

    Kinds: all_schools, level, named (schools), office, department (of an office or a school), cluster,
    person.
    """

    path: str
    raw: str
    role: str
    span: Span
    kind: str | None = None
    level: str | None = None
    rule: str = ""
    confidence: float = 0.8


@dataclass(frozen=True)
class Product:
    """What is to be handed in: ``kind`` (report, list, plan, …), to whom and by when, as far as is told."""

    path: str
    raw: str
    kind: str
    span: Span
    recipient: str | None = None
    due: datetime.date | None = None
    due_raw: str | None = None
    rule: str = ""
    confidence: float = 0.8


@dataclass(frozen=True)
class Reading:
    """Everything read in one document, each list in the order of the text."""

    header: Header
    references: tuple[Reference, ...] = ()
    outline: tuple[Item, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    assignments: tuple[Assignee, ...] = ()
    products: tuple[Product, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @property
    def tasks(self) -> Iterator[Item]:
        """The items to be tracked as tasks."""
        return (item for item in self.outline if item.is_task)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form: spans as lists, days as ISO strings, warnings in plain English."""
        form = {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "warnings"}
        return form | {"warnings": [warning.wording() for warning in self.warnings]}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
