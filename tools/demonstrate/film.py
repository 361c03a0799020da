"""A film of printed labels as a cheap webcam sees them: turned, out of focus, noisy, one after another."""

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from scanner.decode import decode_image

Picture = NDArray[np.uint8]
WIDTH, HEIGHT = 1280, 720
DOTS_PER_INCH = 203
FRAMES_A_LABEL = 18
# How each label is held in turn: degrees, blur in pixels, noise in grey levels.
HELD = ((4.0, 0.8, 6.0), (-9.0, 1.0, 8.0), (17.0, 0.8, 10.0), (-28.0, 0.9, 8.0))


def pages(pdf: bytes, dots_per_inch: int = DOTS_PER_INCH) -> list[Picture]:
    """Each page of a PDF as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy() for page in document]
    return [np.ascontiguousarray(one.reshape(one.shape[0], one.shape[1])) for one in drawn]


def codes_on(pdf: bytes) -> list[str]:
    """Our codes on a printed PDF, read from its picture in reading order, each once."""
    read = [one.text for page in pages(pdf) for one in decode_image(page) if one.ours]
    return list(dict.fromkeys(read))


def shoot(labels: list[Picture], path: Path, seed: int = 7) -> None:
    """Write the film: each label is held before the camera for a moment."""
    chance = np.random.default_rng(seed)
    film = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 15, (WIDTH, HEIGHT))
    if not film.isOpened():
        raise OSError(f"{path} cannot be written as a film")
    for number, label in enumerate(labels):
        degrees, blur, noise = HELD[number % len(HELD)]
        for frame in range(FRAMES_A_LABEL):
            film.write(_seen(label, degrees + 0.4 * frame, blur, noise, chance))
    film.release()


def _seen(label: Picture, degrees: float, blur: float, noise: float, chance: np.random.Generator) -> Picture:
    """One frame: the label on a grey bench, turned, blurred, with the camera's noise over it."""
    bench = np.full((HEIGHT, WIDTH), 120, np.uint8)
    turn = cv2.getRotationMatrix2D((label.shape[1] / 2, label.shape[0] / 2), degrees, 1.0)
    turn[:, 2] += (WIDTH / 2 - label.shape[1] / 2, HEIGHT / 2 - label.shape[0] / 2)
    cv2.warpAffine(label, turn, (WIDTH, HEIGHT), dst=bench, borderMode=cv2.BORDER_TRANSPARENT)
    soft = cv2.GaussianBlur(bench, (0, 0), blur).astype(np.float64)
    noisy = np.clip(soft + chance.normal(0, noise, soft.shape), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(noisy, cv2.COLOR_GRAY2BGR), np.uint8)


def a_photograph() -> bytes:
    """A JPEG of a folded sheet on a bench, drawn."""
    picture = np.full((900, 1200, 3), (60, 70, 80), np.uint8)
    cv2.fillPoly(picture, [np.array([(200, 200), (980, 160), (1040, 700), (240, 760)])], (225, 215, 190))
    cv2.line(picture, (600, 180), (640, 730), (190, 180, 160), 6)
    done, data = cv2.imencode(".jpg", picture)
    if not done:
        raise OSError("the photograph could not be written")
    return bytes(data)
