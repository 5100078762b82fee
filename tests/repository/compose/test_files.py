"""docker-compose.yml and Dockerfile, read."""

import re

import pytest

from scripts import packages
from scripts.steps import ROOT
from tests.repository.compose.stack import COMPOSE, OURS, SERVICES, VARIABLE

TEXT = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
INSTRUCTIONS = re.findall(r"^([A-Z]+) (.*)", DOCKERFILE.replace("\\\n", " "), re.M)


# --- docker-compose.yml -------------------------------------------------------------------------------------


def test_nothing_secret_has_a_default():
    variables = VARIABLE.findall(TEXT)
    assert {name for name, _ in variables} == {
        "SECRET_KEY",
        "POSTGRES_PASSWORD",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
    }
    assert [name for name, message in variables if not message] == []
    assert re.findall(r"\$\{\w+:?-", TEXT) == []


def test_every_service_is_there_watched_and_started_again():
    assert set(SERVICES) == {*OURS, "db", "redis"}
    lasting = set(SERVICES) - {"setup"}
    assert {name for name in SERVICES if "healthcheck" in SERVICES[name]} == lasting
    assert {SERVICES[name]["restart"] for name in lasting} == {"unless-stopped"}
    assert SERVICES["setup"]["restart"] == "no"


def test_the_data_outlives_the_services():
    assert set(COMPOSE["volumes"]) == {"data", "database"}
    assert all(SERVICES[name]["volumes"] == ["data:/data"] for name in OURS)
    assert SERVICES["db"]["volumes"] == ["database:/var/lib/postgresql/data"]


def test_ours_have_one_image_one_environment_and_no_more_rights_than_they_need():
    for name in OURS:
        service = SERVICES[name]
        assert (service["image"], service["env_file"]) == ("eduportal", ".env")
        assert service["environment"] == SERVICES["web"]["environment"]
        assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
        assert "user" not in service  # the image's own, which is not root
    environment = SERVICES["web"]["environment"]
    assert (environment["EDUPORTAL_MODE"], environment["EDUPORTAL_DATA"]) == ("production", "/data")


def test_nothing_serves_before_the_tables_are_up_to_date():
    ready = {"db": {"condition": "service_healthy"}}
    whole = ready | {
        "setup": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }
    assert {name: SERVICES[name]["depends_on"] for name in OURS} == {
        "setup": ready,
        "web": whole,
        "worker": whole,
        "beat": whole,
    }
    assert "migrate --noinput && python manage.py collectstatic" in SERVICES["setup"]["command"][-1]


def test_the_site_is_reached_through_the_web_server_of_the_machine_only():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_each_is_given_the_time_that_it_takes_to_stop():
    graceful = SERVICES["web"]["command"].index("--graceful-timeout") + 1
    assert seconds(SERVICES["web"]["stop_grace_period"]) > int(SERVICES["web"]["command"][graceful])
    assert {seconds(SERVICES[name]["stop_grace_period"]) >= 60 for name in ("worker", "db")} == {True}


def seconds(text: str) -> int:
    return int(re.fullmatch(r"(\d+)s", text)[1])


# --- Dockerfile ---------------------------------------------------------------------------------------------


def test_the_image_stands_on_one_version_of_python():
    bases = [rest for name, rest in INSTRUCTIONS if name == "FROM"]
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.1\d\.\d+-slim-bookworm", bases[0])


def test_the_image_runs_as_nobody_special():
    users = [rest for name, rest in INSTRUCTIONS if name == "USER"]
    assert users == ["eduportal"]
    assert "useradd --system --uid 10001 --home-dir /data eduportal" in DOCKERFILE
    assert [name for name, _ in INSTRUCTIONS].index("USER") > max(
        number for number, (name, _) in enumerate(INSTRUCTIONS) if name in ("RUN", "COPY")
    )


def test_the_image_is_made_from_the_lock():
    assert (
        "pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r requirements.lock"
        in DOCKERFILE
    )


def test_the_image_holds_no_secret():
    set_there = " ".join(rest for name, rest in INSTRUCTIONS if name in ("ENV", "ARG"))
    assert re.findall(r"SECRET|PASSWORD|TOKEN|DATABASE_URL|REDIS_URL", set_there) == []
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", "var", "tests"} <= set(ignored)


@pytest.fixture
def on_bookworm(monkeypatch):
    monkeypatch.setattr(packages, "system", lambda: {"ID": "debian", "VERSION_CODENAME": "bookworm"})


def test_the_image_has_the_packages_that_the_portal_needs_and_no_others(on_bookworm):
    installed = re.search(r"apt-get install -y --no-install-recommends\s+\\?\s*(.*?)&&", DOCKERFILE, re.S)[1]
    needs = [*packages.needs_of_the_portal(), *packages.needs_of_the_reader()]
    needed = {package for need in needs for package in need.packages}
    # The image's own Python makes no virtual environment.
    assert set(installed.replace("\\", " ").split()) == needed - {"python3-venv"}
