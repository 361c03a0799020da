"""A person at a browser, without the browser: fetches pages, fills their forms, follows their redirects."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

import httpx

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_FAULT = re.compile(r'govuk-error-message">(?:\s*<span[^>]*>[^<]*</span>)?\s*([^<]+)<')


class PageSaysNo(Exception):
    """A page refused what was sent; the message is what it says."""


@dataclass
class Visitor:
    """Someone with a browser session of their own."""

    address: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, follow_redirects=True, timeout=60)

    def page(self, path: str) -> str:
        """The text of a page. Raises PageSaysNo."""
        return self._checked(self.client.get(path)).text

    def send(
        self, form: str, data: dict[str, object], to: str | None = None, files: dict[str, object] | None = None
    ) -> httpx.Response:
        """Fill the form on one page and send it, to another address where the form says so."""
        page = self.page(form)
        token = _TOKEN.search(page)
        if token is None:
            raise PageSaysNo(f"{form} has no form")
        answer = self.client.post(to or form, data={"csrf_token": unescape(token[1]), **data}, files=files)
        return self._checked(answer)

    def sign_in_first(self, link: str, password: str) -> None:
        """Spend the one-time link and choose a password."""
        self.send(link, {})
        self.send("/password", {"password": password})

    def where(self, answer: httpx.Response) -> str:
        """The path that an answer ended at."""
        return str(answer.url).removeprefix(urljoin(self.address, "/").rstrip("/"))

    def _checked(self, answer: httpx.Response) -> httpx.Response:
        if answer.status_code >= 400:
            faults = [unescape(one).strip() for one in _FAULT.findall(answer.text)]
            raise PageSaysNo(
                f"{answer.url.path} answered {answer.status_code}: {'; '.join(faults) or answer.text[:300]}"
            )
        return answer
