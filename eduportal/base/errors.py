"""What an action may answer instead of doing its work."""

from typing import Any


class Refused(Exception):
    """The action was not done. The message is for the person: what happened and what to do.

    `code` says the same to a programme.
    """

    def __init__(self, message: Any, code: str = "refused"):
        super().__init__(str(message))
        self.message = message
        self.code = code


class EditConflict(Exception):
    """Somebody saved this row since it was shown. `current` is the row as stored now."""

    def __init__(self, current: Any):
        super().__init__(f"{current!r} is at version {current.version}")
        self.current = current
