"""The site and its ticker in one foreground process: the whole portal where there is no broker."""

import ctypes
import fcntl
import ipaddress
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from gunicorn.app.base import BaseApplication

SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
# Of Linux's prctl: the signal at the parent's death, and the name that `ps` and `top` show.
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15


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
        in_use = mark_data_in_use()
        listener = listen(bind, port)
        children: dict[str, BaseProcess] = {}
        try:
            children["site"] = start("site", Site(listener).run)
            stop = stop_on_signals()
            address = f"http://{bind}:{listener.getsockname()[1]}/"
            wait_until_it_answers(address, children, stop)
            # Only now, so that the first visitor does not wait for the ticker's first round.
            children["ticker"] = start("ticker", lambda: call_command("ticker"))
            if not stop.is_set():
                self.stdout.write(f"\n{address}\n{closing.read_text() if closing else ''}")
                self.stdout.flush()
            while not stop.wait(0.5):
                refuse_to_limp(children)
        finally:
            stop_all(children)
            listener.close()
            os.close(in_use)


class Site(BaseApplication):
    """Gunicorn on a socket that is open already. One process: SQLite has one writer anyway."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"fd://{self.listener.fileno()}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": 8,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # Loaded here, in the site's process: what it leaves out of collections is that process's own.
        from eduportal.wsgi import application

        return application


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
        reason = os.strerror(error.errno or 0)
        raise CommandError(f"Cannot listen on {bind}:{port}: {reason}. Choose another with --port.") from None


def start(name: str, work: Callable[[], Any]) -> BaseProcess:
    """Fork, so that what is imported already is not imported again: a start takes a third of the time."""

    def run() -> None:
        os.setpgid(0, 0)  # Ctrl-C comes to the parent alone, which stops its children in order
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if sys.platform == "linux":
            prctl = ctypes.CDLL(None).prctl
            prctl(PR_SET_NAME, f"portal-{name}".encode())
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # also when the parent is killed outright
        work()

    process = multiprocessing.get_context("fork").Process(target=run, name=name)
    process.start()
    return process


def stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def wait_until_it_answers(address: str, children: Mapping[str, BaseProcess], stop: threading.Event) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    problem = "it did not answer"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not stop.wait(0.1):
        refuse_to_limp(children)
        try:
            with direct.open(f"{address}readyz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            problem = f"/readyz answered {error.code}"
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise CommandError(f"The site is not well after {SECONDS_TO_START} seconds: {problem}.")


def refuse_to_limp(children: Mapping[str, BaseProcess]) -> None:
    """A site without background work, or the other way round, would look well and not be: end both."""
    for name, process in children.items():
        if not process.is_alive():
            raise CommandError(
                f"The {name} ended by itself (exit code {process.exitcode}); everything is stopped."
            )


def stop_all(children: Mapping[str, BaseProcess]) -> None:
    for process in children.values():
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in children.values():
        process.join(max(0.1, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
