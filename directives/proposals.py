"""From what was read to what staff are asked to confirm: items with a deadline and addressees. Pure.

Every item of the outline becomes a proposal, so that nothing read is lost; only work is proposed to be
tracked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from directives.naming import UNIT, NamedUnit, Who, resolve
from directives.reading import Assignee, Deadline, Item, Reading
from eduportal.base.text import search_key

LEAD, SUPPORT = "lead", "support"
# The reader's roles. Those to whom something is done ("hướng dẫn trường …") are concerned, but do not lead.
ROLES = {"lead": LEAD, "do": LEAD, "support": SUPPORT, "subject": SUPPORT}
# Codes of doubts that this module adds to the reader's own.
NOBODY_NAMED, UNKNOWN_UNIT, NAME_NEAR = "nobody_named", "unknown_unit", "name_near"
UNSURE, SURE_FROM = "unsure", 0.6
ALREADY_TRACKED, SEVERAL_DEADLINES = "already_tracked", "several_deadlines"
# A task quoted with its document, as briefings write it: theo văn bản số 07/TB-SGDĐT ngày 05/02/2026: “…”.
_QUOTED = re.compile(r"văn bản số (?P<number>\S+)(?: ngày [\d/]+)?: [“\"](?P<words>[^”\"]+)")
# How a briefing reminds of work that its units have: a task quoted, or many listed by document.
_REMINDS = re.compile(r"nhiệm vụ đã giao [^“:]*theo (?:văn bản số|các văn bản:) ")
_LISTED = re.compile(r"văn bản số (?P<number>\S+)(?: ngày [\d/]+)? \(\d+ nhiệm vụ\)")
# Fewer words may stand in many a task.
_FEWEST_WORDS = 4
# Said by the reader of an item alone; here the document's addressees count as well.
SETTLED_HERE = frozenset({"no_assignee"})
CLOSING = "closing"
# Names for what is decided here and not by a rule of the reader.
ITEM_IS_WORK, ADDRESSED_TO = "is_task", "addressed_to"
# What the columns hold; longer words stay whole in the text and in the reading.
PATH_LENGTH, RAW_LENGTH = 60, 200


@dataclass(frozen=True)
class Doubt:
    """Something to look at: a code that directives.wording puts into words, and the words concerned."""

    code: str
    text: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True)
class ProposedAddressee:
    """Whom an item is proposed for, the words that name them, and the rule that found those."""

    who: Who
    role: str
    raw: str = ""
    rule: str = field(default="", compare=False)
    span: tuple[int, int] | None = field(default=None, compare=False)

    def as_read(self) -> dict[str, Any]:
        return {
            "role": self.role,
            "kind": self.who.kind,
            "level": self.who.level,
            "unit": self.who.unit,
            "raw": self.raw,
            "rule": self.rule,
            "span": self.span and list(self.span),
        }


@dataclass(frozen=True)
class Proposal:
    """One item of the document as it is put before a person."""

    path: str
    parent_path: str | None
    text: str
    span: tuple[int, int]
    is_tracked: bool
    deadline: dt.date | None = None
    deadline_raw: str = ""
    addressees: tuple[ProposedAddressee, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    rule: str = ""
    work_rule: str = ITEM_IS_WORK
    deadline_rule: str = ""
    deadline_span: tuple[int, int] | None = None
    product: str = ""
    product_rule: str = ""
    product_span: tuple[int, int] | None = None

    def as_read(self) -> dict[str, Any]:
        """What is kept beside the task, so that what a person makes of it can be told from it."""
        return {
            "path": self.path,
            "span": list(self.span),
            "rule": self.rule,
            "is_tracked": self.is_tracked,
            "work_rule": self.work_rule,
            "deadline": self.deadline.isoformat() if self.deadline else "",
            "deadline_raw": self.deadline_raw,
            "deadline_rule": self.deadline_rule,
            "deadline_span": self.deadline_span and list(self.deadline_span),
            "product": self.product,
            "product_rule": self.product_rule,
            "product_span": self.product_span and list(self.product_span),
            "who": [one.as_read() for one in self.addressees],
        }


@dataclass(frozen=True)
class TrackedTask:
    """A task of an issued document of the same office, whose units are at work on it."""

    number: str
    path: str
    text: str

    @property
    def name(self) -> str:
        """How the doubt calls it: "07/TB-SGDĐT, II.3"."""
        return f"{self.number}, {self.path}" if self.path else self.number


@dataclass(frozen=True)
class Named:
    """Whom one place in the document names, by role, and what is doubtful about it."""

    addressees: tuple[ProposedAddressee, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    names_lead: bool = False


def propose(
    reading: Reading, units: Sequence[NamedUnit], issuer: int, tracked: Sequence[TrackedTask] = ()
) -> list[Proposal]:
    """Proposals for all items, in the order of the text.

    Whom an item names counts first, then whom the headings above it name, then those the document is
    addressed to. Where nobody is named or can be made out, the issuing office is proposed and marked. An item
    that quotes one of the `tracked` tasks is proposed not to be tracked again.
    """
    parents = {item.path: item.parent_path for item in reading.outline}
    named = {
        path: _named([a for a in reading.assignments if a.path == path], units, issuer)
        for path in {assignee.path for assignee in reading.assignments}
    }
    general = _general(reading, named, units, issuer)
    times = _by_path(reading.deadlines)
    proposals = [
        _proposal(
            item,
            [named[path] for path in _branch(item.path, parents) if path in named],
            general,
            issuer,
            times,
            parents,
        )
        for item in reading.outline
    ]
    products = _products(reading)
    return [unless_tracked(_with_product(one, products), tracked) for one in proposals]


def _products(reading: Reading) -> dict[str, Any]:
    """The first thing to be handed in that each item names."""
    found: dict[str, Any] = {}
    for product in reading.products:
        found.setdefault(product.path[:PATH_LENGTH], product)
    return found


def _with_product(proposal: Proposal, products: Mapping[str, Any]) -> Proposal:
    product = products.get(proposal.path)
    if product is None or not proposal.is_tracked:
        return proposal
    rule = rule_of(product, "product")
    words = product.raw[:RAW_LENGTH]
    return replace(proposal, product=words, product_rule=rule, product_span=product.span)


def quoted_documents(reading: Reading) -> set[str]:
    """The numbers of documents of which an item quotes words, or lists the tasks."""
    return {
        found["number"]
        for item in reading.outline
        for named in (_QUOTED, _LISTED)
        for found in named.finditer(item.text)
    }


def unless_tracked(proposal: Proposal, tracked: Sequence[TrackedTask]) -> Proposal:
    """Not to be tracked twice: whoever must act and until when stays, should a person decide otherwise.

    The portal's own reminder is sure to be one; of another's words a person is told.
    """
    if not proposal.is_tracked:
        return proposal
    repeated = repeated_task(proposal.text, tracked)
    if only_lists(proposal.text, tracked) or (repeated and _REMINDS.search(proposal.text)):
        return replace(proposal, is_tracked=False, doubts=())
    if repeated is None:
        return proposal
    doubts = (Doubt(ALREADY_TRACKED, repeated.name),)
    return replace(proposal, is_tracked=False, doubts=doubts, work_rule=ALREADY_TRACKED)


def only_lists(text: str, tracked: Sequence[TrackedTask]) -> bool:
    """Whether a text reminds of the tasks of documents, all of which are tracked here."""
    numbers = {found["number"] for found in _LISTED.finditer(text)}
    return bool(numbers and _REMINDS.search(text)) and numbers <= {task.number for task in tracked}


def repeated_task(text: str, tracked: Sequence[TrackedTask]) -> TrackedTask | None:
    """The task that a text quotes by its document's number and its words, whole or their beginning."""
    for found in _QUOTED.finditer(text):
        words = _compared(found["words"].rstrip("….; "))
        if len(words.split()) < _FEWEST_WORDS:
            continue
        for task in tracked:
            if task.number == found["number"] and _compared(task.text).startswith(words):
                return task
    return None


