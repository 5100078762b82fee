"""Whole documents of every kind against what a careful clerk reads in them: none missed, none invented."""

import datetime
import functools

import pytest

from directives.reading import Reading, read_document

from .corpus import HELD_OUT, LEARNING, names, sample

ALL = sorted((*LEARNING, *HELD_OUT))
SETTING = ("deadline", "schedule")


@functools.cache
def reading_of(name: str) -> Reading:
    return read_document(sample(name).text)


def key(number: str | None, symbol: str | None) -> tuple[str, str]:
    return (number or "").lstrip("0"), (symbol or "").upper().replace("&", "")


def shares(span: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether two stretches share half of the shorter one, and the first is none of a whole paragraph."""
    shared = min(span[1], place[1]) - max(span[0], place[0])
    lengths = (span[1] - span[0], place[1] - place[0])
    return shared * 2 >= min(lengths) and lengths[0] <= 3 * lengths[1] + 40


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def test_every_document_is_of_one_of_the_two_kinds():
    assert names() == ALL


@pytest.mark.parametrize("name", ALL)
def test_header(name):
    header, said = reading_of(name).header, sample(name).gold["header"]
    assert header.doc_type == said["doc_type"]
    assert (header.number or "", header.symbol, header.place) == (
        said["number"],
        said["symbol"],
        said["place"],
    )
    assert header.issued_on == day(said.get("issued_on", ""))
    assert header.issued_month == (said.get("issued_month") or said["issued_on"][:7])
    assert header.subject == said["subject"]
    assert list(header.addressees) == said["addressees"]
    notes = [f"{one.name} | {one.note}" if one.note else one.name for one in header.recipients]
    assert notes == said["recipients"]
    signer = {
        "authority": list(header.signer.authority),
        "title": header.signer.title,
        "name": header.signer.name,
    }
    assert signer == said["signer"]
    assert header.urgency == said.get("urgency")


@pytest.mark.parametrize("name", ALL)
def test_outline(name):
    gold = sample(name)
    heads = {item.path: item.head for item in reading_of(name).outline}
    assert list(heads) == list(gold.gold["outline"])
    for path, head in heads.items():
        assert gold.composed(gold.head(path)).startswith(gold.composed(head)[:40])


@pytest.mark.parametrize("name", ALL)
def test_references(name):
    read = {
        (*key(one.number, one.symbol), one.date, one.is_basis)
        for one in reading_of(name).references
        if one.number
    }
    issuers = {key(one.number, one.symbol): one.issuer for one in reading_of(name).references}
    gold = sample(name).items("references")
    assert read == {(*key(number, symbol), day(date), basis) for _, number, symbol, date, _, basis in gold}
    for _, number, symbol, _, issuer, _ in gold:
        assert not issuer or sample(name).composed(issuers[key(number, symbol)] or "") == issuer


@pytest.mark.parametrize("name", ALL)
def test_times(name):
    """Each time that is told, with its days; no day is set that is not told."""
    gold = sample(name)
    read = list(reading_of(name).deadlines)
    for path, words, role, start, end in gold.items("deadlines"):
        place = gold.place(words, path)
        found = [one for one in read if one.path == path and shares(one.span, place)]
        assert [(one.role in role.split("|"), one.end) for one in found] == [(True, day(end))], words
        assert found[0].start == day(start)
        read.remove(found[0])
    optional = [gold.place(words, path) for path, words in gold.items("optional")]
    extra = [
        one for one in read if one.role in SETTING and not any(shares(one.span, place) for place in optional)
    ]
    assert [one.raw for one in extra] == []


@pytest.mark.parametrize("name", ALL)
def test_targets(name):
    gold = sample(name)
    read = list(reading_of(name).targets)
    for path, words, comparator, value, unit, *most in gold.items("targets"):
        place = gold.place(words, path)
        found = [one for one in read if one.path == path and shares(one.span, place) and one.value == value]
        assert len(found) == 1, words
        [target] = found
        assert target.comparator in comparator.split("|"), words
        assert target.value_max == (most[0] if most else None)
        assert unit.lower().startswith(target.unit) or target.unit.startswith(unit.lower())
        read.remove(target)
    optional = [gold.place(words, path) for path, words in gold.items("optional")]
    assert [one.raw for one in read if not any(shares(one.span, place) for place in optional)] == []


@pytest.mark.parametrize("name", ALL)
def test_whoever_must_act_is_found(name):
    gold = sample(name)
    for path, words, role in gold.items("assignments"):
        place = gold.place(words, path)
        roles = {
            "do": ("do", "lead", "subject"),
            "lead": ("lead", "do"),
            "support": ("support",),
        }[role]
        found = [
            one
            for one in reading_of(name).assignments
            if one.path == path and shares(one.span, place) and one.role in roles
        ]
        assert found, words


@pytest.mark.parametrize("name", ALL)
def test_results_and_mentions_set_nothing(name):
    gold, reading = sample(name), reading_of(name)
    real = [
        gold.place(words, path) for kind in ("targets", "deadlines") for path, words, *_ in gold.items(kind)
    ]
    false = [gold.place(words) for words in gold.gold["results"]]
    read = [*reading.targets, *(one for one in reading.deadlines if one.role in SETTING)]
    fallen = [
        one.raw
        for one in read
        if any(shares(one.span, place) for place in false)
        and not any(shares(one.span, place) for place in real)
    ]
    assert fallen == []
