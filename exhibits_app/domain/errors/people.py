"""Refusals about who is asking and what they may do."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class SignInRefusal(Refusal):
    """Who is asking is not established."""

    code: ClassVar[str] = "sign_in_refused"


class SignedOut(SignInRefusal):
    """Nobody is signed in, or the session has ended."""

    code: ClassVar[str] = "signed_out"

    def sentence(self) -> str:
        return "You are signed out. Sign in to go on."


class BadSignIn(SignInRefusal):
    """The name or the password is wrong; which one is not said."""

    code: ClassVar[str] = "bad_sign_in"

    def sentence(self) -> str:
        return "The sign-in name or password is wrong. Check both and try again."


@dataclass(eq=False)
class TooManyAttempts(SignInRefusal):
    """Too many wrong attempts in a row; `wait_seconds` until the next is allowed."""

    code: ClassVar[str] = "too_many_attempts"
    wait_seconds: int

    def sentence(self) -> str:
        minutes = max(1, round(self.wait_seconds / 60))
        unit = "minute" if minutes == 1 else "minutes"
        return f"There were too many wrong attempts. Wait {minutes} {unit} and try again."


class LinkSpent(SignInRefusal):
    """A one-time sign-in link was used already or has run out."""

    code: ClassVar[str] = "link_spent"

    def sentence(self) -> str:
        return "This sign-in link has been used or has run out. Ask an administrator for a new one."


class PasswordTooShort(SignInRefusal):
    """A new password is shorter than 12 characters (NCSC: length over complexity)."""

    code: ClassVar[str] = "password_too_short"

    def sentence(self) -> str:
        return "Choose a password of at least 12 characters; three words together work well."


class PasswordWrong(SignInRefusal):
    """A signed-in person did not prove with their password that it is they who change a secret."""

    code: ClassVar[str] = "password_wrong"

    def sentence(self) -> str:
        return "That is not your password. Enter the password that you sign in with."


class PinsDiffer(SignInRefusal):
    """The new PIN and its repetition are not the same."""

    code: ClassVar[str] = "pins_differ"

    def sentence(self) -> str:
        return "The two PINs differ. Enter the same PIN twice."


class PinTooSimple(SignInRefusal):
    """A new PIN is not 6 to 8 digits, or is a run or one digit over and over."""

    code: ClassVar[str] = "pin_too_simple"

    def sentence(self) -> str:
        return "Choose a PIN of 6 to 8 digits that is not a run like 123456 or one digit over and over."


class DeviceUnknown(SignInRefusal):
    """The device token is missing or was never issued."""

    code: ClassVar[str] = "device_unknown"

    def sentence(self) -> str:
        return "This device is not enrolled. Ask an administrator to enrol it."


@dataclass(eq=False)
class DeviceRevoked(SignInRefusal):
    """The device was enrolled once and has been revoked."""

    code: ClassVar[str] = "device_revoked"
    name: str

    def sentence(self) -> str:
        return f"The device {self.name} has been revoked. Its scans are kept on it; ask an administrator."


class PinNeeded(SignInRefusal):
    """The badge is known; the PIN has still to be given on this device."""

    code: ClassVar[str] = "pin_needed"

    def sentence(self) -> str:
        return "Enter your PIN."


class PinWrong(SignInRefusal):
    """The badge and the PIN do not go together."""

    code: ClassVar[str] = "pin_wrong"

    def sentence(self) -> str:
        return "The badge and PIN do not match. Scan your badge and enter the PIN again."


class OperatorSessionEnded(SignInRefusal):
    """The operator's session on this device has ended or belongs to another device."""

    code: ClassVar[str] = "operator_session_ended"

    def sentence(self) -> str:
        return "Your turn at this device has ended. Scan your badge and enter your PIN."


@dataclass(eq=False)
class NoRight(Refusal):
    """The person is known and may not do this here. `doing` completes "You may not ..."."""

    code: ClassVar[str] = "no_right"
    doing: str

    def sentence(self) -> str:
        return f"You may not {self.doing}. Ask a supervisor if you should."