def _compared(text: str) -> str:
    return search_key(text).rstrip(" .;")


def kept_within(proposal: Proposal, issuer: int) -> Proposal:
    """A proposal of an internal document: schools are not given anything, the issuing office is proposed."""
    named = tuple(one for one in proposal.addressees if one.who.kind == UNIT)
    if named == proposal.addressees:
        return proposal
    if any(one.role == LEAD for one in named):
        return replace(proposal, addressees=named)
    lead = ProposedAddressee(Who(UNIT, unit=issuer), LEAD, rule=NOBODY_NAMED)
    others = tuple(one for one in named if one.who != lead.who)
    return replace(proposal, addressees=(lead, *others), doubts=(*proposal.doubts, Doubt(NOBODY_NAMED)))


def proposal_of_nobody(words: str, issuer: int) -> Proposal:
    """Work of which nothing could be read: the issuing office's, to be looked at."""
    lead = ProposedAddressee(Who(UNIT, unit=issuer), LEAD, rule=NOBODY_NAMED)
    return Proposal("", None, words, (0, 0), True, addressees=(lead,), doubts=(Doubt(NOBODY_NAMED),))


def _branch(path: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """An item and what it stands under, nearest first."""
    branch = []
    while path is not None:
        branch.append(path)
        path = parents.get(path)
    return branch


def _by_path(deadlines: Iterable[Deadline]) -> dict[str, list[Deadline]]:
    found: dict[str, list[Deadline]] = {}
    for deadline in deadlines:
        found.setdefault(deadline.path, []).append(deadline)
    return found


def _named(assignees: Sequence[Assignee], units: Sequence[NamedUnit], issuer: int) -> Named:
    addressees: list[ProposedAddressee] = []
    doubts: list[Doubt] = []
    names_lead = False
    acting = [assignee for assignee in assignees if not _only_receives(assignee)]
    for (raw, role), assignee in _said_once(acting).items():
        names_lead = names_lead or role == LEAD
        resolution = resolve(raw, units, issuer)
        known = {one.who for one in addressees}
        addressees += [
            ProposedAddressee(who, role, raw, rule_of(assignee, assignee.role), assignee.span)
            for who in resolution.found
            if who not in known
        ]
        doubts += [Doubt(UNKNOWN_UNIT, words) for words in resolution.unknown]
        doubts += [Doubt(NAME_NEAR, words) for words in resolution.near]
    return Named(tuple(addressees), tuple(dict.fromkeys(doubts)), names_lead)


def _said_once(assignees: Iterable[Assignee]) -> dict[tuple[str, str], Assignee]:
    """The first of those who are named in the same words in the same role."""
    found: dict[tuple[str, str], Assignee] = {}
    for assignee in assignees:
        found.setdefault((assignee.raw, ROLES.get(assignee.role, SUPPORT)), assignee)
    return found


def rule_of(finding: Any, otherwise: str) -> str:
    """The reader's name of the rule that made a finding; what kind of finding it is, where it gives none."""
    return finding.rule or otherwise


def _only_receives(assignee: Assignee) -> bool:
    """An office to which a result is sent or submitted ("gửi UBND xã", "trình Sở") is not given the work."""
    return assignee.role == "subject" and assignee.kind in ("office", "department")


def _general(reading: Reading, named: Mapping[str, Named], units: Sequence[NamedUnit], issuer: int) -> Named:
    """Whom the document as a whole turns to: "Kính gửi", or its last sentence."""
    words = ", ".join(reading.header.addressees)
    sent_to = resolve(words, units, issuer)
    if sent_to.found:
        doubts = [Doubt(UNKNOWN_UNIT, name) for name in sent_to.unknown]
        doubts += [Doubt(NAME_NEAR, name) for name in sent_to.near]
        found = [ProposedAddressee(who, LEAD, words, ADDRESSED_TO) for who in sent_to.found]
        return Named(tuple(found), tuple(doubts))
    asked = named.get(CLOSING, Named())
    others = [one for one in asked.addressees if one.role == LEAD and one.who != Who(UNIT, unit=issuer)]
    return Named(tuple(others))


def _proposal(
    item: Item,
    named: Sequence[Named],
    general: Named,
    issuer: int,
    times: Mapping[str, Sequence[Deadline]],
    parents: Mapping[str, str | None],
) -> Proposal:
    doubts = [Doubt(code) for code in item.doubts if code not in SETTLED_HERE]
    above = item.parent_path[:PATH_LENGTH] if item.parent_path else None
    rule = item.style
    proposal = Proposal(item.path[:PATH_LENGTH], above, item.text, item.span, item.is_task, rule=rule)
    if not item.is_task:
        return replace(proposal, doubts=tuple(doubts))
    addressees, who_doubts = _addressees(named, general, issuer)
    deadline, late_doubts = _deadline(item.path, times, parents)
    doubts = [doubt for doubt in doubts if doubt.code != SEVERAL_DEADLINES]
    return replace(
        proposal,
        addressees=tuple(replace(one, raw=one.raw[:RAW_LENGTH]) for one in addressees),
        deadline=deadline.end if deadline else None,
        deadline_raw=deadline.raw[:RAW_LENGTH] if deadline else "",
        deadline_rule=rule_of(deadline, "deadline") if deadline else "",
        deadline_span=deadline.span if deadline else None,
        doubts=(*doubts, *late_doubts, *_unsure(deadline), *who_doubts),
    )


def _addressees(
    named: Sequence[Named], general: Named, issuer: int
) -> tuple[tuple[ProposedAddressee, ...], tuple[Doubt, ...]]:
    """The nearest who lead and the nearest who support, with the doubts of the places that were used."""
    leading = next((place for place in named if place.names_lead), None)
    supporting = next(
        (place for place in named if any(one.role == SUPPORT for one in place.addressees)), None
    )
    lead = [one for one in (leading or general).addressees if one.role == LEAD]
    doubts = [
        doubt
        for place in dict.fromkeys([*named[:1], leading or general, supporting])
        if place
        for doubt in place.doubts
    ]
    if not lead:
        lead = [ProposedAddressee(Who(UNIT, unit=issuer), LEAD, rule=NOBODY_NAMED)]
        if leading is None:
            doubts.append(Doubt(NOBODY_NAMED))
    taken = {one.who for one in lead}
    support = [
        one
        for one in (supporting.addressees if supporting else ())
        if one.role == SUPPORT and one.who not in taken
    ]
    return (*lead, *support), tuple(dict.fromkeys(doubts))


def _deadline(
    path: str, times: Mapping[str, Sequence[Deadline]], parents: Mapping[str, str | None]
) -> tuple[Deadline | None, tuple[Doubt, ...]]:
    """The item's own deadline, the earliest of several; else the day it is set for; else a heading's.

    A heading such as "NHIỆM VỤ THÁNG 12" gives its items the end of that month.
    """
    own = [time for time in times.get(path, ()) if time.end is not None]
    for role in ("deadline", "schedule"):
        fitting = sorted((time for time in own if time.role == role), key=_last_day)
        if len({time.end for time in fitting}) > 1:
            return fitting[0], (Doubt(SEVERAL_DEADLINES, "; ".join(time.raw for time in fitting)),)
        if fitting:
            return fitting[0], ()
    for above in _branch(parents.get(path), parents):
        general = [time for time in times.get(above, ()) if time.end and time.role in ("deadline", "period")]
        if general:
            return min(general, key=_last_day), ()
    return None, ()


def _unsure(time: Deadline | None) -> tuple[Doubt, ...]:
    """What the reader itself is not sure of is looked at by a person."""
    return (Doubt(UNSURE, time.raw),) if time and time.confidence < SURE_FROM else ()


def _last_day(time: Deadline) -> dt.date:
    return time.end or dt.date.max
