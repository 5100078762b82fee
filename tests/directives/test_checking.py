"""The check code: made, written, typed again."""

from hypothesis import given
from hypothesis import strategies as st

from directives.checking import ALPHABET, LENGTH, grouped, new_code, typed_code

CODES = st.text(st.sampled_from(ALPHABET), min_size=LENGTH, max_size=LENGTH)


def test_a_new_code_is_one():
    made = {new_code() for _ in range(50)}
    assert len(made) == 50
    assert all(typed_code(code) == code for code in made)


@given(CODES)
def test_a_code_is_read_as_it_stands_on_paper(code):
    assert typed_code(grouped(code)) == typed_code(f" {grouped(code).lower()} ".replace("-", " ")) == code


@given(st.text(max_size=20))
def test_what_is_no_code_is_none(text):
    code = typed_code(text)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(ALPHABET))


def test_look_alikes_are_in_no_code():
    assert not set("ILO01") & set(ALPHABET)
