"""Writes the corpus in the form of the shared scorer: FOLDER/documents and FOLDER/gold."""

import json
import sys
from pathlib import Path
from typing import Any

from tests.directives.reading.corpus import HELD_OUT, LEARNING, Sample, names


def recipients(lines: list[str]) -> list[dict[str, str | None]]:
    parts = [line.partition(" | ") for line in lines]
    return [{"raw": name, "note": note or None} for name, _, note in parts]


def header(gold: dict[str, Any]) -> dict[str, Any]:
    said = gold["header"]
    day, month = said.get("issued_on"), said.get("issued_month") or (said.get("issued_on") or "")[:7]
    date = {"iso": day or None, "year": int(month[:4]), "month": int(month[5:7])} if month else {}
    return said | {
        "number": said.get("number") or None,
        "date": date,
        "recipients": recipients(said["recipients"]),
    }


def style(path: str) -> str:
    last = path.rpartition(".")[2]
    bullet = {"b": "dash", "p": "plus"}.get(last[0]) if last[1:].isdigit() else None
    return bullet or "number"


def gold_of(sample: Sample) -> dict[str, Any]:
    outline = [
        {"path": path, "head": sample.head(path), "num_style": style(path)} for path in sample.gold["outline"]
    ]
    references = [
        {
            "number": number,
            "symbol": symbol,
            "date": date or None,
            "span": sample.place(words),
            "uncertain": number == "",
        }
        for words, number, symbol, date, *_ in sample.items("references")
    ]
    deadlines = []
    for path, words, role, start, end in sample.items("deadlines"):
        roles = role.split("|")
        deadlines.append(
            {
                "task": path,
                "raw": words,
                "role": roles[0],
                "start": start or None,
                "end": end or None,
                "span": sample.place(words, path),
                "uncertain": bool({"deadline", "schedule"} & set(roles))
                and not {"deadline", "schedule"} >= set(roles),
            }
        )
    targets = []
    for path, words, comparator, value, unit, *most in sample.items("targets"):
        first, *others = comparator.split("|")
        targets.append(
            {
                "task": path,
                "raw": words,
                "comparator": first,
                "comparator_also": others,
                "value": value,
                "value_max": most[0] if most else None,
                "unit": unit,
                "span": sample.place(words, path),
            }
        )
    for path, words in sample.items("optional"):
        span = sample.place(words, path)
        targets.append(
            {
                "task": path,
                "raw": words,
                "role": "optional",
                "comparator": "",
                "value": None,
                "unit": "",
                "span": span,
            }
        )
        deadlines.append({"task": path, "raw": words, "role": "period", "span": span})
    assignments = [
        {"task": path, "raw": words, "role": role, "span": sample.place(words, path)}
        for path, words, role in sample.items("assignments")
    ]
    return {
        "header": header(sample.gold),
        "references": references,
        "outline": outline,
        "deadlines": deadlines,
        "targets": targets,
        "assignments": assignments,
        "results": [{"raw": words, "span": sample.place(words)} for words in sample.gold["results"]],
        "distractors": [],
        "time_mentions": [],
    }


def main(folder: Path, chosen: list[str]) -> None:
    for part in ("gold", "documents"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name in chosen:
        sample = Sample(name)
        (folder / "documents" / f"{name}.txt").write_text(sample.text, encoding="utf-8")
        (folder / "gold" / f"{name}.json").write_text(json.dumps(gold_of(sample), ensure_ascii=False))


if __name__ == "__main__":
    kinds = {"learning": list(LEARNING), "held-out": list(HELD_OUT)}
    main(Path(sys.argv[1]), kinds.get(sys.argv[2], []) if len(sys.argv) > 2 else names())
