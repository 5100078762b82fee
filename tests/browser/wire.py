"""The line between a browser and the portal, as it may be cut, and with what goes over it counted."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65_536


class Wire:
    """Listens on a port of its own and passes everything on, as long as it is whole.

    Chromium's offline mode does not reach what goes through a service worker; a cut wire does.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.received = 0
        self.is_cut = False
        self.refused = b""  # a request with this in its first line ends here
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.port))
                self.open |= {near, far}
                for source, sink, counts in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self.carry, args=(source, sink, counts), daemon=True).start()

    def carry(self, source: socket.socket, sink: socket.socket, counts: bool) -> None:
        """One direction of a connection to its end."""
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if counts:
                    self.received += len(data)
                elif self.refused and self.refused in data.partition(b"\r\n")[0]:
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            self.open.discard(end)

    def cut(self) -> None:
        self.is_cut = True
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    wire = Wire(port)
    try:
        yield wire
    finally:
        wire.cut()
        wire.listener.close()
