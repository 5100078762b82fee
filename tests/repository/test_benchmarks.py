"""The benchmarks: the same data and the same answers on every run, in lines that programs can read."""

import os
import re
import subprocess
import sys

import psycopg2
import pytest

from scripts import benchmarks
from scripts.steps import ROOT, clean_environment
from tests.benchmarks import NAMES
from tests.benchmarks.harness import POSTGRES, USUAL_SERVER, Report, Times, measured

HEAD = ["benchmark", "backend", "size", "seed", "repeats", "machine", "date"]
FIGURE = re.compile(r"[a-z][\w.-]* \d+(\.\d+)?(e[+-]\d+)? \S+")


def report_of(*arguments: str) -> list[str]:
    """The lines of a benchmark run in a process of its own."""
    env = clean_environment(**{POSTGRES: os.environ.get(POSTGRES, USUAL_SERVER)})
    command = [sys.executable, "-m", "tests.benchmarks", *arguments, "--repeats", "1"]
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.fixture(scope="module")
def _postgresql():
    try:
        psycopg2.connect(f"{os.environ.get(POSTGRES, USUAL_SERVER).rstrip('/')}/postgres").close()
    except psycopg2.OperationalError as error:
        pytest.skip(f"no PostgreSQL for the benchmarks: {error}")


def is_well_formed(lines: list[str]) -> bool:
    """A head, figures of the form `name value unit`, and the checksum."""
    head, figures, last = lines[: len(HEAD)], lines[len(HEAD) : -1], lines[-1]
    assert [line.split()[0] for line in head] == HEAD
    assert [line for line in figures if not FIGURE.fullmatch(line)] == []
    return bool(figures) and re.fullmatch(r"checksum [0-9a-f]{16}", last) is not None


def names(lines: list[str]) -> set[str]:
    return {line.split()[0] for line in lines}


def test_reading_answers_the_same_twice():
    first, second = report_of("reading", "--longest", "1"), report_of("reading", "--longest", "1")
    assert is_well_formed(first)
    assert first[-1] == second[-1]
    assert {"reading_30kb_ms", "reading_1mb_s", "reading_growth_ratio", "pdf_10_pages_s"} <= names(first)


@pytest.mark.services
@pytest.mark.usefixtures("_postgresql")
def test_pages_of_generated_data_answer_the_same_twice():
    small = ["pages", "--size", "9", "--months", "3", "--far", "0"]
    first, second = report_of(*small), report_of(*small)
    assert is_well_formed(first)
    assert (first[2], first[-1], names(first)) == (second[2], second[-1], names(second))
    assert "school=9," in first[2]


@pytest.mark.services
@pytest.mark.usefixtures("_postgresql")
def test_another_seed_is_another_province():
    small = ["jobs", "--size", "9", "--months", "2"]
    first, other = report_of(*small), report_of(*small, "--seed", "7")
    assert is_well_formed(first)
    assert first[-1] != other[-1]


def test_the_list_names_each_benchmark_and_each_is_there():
    listed = re.findall(r"^  \./run benchmark (\w+) +\S", benchmarks.listing(), re.M)
    assert listed == list(NAMES)
    assert [name for name in NAMES if not (ROOT / "tests" / "benchmarks" / f"{name}.py").exists()] == []


def test_a_figure_is_a_name_a_value_and_a_unit():
    lines: list[str] = []
    report = Report(lines.append, floor=Times((0.002,)))
    report.times("pages.leader.home", Times((0.004, 0.010, 0.006)))
    report.figure("pages.leader.home.queries", 12, "queries")
    assert lines == [
        "pages.leader.home.time 6 ms",
        "pages.leader.home.time.min 4 ms",
        "pages.leader.home.time.max 10 ms",
        "pages.leader.home.ratio 3 x",
        "pages.leader.home.queries 12 queries",
    ]


def test_the_checksum_is_that_of_the_answers_alone():
    told = [Report(lambda line: None) for _ in range(3)]
    for report, answer in zip(told, ("41/47", "41/47", "42/47"), strict=True):
        report.times("a", measured(lambda: None, 3))
        report.answer("home", answer)
    first, second, third = (report.end() for report in told)
    assert first == second
    assert first != third


def test_the_first_run_is_not_counted():
    runs: list[int] = []
    assert len(measured(lambda: runs.append(1), 3).seconds) == 3
    assert len(runs) == 4


@pytest.mark.services
@pytest.mark.usefixtures("_postgresql")
def test_a_month_killed_in_the_middle_of_its_opening_is_opened_whole_once():
    lines = report_of("periods", "--size", "9", "--months", "1")
    assert is_well_formed(lines)
    found = {name: value for name, value, _unit in (line.split() for line in lines[len(HEAD) : -1])}
    # Nine schools and two communes.
    assert (found["open_month_killed_rows"], found["open_month_killed_events"]) == ("0", "0")
    assert (found["open_month_rows"], found["open_month_lacking"]) == ("11", "0")
    assert (found["open_month_doubled"], found["open_month_events"]) == ("0", "1")
    assert float(found["open_month_9_s"]) < 5
