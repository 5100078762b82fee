"""``python -m directives.reading FILE`` prints the JSON form of a reading."""

import json
import pathlib
import sys

from . import UnreadableFile, as_written, decode, read_document


def main() -> int:
    """Reads the file named on the command line; 2 if it is no text."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    path = pathlib.Path(sys.argv[1])
    try:
        data = path.read_bytes()
        text = as_written(data, decode(data, filename=path.name))
    except (OSError, UnreadableFile) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(read_document(text).as_dict(), ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
