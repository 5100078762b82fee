"""Every code that can turn up has its words."""

import re
from pathlib import Path

import pytest

import directives
import directives.reading
from directives import wording
from directives.models import Directive, HaltKind, Task
from directives.queries.readiness import Notice
from directives.reading.model import WARNING_WORDS

READER = Path(directives.reading.__file__).parent
ROOT = Path(directives.__file__).parent.parent


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("II.3", "II.3"),
        ("3~2", "3 (2)"),
        ("III.2.a.b1", "III.2.a –1"),
        ("I.3.b3.p1", "I.3 –3 +1"),
        ("b2", "–2"),
    ],
)
def test_numbers_are_as_people_read_them(path, number):
    assert wording.item_number(path) == number


def test_the_readers_warnings_have_words():
    # A document marked as a secret is refused before anybody could look at it.
    assert set(WARNING_WORDS) - set(wording.DOUBTS) == {"secrecy"}


def test_files_that_are_refused_have_words():
    codes = set(re.findall(r'UnreadableFile\("(\w+)"', (READER / "decode.py").read_text(encoding="utf-8")))
    assert codes <= set(wording.REFUSED_FILES)
    assert wording.refused_file("something new") == wording.refused_file("binary")


def test_a_doubt_from_elsewhere_sends_to_the_original():
    assert wording.explain_doubt("something_new") == str(wording.UNNAMED_DOUBT)


def test_words_of_the_document_may_hold_percent_signs():
    assert "98% (a)" in wording.explain_doubt("parts_disagree", "98% (a)")


def test_notices_name_their_item(settings):
    settings.LANGUAGE_CODE = "en"
    task = Task(path="II.2~2", text="Báo cáo")
    assert wording.explain(Notice("addressee_missing", task=task)).startswith("Item II.2 (2) has nobody")
    assert wording.item_name(Task(path="", text="Báo cáo")) == "“Báo cáo…”"


@pytest.mark.parametrize(
    ("values", "turn"),
    [
        ({"state": "draft"}, "check what was read"),
        ({"state": "draft", "written_here": True}, "drafting staff writes it"),
        ({"state": "draft", "written_here": True, "return_reason": "a"}, "Sent back"),
        ({"state": "submitted"}, "the leader's turn"),
        ({"state": "approved"}, "the records officer's turn"),
        ({"state": "issued"}, "Issued"),
    ],
)
def test_whose_turn_it_is(values, turn, settings):
    settings.LANGUAGE_CODE = "en"
    assert turn in wording.state_sentence(Directive(**values))


# Recorded about other rows: the histories of documents and assignments never hold them.
ELSEWHERE = {
    "progress",
    "report",
    "briefing",
    "briefing_plan",
    "meeting",
    "month",
    "figures",
    "indicator",
    "office",
    "school",
    "pledge",
    "posting",
    "job",
    "account",
    "token",
    "measure",
    "doubt",
    "due_day",
    "group",
    "question",
    "section",
    "answers",
    "recognition",
    "register",
    "target",
    "sheet",
    "unit",
    "errand",  # of the unit's own
    "evidence",  # until it is sent, nobody else learns that there is any
}
# Of a unit's draft: not in the history that others read.
OF_DRAFTS = {"form.answered"}


def recorded_verbs() -> set[str]:
    """Every verb that some action writes down, as it stands in the source."""
    verbs = set()
    for app in ("accounts", "directives", "eduportal", "reports", "schools", "targets", "trail"):
        for file in (ROOT / app).rglob("*.py"):
            source = file.read_text(encoding="utf-8")
            verbs |= set(re.findall(r'\brecord(?:_[a-z]+)*\(\s*"([a-z_]+\.[a-z_]+)"', source))
            # Changes to the items of a draft are recorded with the step that takes them back.
            verbs |= set(re.findall(r'\bchanging\([\w.]+, "([a-z_]+\.[a-z_]+)"', source))
            for row in re.findall(r'\brecord(?:_[a-z]+)*\(\s*f"([a-z_]+)\.{kind}"', source):
                verbs |= {f"{row}.{kind}" for kind in HaltKind.values if row != "task" or kind != "refused"}
            for alternatives in re.findall(r"\bverb = (.+)", source):
                verbs |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', alternatives))
    return verbs


def test_what_is_written_down_of_documents_and_assignments_has_words_and_nothing_else_has():
    own = {verb for verb in recorded_verbs() if verb.partition(".")[0] not in ELSEWHERE}
    assert own - OF_DRAFTS == set(wording.EVENTS)
