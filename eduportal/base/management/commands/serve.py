"""The site and its ticker in one foreground process: the whole portal where there is no broker."""

import ctypes
import fcntl
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
SITE = "The site"
TICKER = "The ticker"
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl


class Command(BaseCommand):
    help = "Serve the portal and do its background work until told to stop."
    requires_system_checks: list[str] = []  # migrate and the tests run them: a start should be quick

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="0 takes any free port")
        parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--closing", type=Path, help="a file whose lines are printed below the address")

    def handle(self, *args: Any, port: int, bind: str, closing: Path | None, **options: Any) -> None:
        if settings.EMBEDDED and not is_loopback(bind):
            raise CommandError(
                f"An embedded portal answers on this machine only, not on {bind}. "
                "Set EDUPORTAL_MODE=production to serve others."
            )
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.set())
        in_use = mark_data_in_use()
        listener = listen(bind, port)
        children = {SITE: start_site(listener), TICKER: start_ticker()}
        try:
            address = f"http://{bind}:{listener.getsockname()[1]}/"
            wait_until_it_answers(address, children, stop)
            if not stop.is_set():
                self.stdout.write(f"\n{address}\n{closing.read_text() if closing else ''}")
                self.stdout.flush()
            while not stop.wait(0.5):
                refuse_to_limp(children)
        finally:
            stop_all(children)
            listener.close()
            os.close(in_use)


def is_loopback(bind: str) -> bool:
    if bind == "localhost":
        return True
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return False


def mark_data_in_use() -> int:
    """Hold the data folder shared, so that nobody removes it under a running portal."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(settings.DATA_DIR, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def listen(bind: str, port: int) -> socket.socket:
    """Take the port before anything starts: one in use is told at once, and early visitors wait in line."""
    try:
        return socket.create_server((bind, port), backlog=512)
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {bind}:{port}: {os.strerror(error.errno or 0)}. Choose another with --port."
        ) from None


def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a child in its own process group: Ctrl-C comes here first, and we stop both in order."""
    return subprocess.Popen(  # noqa: S603 - our own programs
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=end_with_parent,
        **options,
    )


def end_with_parent() -> None:
    """On Linux a child is told to stop even when this process is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def start_site(listener: socket.socket) -> subprocess.Popen[bytes]:
    gunicorn = [
        "-m", "gunicorn", "eduportal.wsgi", "--bind", f"fd://{listener.fileno()}",
        "--worker-class", "gthread", "--workers", "1", "--threads", "8",
        "--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    return start(gunicorn, pass_fds=[listener.fileno()])


def start_ticker() -> subprocess.Popen[bytes]:
    return start([str(settings.BASE_DIR / "manage.py"), "ticker"])


def wait_until_it_answers(
    address: str, children: dict[str, subprocess.Popen[bytes]], stop: threading.Event
) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    problem = "it did not answer"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not stop.wait(0.1):
        refuse_to_limp(children)
        try:
            with direct.open(f"{address}healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            problem = f"/healthz answered {error.code}"
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise CommandError(f"{SITE} is not well after {SECONDS_TO_START} seconds: {problem}.")


def refuse_to_limp(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """A site without background work, or the other way round, would look well and not be: end both."""
    for name, process in children.items():
        if process.poll() is not None:
            raise CommandError(
                f"{name} ended by itself (exit code {process.returncode}); everything is stopped."
            )


def stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in children.values():
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in children.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
