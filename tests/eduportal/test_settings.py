"""The one settings file: needs nothing embedded, refuses whatever is unsafe in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "EDUPORTAL_MODE",
    "EMAIL_URL",
    "MESSAGE_WEBHOOK_SECRET",
    "MESSAGE_WEBHOOK_URL",
    "PORTAL_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SECURE_SSL_REDIRECT",
    "TRUSTED_PROXIES",
}
KEY = "- SECRET_KEY must be set and at least 50 random characters long."
HOSTS = "- ALLOWED_HOSTS must name the hosts of this portal, without '*'."
DATABASE = "- DATABASE_URL must name a PostgreSQL database."
REDIS = "- REDIS_URL must name the Redis that workers and web servers share."
HTTPS = "- SECURE_SSL_REDIRECT must be on: passwords and reports travel over HTTPS only."
DEBUGGING = "- DEBUG must be off."
SAFE = {
    "EDUPORTAL_MODE": "production",
    "SECRET_KEY": "k8#vQ2!mZp9^wL4@xR7&nT1*yB6%cD3(fG5)hJ0-sA+eU=iOqWzX",
    "ALLOWED_HOSTS": "portal.ngocson.example",
    "DATABASE_URL": "postgres://eduportal:secret@db.ngocson.example/eduportal",
    "REDIS_URL": "redis://redis.ngocson.example:6379/0",
}


def start(code, data, **env):
    """What a fresh process of the portal prints with these settings and none of ours, or its faults."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    settings = {"DJANGO_SETTINGS_MODULE": "eduportal.settings", "EDUPORTAL_DATA": str(data)}
    process = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; {code}"],
        cwd=ROOT, env=clean | settings | env, capture_output=True, text=True,
    )  # fmt: skip
    return process.stdout.strip() or [line for line in process.stderr.splitlines() if line.startswith("- ")]


class TestProduction:
    def test_starts_when_it_is_safe(self, tmp_path):
        shown = start(
            "print(settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,"
            " settings.DEBUG, settings.SECURE_HSTS_SECONDS > 0, settings.CACHES['default']['LOCATION'])",
            tmp_path,
            **SAFE,
        )
        assert shown == "True True True False True redis://redis.ngocson.example:6379/0"

    @pytest.mark.parametrize(
        ("unsafe", "fault"),
        [
            ({"SECRET_KEY": ""}, KEY),
            ({"SECRET_KEY": "short"}, KEY),
            ({"SECRET_KEY": "ab" * 30}, KEY),
            ({"ALLOWED_HOSTS": ""}, HOSTS),
            ({"ALLOWED_HOSTS": "*"}, HOSTS),
            ({"ALLOWED_HOSTS": "portal.ngocson.example,*"}, HOSTS),
            ({"DATABASE_URL": "sqlite:////tmp/db.sqlite3"}, DATABASE),
            ({"REDIS_URL": ""}, REDIS),
            ({"REDIS_URL": "memory://"}, REDIS),
            ({"SECURE_SSL_REDIRECT": "off"}, HTTPS),
            ({"DEBUG": "on"}, DEBUGGING),
        ],
    )
    def test_refuses_each_unsafe_setting(self, tmp_path, unsafe, fault):
        assert start("print(settings.MODE)", tmp_path, **(SAFE | unsafe)) == [fault]

    def test_names_all_faults_at_once(self, tmp_path):
        bare = {"EDUPORTAL_MODE": "production", "DEBUG": "on", "SECURE_SSL_REDIRECT": "off"}
        faults = start("print(settings.MODE)", tmp_path, **bare)
        assert faults == [KEY, HOSTS, DATABASE, REDIS, HTTPS, DEBUGGING]

    def test_makes_no_key_of_its_own(self, tmp_path):
        start("print(settings.MODE)", tmp_path, **(SAFE | {"SECRET_KEY": ""}))
        assert list(tmp_path.iterdir()) == []


