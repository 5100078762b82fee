"""What a reviewer looks at first."""

from hypothesis import given
from hypothesis import strategies as st

from reports.risk import Grade, Risk

few = st.integers(0, 3)
risks = st.builds(
    Risk,
    serious=few,
    jumps=few,
    others=few,
    unexplained=few,
    comments=few,
    is_late=st.booleans(),
    is_correction=st.booleans(),
    was_returned=st.booleans(),
)


def test_grades():
    assert Risk().grade == Grade.NOTHING
    assert Risk(jumps=1).grade == Grade.EXPLAINED
    assert Risk(jumps=1, unexplained=1).grade == Risk(is_late=True).grade == Grade.LOOK
    assert Risk(is_correction=True).grade == Risk(was_returned=True).grade == Grade.LOOK
    assert Risk(comments=1).grade == Grade.LOOK
    assert Risk(serious=1).grade == Grade.SERIOUS


def test_being_late_alone_hinders_nothing():
    assert Risk(is_late=True).is_clear


@given(risks)
def test_what_is_clear_has_nothing_that_a_person_must_read(risk):
    speaks = [risk.serious, risk.jumps, risk.others, risk.comments, risk.is_correction, risk.was_returned]
    assert risk.is_clear is not any(speaks)
    assert not risk.is_clear or risk.grade == Grade.NOTHING or risk.is_late or risk.unexplained
    assert (risk.grade == Grade.SERIOUS) is (risk.serious > 0)
