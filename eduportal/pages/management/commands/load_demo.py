"""Load the fictional province, once; list its accounts."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from eduportal.pages.demo import story
from eduportal.pages.demo.people import PASSWORD
from eduportal.pages.demo.tables import FULL, SMALL


class Command(BaseCommand):
    help = "Loads the demo, a fictional province, unless it is loaded already. Embedded mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="load the demo as of this day instead of today",
        )
        parser.add_argument(
            "--small",
            action="store_true",
            help="load twelve schools and three months instead of the whole province and fourteen",
        )
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="list the demo's accounts, one a line: account ROLE USERNAME PASSWORD",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("The demo is for embedded mode; it is never loaded in production.")
        if options["accounts"]:
            self.list_accounts()
        elif story.is_loaded():
            self.stdout.write("The demo is loaded already; nothing was changed.")
        elif story.holds_other_data():
            raise CommandError("This database holds other data; the demo keeps away from it.")
        else:
            size = SMALL if options["small"] else FULL
            story.load(options["today"] or timezone.localdate(), self.stdout.write, size)
            self.stdout.write(self.style.SUCCESS("The demo is loaded."))

    def list_accounts(self) -> None:
        if not story.is_loaded():
            raise CommandError("The demo is not loaded yet. Load it first: manage.py load_demo")
        for account in story.loaded_size().accounts:
            self.stdout.write(f"account {account.role_word} {account.username} {PASSWORD}")
