"""Every refusal of the scan client, so that a caller can catch one family and show a person one sentence.

ScanRefusal
├── BadSource            the --source option names nothing that can be read
├── CannotRead           a file is missing, unreadable, or neither a picture nor a video
├── SourceMissing        what is scanned with cannot be opened now
│   ├── CameraMissing    the camera is not there, is taken, or may not be used
│   └── HandheldMissing  so is the handheld scanner
├── SourceGone           what is scanned with has ended without a word
│   ├── CameraLost       the camera stopped giving pictures
│   └── HandheldLost     the handheld scanner was unplugged
├── BadSettings          an option, an environment variable or a file named by one is wrong
├── OutboxUnusable       the outbox cannot be opened or written: nothing may be scanned
├── OutboxInUse          another scan client has the outbox
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
            f"“{seen[:60]}” is no source: give camera:0 (or another number), video:FILE, images:FOLDER, wedge, "
            "wedge:evdev:DEVICE or wedge:serial:PORT."
        )
        self.seen = seen


class CannotRead(ScanRefusal):
    """`path` is the file, `why` says half a sentence."""

    code = "cannot_read"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} cannot be read: {why}.")
        self.path = path
        self.why = why


class SourceMissing(ScanRefusal):
    """It may be there later: whoever is patient tries again."""

    code = "source_missing"


class SourceGone(ScanRefusal):
    """It was there, and is tried again until it is back."""

    code = "source_gone"


class CameraMissing(SourceMissing):
    """`number` is the camera's, counted from 0; `sentence` says why and what to do."""

    code = "camera_missing"

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.number = number


class CameraLost(SourceGone):
    """`number` is the camera's, counted from 0."""

    code = "camera_lost"

    def __init__(self, number: int) -> None:
        super().__init__(f"Camera {number} stopped giving pictures: check its cable. Scanning goes on when it is back.")
        self.number = number


class HandheldMissing(SourceMissing):
    """`device` is the handheld's device or port; `sentence` says why and what to do."""

    code = "handheld_missing"

    def __init__(self, device: str, sentence: str) -> None:
        super().__init__(sentence)
        self.device = device


class HandheldLost(SourceGone):
    """`device` is the handheld's device or port."""

    code = "handheld_lost"

    def __init__(self, device: str) -> None:
        super().__init__(
            f"The handheld scanner at {device} was unplugged: plug it in. Scanning goes on when it is back."
        )
        self.device = device


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


class OutboxInUse(ScanRefusal):
    """`path` is the outbox file."""

    code = "outbox_in_use"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"Another exhibits-scan is running with the outbox {path}: go on there, or end it first. A second scanner "
            "at this machine needs an outbox and a device of its own."
        )
        self.path = path


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
