"""What the OpenAPI description says of every address alike."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DESCRIPTION = _(
    "Everything that a page of the portal shows, with the same sight; figures, the month's report and "
    "progress are written through the same actions. Send a token that was made under your name in the portal "
    "(`Authorization: Bearer edu_…`), or be signed in.\n\n"
    '* Numbers are given as decimal strings (`"8411"`, `"98.5"`) and taken as JSON numbers or such '
    'strings, never with thousands marked: `"8.411"` as a string is refused. Counts and percentages of '
    "progress are whole JSON numbers.\n"
    "* Days are `2026-11-22`, moments ISO 8601 with their offset.\n"
    "* Messages come in Vietnamese, or in English with `Accept-Language: en`; `code` stays the same.\n"
    "* Lists: `limit` (at most 200) and `offset`. Unknown parameters are refused.\n"
    "* Editable rows carry a `version`. Send the one you read, in the body or as `If-Match`; when somebody "
    "was quicker the answer is 409 with what is stored.\n"
    "* `Idempotency-Key`: the same request under the same key is done once; asked again within seven days, "
    "it is answered as it was then."
)
"""Said in the language of the reader."""

TAGS = {
    "start": _("Where to begin, and who you are"),
    "units": _("Offices and schools"),
    "periods": _("Months, terms and years of figures"),
    "figures": _("Measures, and what units report of them"),
    "targets": _("Indicators and the targets set on them"),
    "standards": _("Schools recognised as meeting the national standard"),
    "monthly reports": _("The month's report: read, fill in, send, accept, return"),
    "directives": _("Documents"),
    "tasks": _("Tasks, assignments, progress"),
    "requests": _("Later deadlines asked for, and work that is paused, cancelled or refused"),
    "forms": _("Forms that tasks carry, and what units answer"),
    "briefings": _("Briefings and meetings"),
    "jobs": _("Background work"),
}
PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
ALWAYS = {
    "400": _("Something in the request is not right"),
    "401": _("No valid token, not signed in"),
    "403": _("Lacking the right or the scope"),
    "404": _("Not there, or not for you to see"),
    "429": _("Too many requests"),
}
WRITING = {
    "409": _("Changed meanwhile, or not possible in this state"),
    "415": _("Not JSON"),
    "422": _("Something is still missing"),
}
WRITES = {"post", "patch"}


def say_what_all_have_in_common(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Adds what every operation shares: how it refuses, and the headers of writing."""
    result["info"]["description"] = str(DESCRIPTION)
    result["tags"] = [{"name": name, "description": str(words)} for name, words in TAGS.items()]
    for described in result["components"]["schemas"].values():
        described.pop("description", None)
    result["components"]["schemas"]["Problem"] = problem_schema()
    for methods in result["paths"].values():
        for method, operation in methods.items():
            # What docstrings say is for those who mend the code; readers have the summary in their language.
            operation.pop("description", None)
            refusals = ALWAYS | WRITING if method in WRITES else ALWAYS
            for status, words in refusals.items():
                operation["responses"].setdefault(status, {"description": str(words), "content": PROBLEM})
            if method in WRITES:
                operation["parameters"] = [*operation.get("parameters", []), *headers_of_writing()]
    return result


def headers_of_writing() -> list[dict[str, Any]]:
    key = _("The same request under the same key is done once.")
    match = _("The version that was read, in quotes, where the body has none.")
    return [header("Idempotency-Key", key, "^[!-~]{1,200}$"), header("If-Match", match, '^"[0-9]{1,9}"$')]


def header(name: str, description: Any, pattern: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": str(description),
        "schema": {"type": "string", "pattern": pattern},
    }


def problem_schema() -> dict[str, Any]:
    """The one shape of every refusal (eduportal.base.api.problems)."""
    text = {"type": "string"}
    place = {"field": text, "code": text, "detail": text}
    return {
        "type": "object",
        "description": str(_("Why something was not done: a code for programmes, a sentence for people.")),
        "properties": {
            "code": text,
            "detail": text,
            "errors": {
                "type": "array",
                "description": str(_("With invalid: each place by its path")),
                "items": {"type": "object", "properties": place, "required": [*place]},
            },
            "current": {
                "type": "object",
                "additionalProperties": True,
                "description": str(_("With edit_conflict: the row as it is stored now")),
            },
            "missing": {
                "type": "array",
                "items": text,
                "description": str(_("With figures_missing, doubts_unchecked, doubts_unexplained: codes")),
            },
        },
        "required": ["code", "detail"],
    }
