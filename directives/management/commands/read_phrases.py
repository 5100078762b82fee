"""`manage.py read_phrases --json`: what the reader finds in single phrases."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directives.reading.phrases import frame_of, read_phrase


class Command(BaseCommand):
    """Reads [{"id", "phrase", "context"}] from standard input; needs no database."""

    help = "Read single phrases (JSON on standard input) and print what was found as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON (the only form there is)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = json.load(sys.stdin)
            if not isinstance(asked, list):
                raise TypeError(type(asked).__name__)
            read = [
                {"id": one["id"]} | read_phrase(one["phrase"], frame_of(one.get("context") or {})).as_dict()
                for one in asked
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"Not a list of phrases in JSON: {error!r}") from error
        self.stdout.write(json.dumps(read, ensure_ascii=False, indent=1))
