"""Kept files on their way out. Whoever calls this has decided that the person may have the file."""

from typing import Any

from django.http import FileResponse


def attachment(stored: Any) -> FileResponse:
    """A `trail.StoredFile` as it came: always to be saved, never shown or guessed at by the browser."""
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
