"""Running a program on a file that somebody sent: bounded in time and memory, without our environment."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from signal import SIGKILL

from directives.reading import UnreadableFile


def run(command: Sequence[str], *, folder: Path, seconds: int, megabytes: int) -> bytes:
    """What the program prints. `folder` is its home and where it works; its children end with it.

    Raises UnreadableFile: too_slow when its time is up, broken when it says that it failed.
    """
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        # One page at a time, one thread a page: the portal shares the machine.
        "OMP_THREAD_LIMIT": "1",
    }
    with subprocess.Popen(
        [*bounds(seconds, megabytes), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            printed, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, SIGKILL)
            raise UnreadableFile("too_slow") from None
    if process.returncode:
        raise UnreadableFile("broken")
    return printed


def bounds(seconds: int, megabytes: int) -> list[str]:
    """The words before a command that keep it within memory and time of the processor, on Linux."""
    if not shutil.which("prlimit"):
        return []
    return ["prlimit", f"--as={megabytes << 20}", f"--cpu={seconds}", "--core=0", "--"]
