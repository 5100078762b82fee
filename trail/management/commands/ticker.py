"""Drains due jobs and periodic work where there is no broker."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from trail.jobs import tick_embedded

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run background work in this process, every second, until told to stop (embedded mode)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now and stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            tick_embedded()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                tick_embedded()
            except OperationalError:  # a busy or restarting database is no reason to stop for good
                logger.exception("the database did not answer; trying again")
            stop.wait(1)
