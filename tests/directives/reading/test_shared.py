"""The real documents, scored by their own script. They are not part of the project."""

import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[3]
SCORE = ROOT.parent / "shared" / "reading" / "score.py"
AIMS = {
    "header": 0.95,
    "outline": 0.95,
    "bullets": 0.9,
    "references": 0.95,
    "deadlines": 0.85,
    "targets": 0.8,
    "assignments": 0.6,
}


@pytest.mark.shared
@pytest.mark.skipif(
    not SCORE.exists(), reason="the real documents are not beside this checkout (../shared/reading)"
)
def test_the_real_documents():
    command = [sys.executable, str(SCORE), "--quiet", "--", sys.executable, "-m", "directives.reading"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    last = done.stdout.splitlines()[-1]
    scores = {kind: float(score) for kind, score in re.findall(r"(\w+) ([\d.]+)", last) if kind != "traps"}
    assert {kind: scores[kind] >= aim for kind, aim in AIMS.items()} == dict.fromkeys(AIMS, True)
    assert int(re.search(r"traps (\d+)", last)[1]) <= 2
