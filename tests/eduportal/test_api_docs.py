"""The examples of docs/api.md do what they say, against a portal that is served."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from eduportal.base.api.problems import WORDS
from reports.actions.opening import open_month
from reports.models import MonthlyReport
from tests.conftest import TODAY
from tests.reports.page import figures

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
EXAMPLES = re.findall(r"```sh\n(.*?)```", DOCS.read_text(), re.DOTALL)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_examples_run(live_server, province, cast, token_of):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    open_month(year=2026, month=11, by=None, today=TODAY)
    secret = token_of(cast.principal)
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PORTAL": live_server.url, "TOKEN": secret}
    script = "set -e\n" + "\n".join(EXAMPLES)
    result = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stderr) == (0, "")
    assert '"username":"hoa"' in result.stdout
    row = MonthlyReport.objects.get(unit=province.cloud_primary)
    assert (row.state, figures(row)["pupils"]) == ("sent", 380)


def test_every_code_that_it_names_is_one_of_ours():
    table = DOCS.read_text().partition("## Refusals")[2]
    rows = [line for line in table.splitlines() if line.startswith("| 4")]
    named = set(re.findall(r"`([a-z_]+)`", " ".join(rows))) - {"errors"}
    source = "".join(
        path.read_text()
        for folder in ("accounts", "directives", "reports")
        for path in (DOCS.parents[1] / folder).rglob("*.py")
    )
    said = set(re.findall(r'"([a-z_]+)"', source)) | set(WORDS)
    assert sorted(named - said) == []