def test_a_mode_misspelt_is_not_taken_for_the_lenient_one(tmp_path):
    assert start("print(settings.MODE)", tmp_path, EDUPORTAL_MODE="prodution") == []


class TestEmbedded:
    def test_needs_nothing(self, tmp_path):
        shown = start(
            "print(settings.DEBUG, settings.ALLOWED_HOSTS, settings.DATABASES['default']['NAME'])", tmp_path
        )
        assert shown == f"False ['127.0.0.1', 'localhost', '[::1]'] {tmp_path / 'db.sqlite3'}"

    def test_makes_its_key_once_for_its_owners_eyes(self, tmp_path):
        data = tmp_path / "var"
        first = start("print(settings.SECRET_KEY)", data)
        assert len(first) == 50
        assert start("print(settings.SECRET_KEY)", data) == first
        assert (data / "secret_key").stat().st_mode & 0o077 == 0
        assert [path.name for path in data.iterdir()] == ["secret_key"]

    def test_processes_that_start_together_share_one_key(self, tmp_path):
        command = [sys.executable, "-c", "from django.conf import settings; print(settings.SECRET_KEY)"]
        data = {"DJANGO_SETTINGS_MODULE": "eduportal.settings", "EDUPORTAL_DATA": str(tmp_path / "var")}
        pipes = {"cwd": ROOT, "env": os.environ | data, "stdout": subprocess.PIPE, "text": True}
        started = [subprocess.Popen(command, **pipes) for _ in range(4)]
        assert len({process.communicate()[0] for process in started}) == 1


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"MONTH_STARTS_ON": "29"}, "- MONTH_STARTS_ON is 29; it goes from 1 to 28."),
        ({"MONTHLY_REPORT_DUE_DAY": "0"}, "- MONTHLY_REPORT_DUE_DAY is 0; it goes from 1 to 31."),
    ],
)
def test_rules_that_fit_no_calendar_are_refused(tmp_path, rule, fault):
    assert start("print(settings.MODE)", tmp_path, **rule) == [fault]


class TestReminders:
    SECRET = "mot-bi-mat-chung-voi-cong-tin-nhan-2026"
    UNSAFE = "- MESSAGE_WEBHOOK_URL must begin with https://: telephone numbers travel to it."
    SHORT = "- MESSAGE_WEBHOOK_SECRET must be at least 32 characters: the gateway knows us by it."

    def test_links_lead_to_the_portal(self, tmp_path):
        assert start("print(settings.PORTAL_URL)", tmp_path, **SAFE) == "https://portal.ngocson.example"
        assert start("print(settings.PORTAL_URL)", tmp_path) == "http://127.0.0.1:8000"
        named = {"PORTAL_URL": "https://giaoduc.ngocson.example"}
        assert start("print(settings.PORTAL_URL)", tmp_path, **SAFE, **named) == named["PORTAL_URL"]

    @pytest.mark.parametrize(
        ("url", "secret", "faults"),
        [
            ("https://tin-nhan.example/gui", SECRET, "https://tin-nhan.example/gui"),
            ("http://tin-nhan.example/gui", SECRET, [UNSAFE]),
            ("https://tin-nhan.example/gui", "ngan", [SHORT]),
        ],
    )
    def test_a_gateway_is_safe_or_the_portal_does_not_start(self, tmp_path, url, secret, faults):
        named = {"MESSAGE_WEBHOOK_URL": url, "MESSAGE_WEBHOOK_SECRET": secret}
        assert start("print(settings.MESSAGE_WEBHOOK_URL)", tmp_path, **SAFE, **named) == faults

    def test_hours_that_end_before_they_begin_are_refused(self, tmp_path):
        hours = {"REMIND_FROM_HOUR": "9", "REMIND_TO_HOUR": "8"}
        assert start("print(settings.REMIND_TO_HOUR)", tmp_path, **hours) == [
            "- REMIND_TO_HOUR is 8; it goes from 10 to 24."
        ]
