"""The API's contract as small as the client needs it: a WSGI application that stands in until the service is there.

It is no mock of our code: it holds what the contract says (idempotent by id, verdicts by item, 401 for a revoked
device), so that the client's own promises can be tested. The same tests then run over the real application.
"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

TOKEN = "device-token"
PIN = "1234"


class ContractServer:
    """Answers `/api/v1`. `recorded` holds every act that was recorded, in order."""

    def __init__(self, now: str = "2026-09-21T14:13:20.000000Z") -> None:
        self.now = now
        self.recorded: list[dict[str, Any]] = []
        self.refuse_codes: set[str] = set()
        self.live: set[str] = set()
        self.device_revoked = False
        self.down_for_acts = False
        self.pictures = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        sent = json.loads(body) if environ.get("CONTENT_TYPE") == "application/json" and length else body
        if self.down_for_acts and environ["PATH_INFO"].endswith("/acts"):
            status, said = error(503, "unavailable", "The service is being restarted.")
        elif self.device_revoked or environ.get("HTTP_AUTHORIZATION") != f"Bearer {TOKEN}":
            status, said = error(401, "device_revoked", "This device is no longer enrolled: see your administrator.")
        else:
            status, said = self._answer(environ["REQUEST_METHOD"], environ["PATH_INFO"], sent)
        reply = json.dumps(said).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(reply)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [reply]

    def _answer(self, method: str, path: str, sent: Any) -> tuple[int, dict[str, Any]]:
        match method, path.removeprefix("/api/v1/").split("/"):
            case "GET", ["clock"]:
                return 200, {"ok": True, "now": self.now, "pictures": self.pictures}
            case "POST", ["operators"]:
                return self._sign_in(sent["badge"], sent.get("pin"))
            case "GET", ["codes", code]:
                return 200, {"ok": True, "code": code, "sentence": f"{code} is known."}
            case "POST", ["acts"]:
                return 200, {"ok": True, "acts": [self._record(act) for act in sent["acts"]]}
            case "POST", ["acts", "check"]:
                return 200, {"ok": True, "acts": [self._verdicts(act, "would_record") for act in sent["acts"]]}
        return error(404, "not_found", "There is no such page.")

    def _sign_in(self, badge: str, pin: str | None) -> tuple[int, dict[str, Any]]:
        if pin is None and badge not in self.live:
            return error(401, "pin_needed", "Enter your PIN.")
        if pin is not None and pin != PIN:
            return error(401, "pin_wrong", "The PIN is wrong.")
        self.live.add(badge)
        return 201, {
            "ok": True,
            "operator": {
                "session": f"session-{badge}",
                "name": "Reyes",
                "rank": "PC 4521",
                "expires_at": "2030-01-01T00:00:00Z",
            },
        }

    def _record(self, act: dict[str, Any]) -> dict[str, Any]:
        known = next((earlier for earlier in self.recorded if earlier["id"] == act["id"]), None)
        if known is None:
            self.recorded.append(act)
            return self._verdicts(act, "recorded")
        if known != act:
            return self._verdicts(act, "refused")
        return self._verdicts(act, "already_recorded")

    def _verdicts(self, act: dict[str, Any], verdict: str) -> dict[str, Any]:
        items = [
            {"scan": item["scan"], "code": item["code"], "verdict": self._verdict(item, verdict), "sentence": "Said."}
            for item in act["items"]
        ]
        return {"id": act["id"], "status": verdict, "code": None, "error": None, "items": items}

    def _verdict(self, item: dict[str, Any], verdict: str) -> str:
        return "refused" if item["code"] in self.refuse_codes else verdict


def error(status: int, code: str, sentence: str) -> tuple[int, dict[str, Any]]:
    return status, {"ok": False, "code": code, "error": sentence, "status": status}
