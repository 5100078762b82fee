"""The texts of the demo under `documents/`, with their blanks filled in."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

TEXTS = Path(__file__).parent / "documents"


def written(name: str, days: Mapping[str, dt.date], /, **words: object) -> str:
    printed = {blank: f"{day:%d/%m/%Y}" for blank, day in days.items()}
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").format(**printed, **words)
