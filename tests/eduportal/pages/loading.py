"""Loading the demo in tests."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from eduportal.pages.demo import story
from eduportal.pages.demo.tables import SMALL, Size


@contextmanager
def loaded(today: dt.date, size: Size = SMALL) -> Iterator[None]:
    """The demo of a day, gone again afterwards. Small unless a test is about the whole."""
    with transaction.atomic():
        story.load(today, lambda line: None, size)
        yield
        transaction.set_rollback(True)


def load_demo(*arguments: str) -> list[str]:
    """What the command prints."""
    out = io.StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue().splitlines()


def row_counts() -> dict[str, int]:
    """Rows of all our tables."""
    ours = {"trail", "accounts", "schools", "directives", "targets", "reports"}
    models = [model for model in apps.get_models() if model._meta.app_label in ours]
    return {model._meta.label: model._base_manager.count() for model in models}
