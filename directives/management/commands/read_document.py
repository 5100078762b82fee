"""`manage.py read_document FILE --json`: what the reader finds in one document."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directives.reading import Context, UnreadableFile, as_written, decode, read_document
from directives.wording import refused_file


class Command(BaseCommand):
    """Prints the reading of a text file; stores nothing and needs no database."""

    help = "Read one document (a text file) and print what was found as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON (the only form there is)")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            data = file.read_bytes()
            text = as_written(data, decode(data, filename=file.name))
        except OSError as error:
            raise CommandError(str(error)) from error
        except UnreadableFile as error:
            raise CommandError(refused_file(error.code, error.place)) from error
        context = Context(today=timezone.localdate(), before_is_inclusive=settings.BEFORE_DAY_IS_INCLUSIVE)
        reading = read_document(text, context=context)
        self.stdout.write(json.dumps(reading.as_dict(), ensure_ascii=False, indent=1))
