"""Ask the portal in this container whether it is well; the exit code says so. For docker-compose.yml."""

import os
import sys
import urllib.request


def main(address: str) -> None:
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(address, headers={"Host": host})  # noqa: S310 - given by docker-compose.yml
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=5):
        pass  # an answer other than 2xx raises, and that is what makes it ill


if __name__ == "__main__":
    main(sys.argv[1])
