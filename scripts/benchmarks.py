"""Benchmarks: on a PostgreSQL of their own, or the one that EDUPORTAL_TEST_POSTGRES names."""

import os
import subprocess
from contextlib import ExitStack

from scripts.environment import PYTHON
from scripts.services import POSTGRES, REDIS, postgresql, redis
from scripts.steps import ROOT, Progress, clean_environment
from tests.benchmarks import NAMES, WITH_BROKER


def listing() -> str:
    lines = [f"  ./run benchmark {name:<10} {words}" for name, words in NAMES.items()]
    return "\n".join(["eduportal's benchmarks, each with --size SCHOOLS, --months and --repeats:", *lines])


def run(arguments: list[str], progress: Progress) -> int:
    """Start what `python -m tests.benchmarks` does, with PostgreSQL there."""
    with ExitStack() as stack:
        with progress.step("PostgreSQL for the benchmark") as step:
            address = os.environ.get(POSTGRES) or stack.enter_context(postgresql())
            step.outcome = "running"
        env = clean_environment(**{POSTGRES: address})
        if WITH_BROKER & set(arguments):
            env[REDIS] = os.environ.get(REDIS) or stack.enter_context(redis())
        command = [str(PYTHON), "-m", "tests.benchmarks", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env).returncode
