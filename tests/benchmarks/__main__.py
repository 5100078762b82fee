"""`python -m tests.benchmarks NAME [--size N]`: what `./run benchmark` starts once PostgreSQL runs."""

import argparse
import os
import sys
import tempfile
from importlib import import_module

from tests.benchmarks import NAMES, WITH_BROKER
from tests.benchmarks.harness import Chosen, Report, own_database

WITHOUT_DATA = {"documents", "reading", "weight"}
REDIS = "EDUPORTAL_TEST_REDIS"
# Where a figure is asked for at a size of its own.
USUAL_SIZES = {
    "targets": {"size": 2000, "months": 24},
    "briefings": {"size": 2100, "months": 14},
    "submissions": {"size": 1000, "months": 3},
    "periods": {"size": 3500, "months": 1},
}


def parser() -> argparse.ArgumentParser:
    usual = Chosen("")
    made = argparse.ArgumentParser(prog="./run benchmark", description=__doc__)
    made.add_argument("name", choices=NAMES)
    made.add_argument("--size", type=int, help="schools; 44 unless told, targets: 2,000, briefings: 2,100, …")
    made.add_argument(
        "--months", type=int, help="months of data; 13 unless told, targets: 24, submissions: 3, periods: 1"
    )
    made.add_argument("--repeats", type=int, default=usual.repeats, help="runs of each figure; 7 unless told")
    made.add_argument("--seed", type=int, default=usual.seed, help="where chance begins; 2026 unless told")
    made.add_argument(
        "--far", type=int, default=usual.far, help="pages: links to follow from home; 2 unless told"
    )
    made.add_argument(
        "--longest", type=int, default=usual.longest, help="reading: millions of characters; 5 unless told"
    )
    return made


def main(arguments: list[str]) -> None:
    told = {name: value for name, value in vars(parser().parse_args(arguments)).items() if value is not None}
    chosen = Chosen(**USUAL_SIZES.get(told["name"], {}) | told)
    if chosen.name in WITHOUT_DATA:
        start(chosen, {})
        return
    with own_database() as address:
        env = {"DATABASE_URL": address}
        if chosen.name in WITH_BROKER and REDIS in os.environ:
            env["REDIS_URL"] = os.environ[REDIS]
        start(chosen, env)


def start(chosen: Chosen, env: dict[str, str]) -> None:
    """Settings are read once: the database has to be known before Django starts."""
    with tempfile.TemporaryDirectory(prefix="eduportal-benchmark-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "eduportal.settings", "EDUPORTAL_DATA": folder} | env
        import django

        django.setup()
        report = Report()
        import_module(f"tests.benchmarks.{chosen.name}").run(report, chosen)
        report.end()


if __name__ == "__main__":
    main(sys.argv[1:])
