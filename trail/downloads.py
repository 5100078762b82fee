"""Files handed out to be saved. Whoever answers with one has authorised it before."""

from django.http import FileResponse

from trail.models import StoredFile


def inline_picture(stored: StoredFile) -> FileResponse:
    """A small picture that the portal drew itself, shown on a page; nothing in it was sent by anybody."""
    response = FileResponse(stored.file.open("rb"), content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    # It never changes, and is for this person alone.
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


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
