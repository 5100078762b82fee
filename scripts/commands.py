"""The commands of `./run`, one function each; a docstring's first line is what the list shows."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from scripts import benchmarks, checks, environment, mutating, packages, portal, translations
from scripts.steps import ROOT, Progress, Trouble, clean_environment

DEFAULT_PORT = 8000
Command = Callable[[list[str]], int]


def options(command: Command, *, port: bool = False) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"./run {command.__name__}", description=command.__doc__)
    if port:
        parser.add_argument("--port", type=port_number, default=DEFAULT_PORT, help="8000 unless told")
    return parser


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; ports are numbers from 1 to 65535")
    return int(text)


def get_ready(progress: Progress, needs: list[packages.Need], lock: Path) -> None:
    """System packages, virtual environment and compiled translations: three steps."""
    with portal.one_at_a_time():
        with progress.step("system packages") as step:
            packages.install_missing(step, needs)
        with progress.step("virtual environment") as step:
            environment.install(step, lock)
        with progress.step("translations") as step:
            portal.compile_messages(step)


def get_ready_for_tests(progress: Progress) -> None:
    """The same with the tests' packages and tools, and a Chromium: four steps."""
    get_ready(progress, packages.needs_of_the_tests(), environment.DEVELOPMENT)
    with progress.step("browser for the tests") as step:
        if found := packages.chromium():
            step.outcome = found
        else:
            environment.install_own_browser(step)


def demo(arguments: list[str]) -> int:
    """the portal with a fictional province to try it out  [--port N] [--fresh]"""
    parser = options(demo, port=True)
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away and start over")
    chosen = parser.parse_args(arguments)
    portal.require_free_port(chosen.port)
    portal.require_folder_for_demo()
    if chosen.fresh:
        portal.start_over()
    progress = Progress(6)
    get_ready(progress, packages.needs_of_the_portal(), environment.RUNTIME)
    env = clean_environment(EDUPORTAL_DATA=str(portal.DATA))
    with progress.step("database") as step:
        portal.write_stamp(portal.STAMPS / "demo", "This folder holds the demo's data.\n")
        portal.migrate(step, env)
    with progress.step("demo data") as step:
        portal.load_demo(step, env)
    print(f"[6/6] server … (Ctrl-C stops it; data stays in {portal.DATA}; --fresh starts over)")
    portal.become_server(chosen.port, env, f"--closing={portal.accounts_file()}")


def serve(arguments: list[str]) -> int:
    """the portal on the data in var/, with its ticker for background work  [--port N]"""
    chosen = options(serve, port=True).parse_args(arguments)
    portal.require_free_port(chosen.port)
    progress = Progress(5)
    get_ready(progress, packages.needs_of_the_portal(), environment.RUNTIME)
    env = os.environ | {"EDUPORTAL_DATA": str(portal.DATA)}
    with progress.step("database") as step:
        portal.migrate(step, env)
    print("[5/5] server … (Ctrl-C stops it)")
    portal.become_server(chosen.port, env)


def test(arguments: list[str]) -> int:
    """all tests, on SQLite and on PostgreSQL  [what pytest takes: tests/schools -k posting …]"""
    progress = Progress(5)
    get_ready_for_tests(progress)
    return checks.test(arguments, progress)


def lint(arguments: list[str]) -> int:
    """style, layers, types, migrations and translations, without the tests"""
    options(lint).parse_args(arguments)
    get_ready(Progress(3), packages.needs_of_the_portal(), environment.DEVELOPMENT)
    return checks.lint()


def types(arguments: list[str]) -> int:
    """the types alone"""
    options(types).parse_args(arguments)
    get_ready(Progress(3), packages.needs_of_the_portal(), environment.DEVELOPMENT)
    return checks.types()


def extras(arguments: list[str]) -> int:
    """Tesseract and LibreOffice, with which the portal reads scans and .doc; it works without them"""
    options(extras).parse_args(arguments)
    with Progress(1).step("system packages") as step:
        packages.install_missing(step, packages.needs_of_the_reader())
    return 0


