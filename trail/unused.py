"""Files that nothing refers to any more: their rows and bytes are taken away once a day has passed.

Evidence taken away before it was sent, an annex of a draft, an upload that ended in a refusal: they all leave
bytes on the disk that nobody can open, and that may hold what should not lie about.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import IntegrityError, transaction

from trail.models import StoredFile

KEPT = dt.timedelta(days=1)
FOLDER = "files"


def forget_unused_files(now: dt.datetime) -> int:
    """Delete the rows of files that nothing has referred to for a day. Gives how many.

    Which rows refer to files, the models know. One that is referred to again meanwhile stays.
    """
    unused = StoredFile.objects.unused()
    StoredFile.objects.exclude(pk__in=unused.values("pk")).filter(unused_since__isnull=False).update(
        unused_since=None
    )
    unused.filter(unused_since__isnull=True).update(unused_since=now)
    return sum(map(forget, unused.filter(unused_since__lte=now - KEPT)))


def forget(stored: StoredFile) -> bool:
    """Whether the row could go: one that somebody began to refer to this moment is protected."""
    try:
        with transaction.atomic():
            stored.delete()
    except IntegrityError:
        return False
    return True


def remove_unused_bytes(now: dt.datetime) -> int:
    """Remove what lies in the store and belongs to no row, for a day at least. Gives how many.

    Equal files of several rows lie there once: they go with the last row. `store_file` makes bytes new that
    it uses again, so that those of a transaction that is under way are never old.
    """
    storage = StoredFile.storage()
    removed = 0
    for paths in stored_paths():
        old = [path for path in paths if storage.get_modified_time(path) <= now - KEPT]
        owned = set(StoredFile.objects.filter(file__in=old).values_list("file", flat=True))
        for path in old:
            if path not in owned and storage.get_modified_time(path) <= now - KEPT:
                storage.delete(path)
                removed += 1
    return removed


def stored_paths() -> Iterator[list[str]]:
    """What lies in the store, folder by folder."""
    storage = StoredFile.storage()
    if not storage.exists(FOLDER):
        return
    for folder in sorted(storage.listdir(FOLDER)[0]):
        inside = f"{FOLDER}/{folder}"
        yield [f"{inside}/{name}" for name in sorted(storage.listdir(inside)[1])]
