"""Who acts, as far as the trail must know. Postings of the schools app fit this shape."""

from typing import Any, Protocol


class Actor(Protocol):
    user_id: Any
    unit_id: Any
    role: Any
    via: str
    """The programme through which they act; empty for the pages."""

    @property
    def actor_name(self) -> str: ...
