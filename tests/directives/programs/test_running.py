"""Programs are bounded, and do not see our environment."""

import sys

import pytest

from directives.programs.running import run
from directives.reading import UnreadableFile


def python(code: str, folder, *, seconds: int = 20, megabytes: int = 500) -> bytes:
    return run([sys.executable, "-c", code], folder=folder, seconds=seconds, megabytes=megabytes)


def test_what_it_prints_comes_back(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    code = "import os; print(os.getcwd(), os.environ['HOME'], os.environ.get('SECRET_KEY'))"
    assert python(code, tmp_path).decode().split() == [str(tmp_path), str(tmp_path), "None"]


@pytest.mark.parametrize(
    ("code", "bounds", "refused"),
    [
        ("raise SystemExit(3)", {}, "broken"),
        ("bytearray(900 << 20)", {}, "broken"),
        ("import time; time.sleep(60)", {"seconds": 1}, "too_slow"),
    ],
    ids=["fails", "takes too much memory", "takes too long"],
)
def test_what_goes_wrong(tmp_path, code, bounds, refused):
    with pytest.raises(UnreadableFile) as refusal:
        python(code, tmp_path, **bounds)
    assert refusal.value.code == refused


def test_its_children_end_with_it(tmp_path):
    child = "import time; time.sleep(5); open('left', 'w')"
    code = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    with pytest.raises(UnreadableFile):
        python(code, tmp_path, seconds=1)
    assert list(tmp_path.iterdir()) == []
