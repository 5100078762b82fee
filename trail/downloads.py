"""Files handed out to be saved. Whoever answers with one has authorised it before."""

from django.http import FileResponse

from trail.models import StoredFile


def attachment(stored: StoredFile) -> FileResponse:
    """A kept file under its own name: always to be saved, never shown or guessed at by the browser."""
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
