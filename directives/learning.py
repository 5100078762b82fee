"""What the reader can learn from a person: each thing that was read, against what was made of it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

HEAD, ITEM, WORK, DEADLINE, PRODUCT = "head", "item", "work", "deadline", "product"
TARGET = "target"
LEAD, SUPPORT = "lead", "support"
# Codes of doubts by which the reader itself said that a part of the head is blank in the document.
SAID_BLANK = {
    "number": ("number_blank", "number_missing"),
    "issued_on": ("date_incomplete", "date_missing"),
    "kind": ("type_unknown",),
}
# What the reader calls otherwise than the document's row.
HEAD_FIELDS = {"doc_type": "kind"}
TAKEN_OUT, BY_HAND, WORDS = "✕", "+", {True: "task", False: "no task"}


@dataclass(frozen=True)
class Learnt:
    """One thing: which rule read what, where, and what a person made of it."""

    kind: str
    rule: str
    read: str
    corrected: str
    span: tuple[int, int] | None = None

    @property
    def is_right(self) -> bool:
        return self.read == self.corrected


@dataclass(frozen=True)
class ItemNow:
    """An item as a person has settled it; `lead` and `support` in words, as `names` gives them."""

    path: str
    span: tuple[int, int] | None
    is_tracked: bool
    is_removed: bool
    deadline: str
    product: str
    lead: frozenset[str]
    support: frozenset[str]


def of_head(
    read: Mapping[str, str],
    now: Mapping[str, str],
    doubts: Iterable[str],
    evidence: Iterable[Mapping[str, Any]] = (),
) -> Iterator[Learnt]:
    """A lesson for each field of the head, but for those the document itself leaves blank.

    `evidence` says where fields were read and by which rule; without it the field is the rule.
    """
    said = set(doubts)
    found = {HEAD_FIELDS.get(one["field"], one["field"]): one for one in evidence}
    for name, was in read.items():
        is_blank = not was and (not now[name] or said & set(SAID_BLANK.get(name, ())))
        if not is_blank:
            one = found.get(name, {"rule": name, "span": None})
            yield Learnt(HEAD, one["rule"], was, now[name], span_of(one["span"]))


def of_item(read: Mapping[str, Any], now: ItemNow, names: Mapping[str, str]) -> Iterator[Learnt]:
    """Lessons of one item. `read` as Proposal.as_read gives it; without a rule for one that was not found.

    What an item says is judged only where it is work to both: of one that a person did not want tracked,
    nobody has looked at the deadline.
    """
    if "rule" not in read:
        yield Learnt(ITEM, "", "", now.path or BY_HAND, now.span)
        return
    span = span_of(read["span"])
    yield Learnt(ITEM, read["rule"], placed(read["path"], span), settled_place(read, now), span)
    for other in (one for one in read.get("joined", []) if "rule" in one):
        own = span_of(other["span"])
        yield Learnt(ITEM, other["rule"], placed(other["path"], own), settled_place(read, now), own)
    if now.is_removed:
        return
    yield Learnt(WORK, read["work_rule"], WORDS[read["is_tracked"]], WORDS[now.is_tracked], span)
    if now.is_tracked and read["is_tracked"]:
        yield from of_words(DEADLINE, read, now.deadline)
        yield from of_words(PRODUCT, read, now.product)
        yield from of_people(read, now, names)


def of_words(kind: str, read: Mapping[str, Any], now: str) -> Iterator[Learnt]:
    """Of the deadline or the product: `kind` is also its name in what was read."""
    if read[kind] or now:
        span = span_of(read[f"{kind}_span"]) or span_of(read["span"])
        yield Learnt(kind, read[f"{kind}_rule"], read[kind], now, span)


def of_people(read: Mapping[str, Any], now: ItemNow, names: Mapping[str, str]) -> Iterator[Learnt]:
    for role, chosen in ((LEAD, now.lead), (SUPPORT, now.support)):
        proposed = [one for one in read["who"] if one["role"] == role]
        if not proposed and not chosen:
            continue
        rule = proposed[0]["rule"] if proposed else ""
        span = span_of(proposed[0]["span"]) if proposed else None
        keys = [who_key(one["kind"], one["level"], one["unit"]) for one in proposed]
        was = [names.get(key, key) for key in keys]
        yield Learnt(role, rule, joined(was), joined(chosen), span or span_of(read["span"]))


def settled_place(read: Mapping[str, Any], now: ItemNow) -> str:
    """Number and extent as they are now: other ones where it was moved, split or joined with another."""
    return TAKEN_OUT if now.is_removed else placed(now.path, now.span or span_of(read["span"]))


def placed(path: str, span: tuple[int, int] | None) -> str:
    return f"{path} [{span[0]}–{span[1]}]" if span else path


def span_of(kept: Any) -> tuple[int, int] | None:
    return (kept[0], kept[1]) if kept else None


def who_key(kind: str, level: str, unit: int | None) -> str:
    """How an addressee is looked up among names: "all_schools", "level:primary", "unit:12"."""
    return ":".join(filter(None, (kind, level or str(unit or ""))))


def joined(words: Iterable[str]) -> str:
    return "; ".join(sorted(words))
