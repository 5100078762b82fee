"""Programs of the system that read what holds no text of its own; where they are missing, it is said."""

from directives.programs.readers import READERS, Reader, reader_for

__all__ = ["READERS", "Reader", "reader_for"]
