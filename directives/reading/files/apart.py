"""Reading a PDF in a process of its own, within bounds of memory and time.

PDFium is C, and one call reads a whole page: a small file made for it takes gigabytes or minutes there, or
ends the process. Then that process ends and not the one that answers people.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from signal import SIGABRT, SIGILL, SIGKILL, SIGTRAP, SIGXCPU
from typing import Any

from ..decode import UnreadableFile
from ..model import Warning
from .extracted import Extracted
from .pdf import LONGEST, text_of_pdf

# A file of 20 MB with 150 pages of print needs a third of it.
MOST_MEMORY = 1 << 30
# The reader looks at the clock between pages; this is for the page on which it does not come back.
LONGEST_WAIT = LONGEST + 10
# How PDFium ends when it is given no more memory; the last is the system's own way.
OUT_OF_MEMORY = (SIGABRT, SIGILL, SIGTRAP, SIGKILL)
ROOT = Path(__file__).resolve().parents[3]
# The bound on memory is one for each of these, too.
ONE_AT_A_TIME = threading.Lock()


def text_of_pdf_apart(data: bytes) -> Extracted:
    """As `text_of_pdf`. Raises UnreadableFile, also bomb, too_slow or broken where the process was ended."""
    with ONE_AT_A_TIME:
        try:
            done = subprocess.run(
                [sys.executable, "-m", __name__],
                input=data,
                capture_output=True,
                timeout=LONGEST_WAIT,
                cwd=ROOT,
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableFile("too_slow") from None
    if done.returncode:
        raise UnreadableFile(ended_by(-done.returncode))
    return from_plain(json.loads(done.stdout))


def ended_by(signal: int) -> str:
    if signal in OUT_OF_MEMORY:
        return "bomb"
    return "too_slow" if signal == SIGXCPU else "broken"


def from_plain(said: dict[str, Any]) -> Extracted:
    if "code" in said:
        raise UnreadableFile(said["code"], place=said["place"], read=said["read"])
    warnings = tuple(Warning(code, None, args) for code, args in said["warnings"])
    return Extracted(said["text"], warnings, said["margins"])


# --- in the process -----------------------------------------------------------------------------------------


def main() -> None:
    """Reads a PDF from standard input and prints what came out of it."""
    data = sys.stdin.buffer.read()
    keep_within()
    sys.stdout.write(json.dumps(plain(data)))


def plain(data: bytes) -> dict[str, Any]:
    try:
        found = text_of_pdf(data)
    except UnreadableFile as problem:
        return {"code": problem.code, "place": problem.place, "read": problem.read}
    except MemoryError:
        return {"code": "bomb", "place": {}, "read": ""}
    warnings = [(one.code, dict(one.args)) for one in found.warnings]
    return {"text": found.text, "warnings": warnings, "margins": found.margins}


def keep_within() -> None:
    """Not every system has these bounds; where one is missing, the wait still ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (int(LONGEST_WAIT), int(LONGEST_WAIT) + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main()
