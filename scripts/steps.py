"""Steps on the terminal: `[2/6] virtual environment … done (31 s)`."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES_SHOWN_OF_A_FAILURE = 40


class Trouble(Exception):
    """Something the person at the terminal has to know; its text says what, and what to do."""


class Step:
    """One step while it runs. `outcome` is what is printed after the dots."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.outcome = "done"
        self.began = time.monotonic()
        self.detail = ""
        self._ended = threading.Event()
        self._live = sys.stdout.isatty()

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        hint: str = "",
    ) -> str:
        """Run a program quietly and return its output; a failure shows the end of it, and the hint."""
        lines: deque[str] = deque(maxlen=2000)
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**(os.environ if env is None else env), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        with process:
            for line in process.stdout or ():
                lines.append(line.rstrip())
                self.detail = lines[-1]
        if process.returncode:
            tail = "\n".join(f"    {line}" for line in list(lines)[-LINES_SHOWN_OF_A_FAILURE:])
            name = " ".join(str(part) for part in command)
            raise Trouble("\n".join(filter(None, [f"`{name}` failed:", tail, hint])))
        return "\n".join(lines)

    def show(self) -> None:
        print(self.label, "… ", end="", flush=True)
        if self._live:
            threading.Thread(target=self._tick, daemon=True).start()

    def end(self, outcome: str) -> None:
        self._ended.set()
        seconds = time.monotonic() - self.began
        took = f" ({seconds:.0f} s)" if seconds >= 1 else ""
        if self._live:
            print(f"\r\033[K{self.label} … {outcome}{took}", flush=True)
        else:
            print(f"{outcome}{took}", flush=True)

    def _tick(self) -> None:
        while not self._ended.wait(1):
            text = f"{self.label} … {time.monotonic() - self.began:.0f} s  {self.detail.strip()}"
            print(f"\r\033[K{text[: shutil.get_terminal_size().columns - 1]}", end="", flush=True)


class Progress:
    """Counts the steps of one command."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        self.number += 1
        step = Step(f"[{self.number}/{self.total}] {name}")
        step.show()
        try:
            yield step
        except BaseException as error:
            step.end("stopped" if isinstance(error, KeyboardInterrupt) else "failed")
            raise
        step.end(step.outcome)


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment without what could point the embedded portal at somebody's real database."""
    ours = ("DATABASE_URL", "REDIS_URL", "EDUPORTAL_MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG")
    return {name: value for name, value in os.environ.items() if name not in ours} | extra
