"""What is tested here is how files are read, most of them made to measure."""

import pytest

from directives.reading import files
from directives.reading.files.kinds import FileForm
from directives.reading.files.pdf import text_of_pdf


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """A process for each of hundreds of small files takes long, and does not know the bounds a test sets."""
    monkeypatch.setitem(files.READERS, FileForm.PDF, text_of_pdf)
