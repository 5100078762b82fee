"""What becomes of a document later; the trail stays."""

import datetime as dt

import pytest

from directives import rules
from directives.actions.drafting import Arrival, draft_directive
from directives.actions.ending import bring_back, change_issued, discard_draft
from directives.actions.halting import refuse, turn_down_refusal
from directives.actions.issuing import issue_directive
from directives.actions.progress import report_progress, send_back
from directives.models import Assignment, Directive, DirectiveLink
from directives.queries import standing_counts
from directives.standing import Standing
from eduportal.base.errors import EditConflict, Refused
from tests.conftest import TODAY
from tests.directives.samples import LETTER
from tests.factories import DirectiveFactory
from trail.models import AuditEvent

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)


@pytest.fixture
def newer(cast, province) -> Directive:
    text = LETTER.replace("215/", "230/")
    return draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)


@pytest.fixture
def change(cast, issued_letter):
    def do(kind: str, newer: Directive | None = None, **values) -> DirectiveLink:
        given = {"older": issued_letter, "version": issued_letter.version}
        given |= {"by": cast.leader, "reason": "Trùng nội dung"}
        return change_issued(kind=kind, newer=newer, **(given | values))

    return do


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Assignment.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


class TestChange:
    def test_withdrawing_cancels_what_is_open_and_keeps_what_is_done(self, cast, issued_letter, change):
        own = Assignment.objects.filter(unit=cast.principal.unit).first()
        done = {"percent": 100, "note": "Xong", "claims_done": True, "by": cast.principal, "now": NOON}
        report_progress(assignment=own, version=own.version, **done)
        change("withdraws")
        assert states() == {"done": 1, "cancelled": 9}
        assert Directive.objects.get().ended == "withdrawn"
        event = AuditEvent.objects.get(verb="directive.withdrawn")
        assert event.data == {"item": "", "reason": "Trùng nội dung", "cancelled": 9}
        counts = standing_counts(Assignment.objects.all(), TODAY)
        assert (counts[Standing.CANCELLED], sum(counts.values())) == (9, 10)

    def test_replacing_waits_for_the_newer_one(self, cast, issued_letter, newer, change):
        link = change("replaces", newer)
        assert (link.effective_at, states()) == (None, {"open": 10})
        issue_directive(directive=newer, version=newer.version, by=cast.staff, today=TODAY)
        assert states() == {"cancelled": 10, "open": 10}
        assert Directive.objects.get(pk=issued_letter.pk).ended == "replaced"
        assert DirectiveLink.objects.get().effective_at is not None

    def test_amending_leaves_the_work_running(self, cast, issued_letter, newer, change):
        issue_directive(directive=newer, version=newer.version, by=cast.staff, today=TODAY)
        assert change("amends", newer).effective_at is not None
        assert (states(), Directive.objects.get(pk=issued_letter.pk).ended) == ({"open": 20}, "")

    def test_a_newer_one_issued_a_moment_before_takes_effect_at_once(
        self, cast, issued_letter, newer, change
    ):
        """The form was opened while it was a draft."""
        seen = Directive.objects.get(pk=newer.pk)
        issue_directive(directive=newer, version=newer.version, by=cast.staff, today=TODAY)
        assert change("replaces", seen).effective_at is not None
        assert states() == {"cancelled": 10, "open": 10}

    def test_work_of_a_withdrawn_document_does_not_run_again(self, cast, issued_letter, change):
        done, refused = Assignment.objects.filter(unit=cast.principal.unit)[:2]
        report = {"percent": 100, "note": "Xong", "claims_done": True, "by": cast.principal, "now": NOON}
        report_progress(assignment=done, version=done.version, **report)
        refuse(assignment=refused, version=refused.version, reason="Không có lớp này", by=cast.principal)
        change("withdraws")
        done, refused = (Assignment.objects.get(pk=one.pk) for one in (done, refused))
        assert not rules.may_send_back(cast.staff, done)
        with pytest.raises(Refused, match="không còn hiệu lực"):
            send_back(assignment=done, reason="Thiếu biên bản", by=cast.staff)
        with pytest.raises(Refused, match="không còn hiệu lực"):
            turn_down_refusal(assignment=refused, version=refused.version, reason="Có lớp", by=cast.staff)
        assert states() == {"done": 1, "refused": 1, "cancelled": 8}

    def test_a_second_click_changes_nothing(self, issued_letter, change):
        change("withdraws")
        with pytest.raises(EditConflict):
            change("withdraws", version=issued_letter.version - 1)
        issued_letter.refresh_from_db()
        with pytest.raises(Refused):
            change("withdraws", version=issued_letter.version)
        assert DirectiveLink.objects.count() == 1

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_without_a_reason_nothing_is_done(self, change, reason):
        with pytest.raises(Refused):
            change("withdraws", reason=reason)
        assert states() == {"open": 10}

    def test_two_that_do_not_fit(self, cast, change, issued_letter, newer, province):
        foreign = DirectiveFactory(office=province.foreign_department, issued=True)
        wrong = [("replaces", None), ("withdraws", newer), ("amends", issued_letter), ("replaces", foreign)]
        for kind, other in wrong:
            issued_letter.refresh_from_db()
            with pytest.raises(Refused):
                change(kind, other)
        assert (states(), DirectiveLink.objects.count()) == ({"open": 10}, 0)

    def test_a_draft_is_changed_by_hand_not_by_another(self, cast, newer, letter):
        with pytest.raises(Refused):
            change_issued(older=newer, version=1, kind="withdraws", newer=None, reason="x", by=cast.leader)


class TestDraft:
    def test_thrown_away_and_brought_back(self, cast, letter):
        discard_draft(directive=letter, version=1, by=cast.staff)
        assert not Directive.objects.kept().exists()
        bring_back(directive=letter, version=2, by=cast.staff)
        assert Directive.objects.kept().get().state == "draft"
        events = AuditEvent.objects.about(letter).values_list("verb", flat=True)
        assert list(events)[:2] == ["directive.brought_back", "directive.discarded"]

    def test_what_was_issued_is_never_thrown_away(self, cast, issued_letter):
        with pytest.raises(Refused):
            discard_draft(directive=issued_letter, version=issued_letter.version, by=cast.staff)
        assert Directive.objects.get().is_issued

    def test_nor_what_stands_in_the_register(self, cast, province):
        given = {"office": province.department, "text": LETTER, "by": cast.registrar, "today": TODAY}
        arrived = draft_directive(**given, direction="incoming", arrival=Arrival("UBND tỉnh", TODAY))
        with pytest.raises(Refused):
            discard_draft(directive=arrived, version=1, by=cast.staff)
        assert Directive.objects.get().is_draft

    def test_whoever_comes_second_is_told(self, cast, letter):
        discard_draft(directive=letter, version=1, by=cast.staff)
        with pytest.raises(EditConflict):
            discard_draft(directive=letter, version=1, by=cast.staff)
        with pytest.raises(Refused):
            bring_back(directive=DirectiveFactory(office=letter.office), version=1, by=cast.staff)
