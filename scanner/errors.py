"""Every refusal of the scan client, so that a caller can catch one family and show a person one sentence.

ScanRefusal
├── BadSource            the --source option names nothing that can be read
├── CannotRead           a file is missing, unreadable, or neither a picture nor a video
├── CameraMissing        the camera cannot be opened
├── CameraLost           the camera stopped giving pictures
├── BadSettings          an option, an environment variable or a file named by one is wrong
├── OutboxUnusable       the outbox cannot be opened or written: nothing may be scanned
├── NoAnswer             the network or the service failed: repeat later, nothing is lost
└── ServiceRefused       the service said no, with its own code and sentence
    └── DeviceRefused    this device's token is unknown or revoked: stop sending
"""

from __future__ import annotations

from typing import ClassVar


class ScanRefusal(Exception):
    """Something was refused: `code` is for machines, `sentence` (also `str()`) for people."""

    code: ClassVar[str] = "scan_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadSource(ScanRefusal):
    """`seen` is the source as given."""

    code = "bad_source"

    def __init__(self, seen: str) -> None:
        super().__init__(
            f"“{seen[:60]}” is no source: give camera:0 (or another number), video:FILE, images:FOLDER or wedge."
        )
        self.seen = seen


class CannotRead(ScanRefusal):
    """`path` is the file, `why` says half a sentence."""

    code = "cannot_read"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} cannot be read: {why}.")
        self.path = path
        self.why = why


class CameraMissing(ScanRefusal):
    """`number` is the camera's, counted from 0."""

    code = "camera_missing"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Camera {number} cannot be opened: check that it is plugged in, that no other program is using it, "
            "and that you may use cameras (on Linux, the group “video”)."
        )
        self.number = number


class CameraLost(ScanRefusal):
    """`number` is the camera's, counted from 0."""

    code = "camera_lost"

    def __init__(self, number: int) -> None:
        super().__init__(f"Camera {number} stopped giving pictures: check its cable.")
        self.number = number


class BadSettings(ScanRefusal):
    """`what` names the option or variable."""

    code = "bad_settings"

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(sentence)
        self.what = what


class OutboxUnusable(ScanRefusal):
    """`path` is the outbox file, `why` the database's own words."""

    code = "outbox_unusable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"Scans cannot be kept safely in {path} ({why}), so nothing more can be scanned: make room on the disk "
            "or choose another place with --outbox."
        )
        self.path = path
        self.why = why


class NoAnswer(ScanRefusal):
    """`why` is the kind of failure, for the log."""

    code = "no_answer"

    def __init__(self, why: str) -> None:
        super().__init__("The service does not answer; scans are kept here and sent when it does.")
        self.why = why


class ServiceRefused(ScanRefusal):
    """`status` is the HTTP status, `said` the service's code for machines."""

    code = "service_refused"

    def __init__(self, status: int, said: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.said = said


class DeviceRefused(ServiceRefused):
    """The device's token is unknown or revoked."""

    code = "device_refused"
