"""`manage.py reading_report`: how well each rule of the reader has read, by what people made of it."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directives.models import Lesson
from directives.queries.learning import RuleAccuracy, accuracy_by_rule, confirmed_lessons, last_corrections
from schools.models import Office

MISSED = "(added by people)"
LONGEST_SHOWN = 80


class Command(BaseCommand):
    """Prints a table; changes nothing."""

    help = "Accuracy of the reader by rule, over the documents that were issued."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", metavar="CODE", help="only documents of this office")
        parser.add_argument("--since", metavar="YYYY-MM-DD", type=dt.date.fromisoformat, help="issued since")
        parser.add_argument(
            "--corrections", metavar="N", type=int, default=0, help="print the last N as well"
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        lessons = confirmed_lessons(office_of(options["office"]), options["since"])
        rules = accuracy_by_rule(lessons)
        wrong = last_corrections(lessons, options["corrections"])
        if options["json"]:
            self.stdout.write(as_json(rules, wrong))
            return
        if not rules:
            self.stdout.write("No document has been issued yet of which the reading was kept.")
            return
        for line in table(rules):
            self.stdout.write(line)
        for lesson in wrong:
            self.stdout.write(in_words(lesson))


def office_of(code: str | None) -> Office | None:
    if not code:
        return None
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"There is no office with the code {code}.")
    return office


def table(rules: Iterable[RuleAccuracy]) -> list[str]:
    lines = [f"{'kind':<10} {'rule':<28} {'found':>6} {'right':>6} {'share':>6}"]
    for one in rules:
        name, share = (one.rule, f"{one.share:.2f}") if one.rule else (MISSED, "–")
        lines.append(f"{one.kind:<10} {name:<28} {one.found:>6} {one.right:>6} {share:>6}")
    return lines


def in_words(lesson: Lesson) -> str:
    place = "" if lesson.span_start is None else f" at {lesson.span_start}–{lesson.span_end}"
    read, corrected = (text[:LONGEST_SHOWN] or "nothing" for text in (lesson.read, lesson.corrected))
    rule = lesson.rule or MISSED
    return f"{lesson.directive.full_number}{place}: {lesson.kind}, {rule}: {read} → {corrected}"


def as_json(rules: Iterable[RuleAccuracy], wrong: Iterable[Lesson]) -> str:
    shown = ("kind", "rule", "read", "corrected", "span_start", "span_end", "directive_id")
    return json.dumps(
        {
            "rules": [asdict(one) for one in rules],
            "corrections": [{name: getattr(one, name) for name in shown} for one in wrong],
        },
        ensure_ascii=False,
        indent=1,
    )
