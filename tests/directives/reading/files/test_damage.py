"""Whatever was done to a file: it is read, or refused with a reason; nothing else comes out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.reading import UnreadableFile, text_of_file
from tests.directives.reading.files.builders import drawn, handmade_pdf, plain_pdf, plain_word
from tests.directives.samples import LETTER

FILES = {
    "word": plain_word(LETTER),
    "pdf": plain_pdf(LETTER[:600]),
    "plain pdf": handmade_pdf(drawn("Mot."), drawn("Hai.")),
    "html": f"<html><body><table><tr><td>{LETTER}</td></tr></table></body></html>".encode(),
    "utf-16": LETTER.encode("utf-16"),
}
CODES = {
    "empty", "binary", "encoding", "broken", "bomb", "encrypted", "scan", "unmapped", "picture", "old_office",
    "old_word", "too_many_pages", "too_slow", "too_long",
}  # fmt: skip
changes = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=8)


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=changes, kept=st.floats(0.3, 1))
def test_a_damaged_file_is_read_or_refused_with_a_reason(data, changes, kept):
    damaged = bytearray(data[: int(len(data) * kept)])
    for place, put in changes:
        at = int(place * len(damaged))
        damaged[at : at + len(put)] = put
    outcome = outcome_of(bytes(damaged))
    assert outcome in CODES or outcome == "read"


def outcome_of(data: bytes) -> str:
    try:
        return "read" if text_of_file(data).text.strip() else "nothing"
    except UnreadableFile as refusal:
        return refusal.code
