"""What is wrong with a document before it is issued: codes and the text concerned, no words for a screen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, TypeGuard

from directives.writing import words
from directives.writing.document import Basis, Block, Item, OfficialDocument

Code = Literal[
    "number_missing",
    "date_missing",
    "place_missing",
    "subject_missing",
    "body_missing",
    "signer_missing",
    "signer_with_academic_title",
    "addressees_missing",
    "kind_unknown",
    "symbol_malformed",
    "symbol_not_of_kind",
    "date_before_basis",
    "list_item_unended",
    "list_unclosed",
    "item_out_of_order",
]

_DATE_IN_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_DATE_IN_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_SYMBOL = re.compile(r"[^\s/-]+(-[^\s/-]+)*")
_ACADEMIC = re.compile(r"((PGS|GS|TS|ThS|CN|NGƯT|NGND)\b\.?\s*)+", re.IGNORECASE)
_ITEM_ENDS = tuple(".;:!?…”)")
_LIST_LEVEL = 3


@dataclass(frozen=True)
class Fault:
    """One thing to put right; `detail` is the text in question, as it stands in the document."""

    code: Code
    detail: str = ""


def check(document: OfficialDocument) -> list[Fault]:
    """All faults, in the order of the page. A draft may still lack its number and date."""
    return [
        *_faults_of_head(document),
        *_missing_parts(document),
        *_faults_of_bases(document),
        *_faults_of_lists(document.body),
        *_faults_of_order(document.body),
        *_faults_of_signature(document),
    ]


def _faults_of_head(document: OfficialDocument) -> Iterator[Fault]:
    if not document.draft and not document.number:
        yield Fault("number_missing")
    if not document.draft and document.issued_on is None:
        yield Fault("date_missing")
    if not document.place:
        yield Fault("place_missing")
    if not _SYMBOL.fullmatch(document.symbol):
        yield Fault("symbol_malformed", document.symbol)
    if document.is_letter:
        return
    abbreviation = words.abbreviation_of(document.kind)
    if abbreviation is None:
        yield Fault("kind_unknown", document.kind)
    elif document.symbol.split("-")[0] != abbreviation:
        yield Fault("symbol_not_of_kind", document.symbol)


def _missing_parts(document: OfficialDocument) -> Iterator[Fault]:
    if not document.subject:
        yield Fault("subject_missing")
    if document.is_letter and not document.addressees:
        yield Fault("addressees_missing")
    if not document.body:
        yield Fault("body_missing")


def dates_in(text: str) -> list[date]:
    """The dates that a text names in words or in figures; what is no day of the calendar is left out."""
    found = []
    for pattern in (_DATE_IN_WORDS, _DATE_IN_FIGURES):
        for day, month, year in pattern.findall(text):
            try:
                found.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
    return found


def _faults_of_bases(document: OfficialDocument) -> Iterator[Fault]:
    """A document cannot rest on what came after it."""
    issued_on = document.issued_on
    if issued_on is None:
        return
    for block in document.blocks:
        if isinstance(block, Basis) and any(day > issued_on for day in dates_in(block.text)):
            yield Fault("date_before_basis", block.text)


def _faults_of_lists(body: Sequence[Block]) -> Iterator[Fault]:
    """Every entry of a list ends with a mark, and the last one closes it; printing closes the body itself."""
    for block, after in pairwise(body):
        if not _is_entry(block):
            continue
        if not block.text.endswith(_ITEM_ENDS):
            yield Fault("list_item_unended", block.text)
        elif block.text.endswith(";") and not _is_entry(after):
            yield Fault("list_unclosed", block.text)


def _is_entry(block: Block) -> TypeGuard[Item]:
    return isinstance(block, Item) and block.level >= _LIST_LEVEL and not block.title


def _faults_of_order(body: Sequence[Block]) -> Iterator[Fault]:
    """Numbers and letters run on without gap or repetition; beneath a new item they begin again."""
    last: dict[int, int] = {}
    for block in body:
        if not isinstance(block, Item):
            continue
        last = {level: number for level, number in last.items() if level <= block.level}
        ordinal = words.ordinal_of(block.number)
        if ordinal is None:
            continue
        if ordinal != last.get(block.level, 0) + 1:
            yield Fault("item_out_of_order", f"{words.marked(block.number)} {block.title or block.text}")
        last[block.level] = ordinal


def _faults_of_signature(document: OfficialDocument) -> Iterator[Fault]:
    signature = document.signature
    if not signature.title or not signature.name:
        yield Fault("signer_missing")
    if _ACADEMIC.match(signature.name):
        yield Fault("signer_with_academic_title", signature.name)