def manage(arguments: list[str]) -> int:
    """Django's own commands  [migrate, createsuperuser, read_document FILE --json …]"""
    if not environment.is_installed(environment.RUNTIME):
        get_ready(Progress(3), packages.needs_of_the_portal(), environment.RUNTIME)
    os.execv(environment.PYTHON, [*map(str, portal.MANAGE), *arguments])


def messages(arguments: list[str]) -> int:
    """collect what is to be translated into locale/, and compile it"""
    options(messages).parse_args(arguments)
    progress = Progress(4)
    get_ready(progress, packages.needs_of_the_portal(), environment.RUNTIME)
    with progress.step("collect") as step:
        step.run([*portal.MANAGE, *translations.COLLECT])
        portal.compile_messages(step)
    return 0


def lock(arguments: list[str]) -> int:
    """write both lock files anew from pyproject.toml  [--upgrade]"""
    parser = options(lock)
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows"
    )
    chosen = parser.parse_args(arguments)
    if not shutil.which("uv"):
        raise Trouble("Locking takes uv, which is not here. Install it: https://docs.astral.sh/uv/")
    plain = [
        "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-emit-index-url",
        "--no-header", "--python-version", "3.11", "--quiet",
    ]  # fmt: skip
    if chosen.upgrade:
        plain.append("--upgrade")
    runtime, development = environment.RUNTIME.name, environment.DEVELOPMENT.name
    subprocess.run([*plain, "-o", runtime], cwd=ROOT, check=True)
    subprocess.run([*plain, "--group", "dev", "-c", runtime, "-o", development], cwd=ROOT, check=True)
    return 0


def benchmark(arguments: list[str]) -> int:
    """figures of speed on generated data; alone it lists their names  [NAME --size 2000]"""
    if not arguments:
        print(benchmarks.listing())
        return 0
    progress = Progress(4)
    get_ready(progress, packages.needs_of_the_benchmarks(), environment.DEVELOPMENT)
    return benchmarks.run(arguments, progress)


def coverage(arguments: list[str]) -> int:
    """all tests on SQLite, and which lines none of them reaches; fails under 90 %"""
    options(coverage).parse_args(arguments)
    progress = Progress(5)
    get_ready_for_tests(progress)
    return checks.coverage(progress)


def mutations(arguments: list[str]) -> int:
    """whether the tests notice a changed rule, which takes minutes  [standing, deadlines …]"""
    scopes = mutating.chosen(arguments)
    get_ready(Progress(3), packages.needs_of_the_portal(), environment.DEVELOPMENT)
    return mutating.run(scopes)


def screenshots(arguments: list[str]) -> int:
    """the pictures of docs/screenshots anew, from the full demo  [--every-page into var/screenshots]"""
    parser = options(screenshots)
    parser.add_argument(
        "--every-page", action="store_true", help="run the browser tests, and keep every page they look at"
    )
    chosen = parser.parse_args(arguments)
    get_ready_for_tests(Progress(4))
    if chosen.every_page:
        return checks.pictures_of_the_tests(portal.DATA / "screenshots")
    return checks.pictures(ROOT / "docs" / "screenshots")


COMMANDS: list[Command] = [
    demo,
    test,
    lint,
    types,
    coverage,
    mutations,
    benchmark,
    serve,
    extras,
    manage,
    messages,
    lock,
    screenshots,
]


def listing() -> str:
    lines = [
        f"  ./run {command.__name__:<12} {(command.__doc__ or '').splitlines()[0]}" for command in COMMANDS
    ]
    return "\n".join(["eduportal's commands:", *lines])


def main(arguments: list[str]) -> int:
    by_name = {command.__name__: command for command in COMMANDS}
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(listing())
        return 0
    name, *rest = arguments
    if name not in by_name:
        print(f"There is no `./run {name}`.\n\n{listing()}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stopped CI leaves no servers behind either
    try:
        return by_name[name](rest)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"\n`{error.cmd[0]}` failed.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
