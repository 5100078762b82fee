"""Which program reads what, where it is installed."""

from dataclasses import replace

import pytest

from directives.programs import readers
from directives.programs.readers import LIBREOFFICE, TESSERACT, reader_for


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize(
    ("code", "reader"),
    [
        ("scan", TESSERACT),
        ("picture", TESSERACT),
        ("unmapped", TESSERACT),
        ("old_word", LIBREOFFICE),
        ("broken", None),
    ],
)
def test_a_program_counts_only_where_it_is_installed(monkeypatch, code, reader, is_there):
    installed = {key: replace(one, is_installed=lambda: is_there) for key, one in readers.READERS.items()}
    monkeypatch.setattr(readers, "READERS", installed)
    found = reader_for(code)
    assert (found and found.name) == (reader.name if reader and is_there else None)
