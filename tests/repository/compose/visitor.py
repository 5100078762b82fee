"""Somebody at a browser without scripts, behind the web server that brings HTTPS: pages, forms, cookies."""

import gzip
import re
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

from tests.repository.compose.stack import HOST, Stack

BOUNDARY = "----ranh-gioi-cua-bieu-mau"
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Answer:
    """What came back for an address."""

    path: str
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def page(self) -> html.HtmlElement:
        return html.fromstring(self.text)

    @property
    def words(self) -> str:
        """What is to be read on the page, in one line."""
        return " ".join(self.page.text_content().split())

    def form(self, action: str) -> html.FormElement:
        """The form sent to an address ending like this; one without an address is sent to its page."""
        for form in self.page.forms:
            if urljoin(self.path, form.get("action") or "").endswith(action):
                return form
        sent = [form.get("action") for form in self.page.forms]
        raise AssertionError(f"{self.path} has no form for {action!r}, only for {sent}:\n{self.words}")

    def link(self, pattern: str) -> str:
        """The first address on the page that looks like this."""
        for address in self.page.xpath("//a/@href"):
            if re.search(pattern, address):
                return str(address)
        raise AssertionError(f"{self.path} leads to nothing like {pattern!r}:\n{self.words}")


class Visitor:
    """One person's browser. Every request says, as the web server in front does, that it came by HTTPS."""

    def __init__(self, stack: Stack, *, host: str = HOST, https: bool = True) -> None:
        self.port = stack.port
        self.cookies: dict[str, str] = {}
        self.headers = {"Host": host, "X-Forwarded-For": "203.0.113.7"}
        if https:
            self.headers |= {"X-Forwarded-Proto": "https", "Origin": f"https://{host}"}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request; where it leads to is not followed."""
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(path, response.status, response.headers, content)

    def open(self, path: str) -> Answer:
        """A page, wherever it leads."""
        return self.follow(self.ask("GET", path))

    def follow(self, answer: Answer) -> Answer:
        for _ in range(MOST_REDIRECTS):
            if answer.status not in (301, 302, 303):
                break
            target = urlsplit(urljoin(f"https://{HOST}{answer.path}", answer.headers["Location"]))
            assert target.hostname == HOST, target
            answer = self.ask("GET", target._replace(scheme="", netloc="", fragment="").geturl())
        assert answer.status == 200, f"{answer.path}: {answer.status}\n{answer.words[:2000]}"
        return answer

    def send(
        self, answer: Answer, action: str, *, files: dict[str, tuple[str, bytes]] | None = None, **typed: str
    ) -> Answer:
        """Send a form of a page with what it holds already and what is typed. Gives the page it leads to."""
        form = answer.form(action)
        values = {name: value for name, value in form.form_values() if name not in typed}
        pairs = [pair for pair in form.form_values() if pair[0] in values] + list(typed.items())
        path = urljoin(answer.path, form.get("action") or "")
        if files:
            kind, body = f"multipart/form-data; boundary={BOUNDARY}", multipart(pairs, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(pairs).encode()
        return self.follow(self.ask("POST", path, body, Content_Type=kind))


def multipart(pairs: list[tuple[str, str]], files: dict[str, tuple[str, bytes]]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
        if name not in files
    ]
    for name, (filename, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        kind = "Content-Type: text/plain"
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def signed_in(stack: Stack, username: str, password: str) -> Visitor:
    visitor = Visitor(stack)
    home = visitor.send(visitor.open("/"), "/account/login/", login=username, password=password)
    assert urlsplit(home.path).path == "/", home.words
    return visitor
