"""Three tones that can be told apart without looking, on machines with a sound card and on those without."""

from __future__ import annotations

import shutil
import subprocess
import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np

from scanner.events import Tone

_RATE = 22_050  # samples a second
_FADE = 0.005  # seconds, so that a tone does not click
# Hertz and seconds, one after the other: up and short is good, one low is bad, low and long three times is STOP.
TONES = MappingProxyType(
    {
        "good": ((1320, 0.06), (1760, 0.08)),
        "bad": ((440, 0.25),),
        "stop": ((220, 0.25), (0, 0.08), (220, 0.25), (0, 0.08), (220, 0.35)),
    }
)
# What plays a file, in the order in which it is looked for: PipeWire and PulseAudio, ALSA, macOS.
_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",))


def samples(tone: str) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """The tone as 16-bit samples, mono, 22,050 a second."""
    parts = [_note(hertz, seconds) for hertz, seconds in TONES[tone]]
    return np.concatenate(parts).astype(np.int16)


def _note(hertz: float, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    at = np.arange(round(_RATE * seconds)) / _RATE
    fade = np.minimum(1, np.minimum(at, seconds - at) / _FADE)
    return np.sin(2 * np.pi * hertz * at) * fade * 16_000


def write(folder: Path) -> dict[str, Path]:
    """Each tone as a WAV file in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {tone: folder / f"{tone}.wav" for tone in TONES}
    for tone, path in files.items():
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_RATE)
            file.writeframes(samples(tone).tobytes())
    return files


def player(find: Callable[[str], str | None] = shutil.which) -> Sequence[str] | None:
    """The command that plays a sound file on this machine, or None."""
    return next((command for command in _PLAYERS if find(command[0])), None)


class Sounds:
    """Plays tones without waiting. Where no sound can be played the terminal's bell stands in: twice for STOP."""

    def __init__(
        self,
        files: dict[str, Path],
        command: Sequence[str] | None,
        *,
        bell: Callable[[], None],
        begin: Callable[[Sequence[str]], subprocess.Popen[bytes]],
    ) -> None:
        self._files = files
        self._command = command
        self._bell = bell
        self._begin = begin
        self._playing: list[subprocess.Popen[bytes]] = []

    def play(self, tone: Tone) -> None:
        """Begin to play it. A player that failed, as one without a sound card does, is not asked again."""
        ended = [playing for playing in self._playing if playing.poll() is not None]
        if any(playing.returncode for playing in ended):
            self._command = None
        self._playing = [playing for playing in self._playing if playing.returncode is None]
        if tone == "none":
            return
        if self._command is None:
            for _ in range({"good": 0, "bad": 1}.get(tone, 2)):
                self._bell()
            return
        self._playing.append(self._begin([*self._command, str(self._files[tone])]))

    def close(self) -> None:
        """Wait for what still plays."""
        for playing in self._playing:
            playing.wait()


def begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a player, and let it say nothing."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
