"""The service as the scan client sees it: six questions over HTTP, and a failure that says whether to repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any

import httpx

from scanner.errors import DeviceRefused, NoAnswer, ServiceRefused

_WRONG_FORM = frozenset({400, 413, 422})
_NO_PICTURE = _WRONG_FORM | {409}


class Service:
    """The API at `url`, as the device that holds `token`.

    `transport` stands in for the network (httpx.WSGITransport in tests); `now` gives seconds since 1970 by the
    device's clock. Every question raises NoAnswer (repeat later), DeviceRefused (stop) or ServiceRefused (do not repeat
    as it is).
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        now: Callable[[], float],
        transport: httpx.BaseTransport | None = None,
        timeout: float = 10.0,
    ) -> None:
        self.wants_pictures: bool | None = None  # None: it has not said yet
        self._now = now
        self._http = httpx.Client(
            base_url=url.rstrip("/") + "/api/v1/",
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            transport=transport,
            timeout=timeout,
        )

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def clock_offset_ms(self) -> int:
        """Server minus device, in milliseconds, with the server's moment taken as the middle of the round trip."""
        before = self._now()
        said = self._ask("GET", "clock")
        after = self._now()
        self.wants_pictures = said.get("pictures") is True
        try:
            server = datetime.fromisoformat(said["now"]).timestamp()
        except (KeyError, TypeError, ValueError) as problem:
            raise NoAnswer("unexpected answer") from problem
        return round((server - (before + after) / 2) * 1000)

    def sign_in(self, badge: str, pin: str | None) -> dict[str, Any]:
        """The operator's session: `session`, `name`, `rank`, `expires_at`. Without a PIN only if already live here."""
        body = {"badge": badge} if pin is None else {"badge": badge, "pin": pin}
        said = self._ask("POST", "operators", body)
        operator: dict[str, Any] = _part(said, "operator", dict)
        return operator

    def code(self, code: str) -> dict[str, Any]:
        """What a code is: `type`, `state`, `subject`, `sentence`."""
        return self._ask("GET", f"codes/{code}")

    def acts(self, acts: Sequence[Any]) -> list[dict[str, Any]]:
        """Send acts in order; one answer for each, with a verdict for each item."""
        return self._verdicts("acts", acts)

    def check(self, acts: Sequence[Any]) -> list[dict[str, Any]]:
        """The verdicts that `acts` would give now, with nothing recorded."""
        return self._verdicts("acts/check", acts)

    def picture(self, scan: str, sha256: str, data: bytes) -> None:
        """Hand over the JPEG that a recorded scan was read from. The same one twice changes nothing."""
        self._ask("POST", f"scans/{scan}/picture?sha256={sha256}", picture=data)

    def _verdicts(self, path: str, acts: Sequence[Any]) -> list[dict[str, Any]]:
        said = _part(self._ask("POST", path, {"acts": list(acts)}), "acts", list)
        answers = {answer["id"]: answer for answer in said if isinstance(answer, dict) and "id" in answer}
        # An act counts as answered only when each of its scans is: anything less is asked again.
        if any(not _answers_all(answers.get(act["id"]), act) for act in acts):
            raise NoAnswer("unexpected answer")
        return [answers[act["id"]] for act in acts]

    def _ask(self, method: str, path: str, body: Any = None, *, picture: bytes | None = None) -> dict[str, Any]:
        headers = {} if picture is None else {"Content-Type": "image/jpeg"}
        try:
            response = self._http.request(method, path, json=body, content=picture, headers=headers)
            said = response.json() if response.content else None
        except httpx.TransportError as problem:
            raise NoAnswer(type(problem).__name__) from problem
        except ValueError as problem:  # not JSON, such as the page of a proxy or of a hotel's network
            raise NoAnswer("not JSON") from problem
        if not isinstance(said, dict) or response.status_code >= 500 or response.is_redirect:
            raise NoAnswer(f"status {response.status_code}")
        if response.is_success:
            return said
        raise _refusal(response.status_code, str(said.get("code")), str(said.get("error")), path)


def _refusal(status: int, code: str, sentence: str, path: str) -> NoAnswer | ServiceRefused:
    if code.startswith("device_") or (status == 401 and path != "operators"):
        return DeviceRefused(status, code, sentence)
    # An act is refused for its form and nothing else. A wrong address (404) or a limit (429) says nothing about it, and
    # to take that for an answer would lose a scan.
    if path == "acts" and status not in _WRONG_FORM:
        return NoAnswer(f"status {status}")
    if path.startswith("scans/") and status not in _NO_PICTURE:
        return NoAnswer(f"status {status}")
    return ServiceRefused(status, code, sentence)


def _part(said: dict[str, Any], name: str, kind: type[Any]) -> Any:
    part = said.get(name)
    if not isinstance(part, kind):
        raise NoAnswer("unexpected answer")
    return part


def _answers_all(answer: dict[str, Any] | None, act: Any) -> bool:
    if answer is None:
        return False
    answered = {item.get("scan") for item in answer.get("items", ()) if item.get("verdict")}
    return answered >= {item["scan"] for item in act["items"]}
