"""Labels drawn as a camera would see them, by what light, lens, sensor and paper do to them; every draw is seeded."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.labels_drawn import drawn

Image = np.ndarray
SUPER = 3  # the scene is drawn this many times finer than the camera sees it, then averaged down
_FINEST = 3_000_000  # pixels of a picture that is drawn finer; a larger one is drawn as the camera sees it


@dataclass(frozen=True)
class Damage:
    """What is wrong with the picture; lengths in pixels of the camera, angles in degrees."""

    angle: float = 0.0
    module: float = 2.5
    blur: float = 0.5  # sigma of the lens
    defocus: float = 0.0  # radius of the disc that a point becomes
    motion: float = 0.0
    noise: float = 2.0
    light: float = 1.0
    shade: float = 0.0  # how much darker the far corner is, 0 to 1
    contrast: float = 1.0  # of print against paper
    inverted: bool = False
    perspective: float = 0.0
    curve: float = 0.0  # how far round a bottle the symbol's half width goes, in radians
    glare: float = 0.0
    wrinkle: float = 0.0
    scratches: int = 0
    jpeg: int = 0  # quality, 0 for none
    clutter: bool = False
    dots: float = 0.0  # dot-peened: diameter of a dot in modules
    style: str = "ours"  # ours, foreign, short, rectangular


def _module_map(
    damage: Damage, half: float, size: tuple[int, int], fine: int, rng: np.random.Generator
) -> tuple[Image, Image]:
    """For each fine pixel the place on the flat label that it sees, in modules from the symbol's middle."""
    width, height = size[0] * fine, size[1] * fine
    shift = rng.uniform(-8, 8, 2)
    xs, ys = np.meshgrid(
        ((np.arange(width, dtype=np.float32) + 0.5) / fine - size[0] / 2 - shift[0]) / damage.module,
        ((np.arange(height, dtype=np.float32) + 0.5) / fine - size[1] / 2 - shift[1]) / damage.module,
    )
    turn = math.radians(damage.angle)
    us, vs = xs * math.cos(turn) + ys * math.sin(turn), ys * math.cos(turn) - xs * math.sin(turn)
    if damage.perspective:
        depth = np.maximum(0.1, 1 - damage.perspective * (us * 0.8 + vs * 0.6) / half)
        us, vs = us / depth, vs / depth
    return us, vs


def _bent(us: Image, vs: Image, half: float, damage: Damage, rng: np.random.Generator) -> tuple[Image, Image]:
    if damage.curve:
        radius = half / damage.curve
        us = radius * np.arcsin(np.clip(us / radius, -1, 1))
    if damage.wrinkle:
        size = damage.wrinkle / damage.module
        waves = size * np.sin(us * rng.uniform(0.08, 0.16) + vs * rng.uniform(0.04, 0.12) + rng.uniform(0, 6))
        us, vs = us + waves, vs + 0.7 * waves
    return us, vs


def _desk(size: tuple[int, int], damage: Damage, rng: np.random.Generator) -> Image:
    width, height = size
    if not damage.clutter:
        return np.full((height, width), 150.0, np.float32)
    coarse = rng.uniform(60, 200, (max(2, height // 40), max(2, width // 40))).astype(np.float32)
    desk = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    desk += 25 * np.repeat(rng.normal(0, 1, (height // 3 + 1, 1)).astype(np.float32), 3, axis=0)[:height]
    desk = desk.clip(10, 250).astype(np.uint8)
    for _ in range(10):
        corner = rng.integers(0, size)
        other = corner + rng.integers(10, (width // 3, height // 3))
        cv2.rectangle(
            desk, corner.tolist(), other.tolist(), float(rng.integers(20, 240)), -1 if rng.random() < 0.5 else 3
        )
    for _ in range(14):
        at = rng.integers((-20, 0), size).tolist()
        cv2.putText(desk, "Box 41 EXHIBIT lot / 2203", at, cv2.FONT_HERSHEY_SIMPLEX, rng.uniform(0.4, 1.4), 30.0, 2)
    return desk.astype(np.float32)


def _flat(
    text: str, symbology: str, damage: Damage, size: tuple[int, int], rng: np.random.Generator
) -> tuple[Image, float]:
    """The label on the desk as a perfect camera would see it, from 0 to 255, and half its width in modules."""
    fine = SUPER if size[0] * size[1] * SUPER**2 <= _FINEST else 1
    label, per_module, half = drawn(text, symbology, damage.style, damage.dots, rng)
    label = label.astype(np.float32)
    label = 128 + (label - 128) * damage.contrast
    if damage.inverted:
        label = 255 - label
    us, vs = _bent(*_module_map(damage, half, size, fine, rng), half, damage, rng)
    desk = cv2.resize(_desk(size, damage, rng), us.shape[::-1], interpolation=cv2.INTER_LINEAR)
    us = (us * per_module + (label.shape[1] - 1) / 2).astype(np.float32)
    vs = (vs * per_module + (label.shape[0] - 1) / 2).astype(np.float32)
    seen = cv2.remap(label, us, vs, cv2.INTER_LINEAR, dst=desk, borderMode=cv2.BORDER_TRANSPARENT)
    return cv2.resize(seen, size, interpolation=cv2.INTER_AREA), half


def _kernel_of_motion(length: float, rng: np.random.Generator) -> Image:
    steps = max(3, round(length * 4) | 1)
    kernel = np.zeros((steps, steps), np.float32)
    direction = rng.uniform(0, math.pi)
    middle = (steps - 1) / 2
    for at in np.linspace(-length / 2, length / 2, 4 * steps):
        kernel[round(middle + at * math.sin(direction)), round(middle + at * math.cos(direction))] += 1
    return kernel / kernel.sum()


def _disc(radius: float) -> Image:
    reach = math.ceil(radius)
    fine = (np.arange(8 * (2 * reach + 1)) + 0.5) / 8 - reach - 0.5
    inside = (np.hypot(fine[:, None], fine[None, :]) <= radius).astype(np.float32)
    kernel = cv2.resize(inside, (2 * reach + 1, 2 * reach + 1), interpolation=cv2.INTER_AREA)
    return kernel / kernel.sum()


def _lit(picture: Image, damage: Damage, half: float, rng: np.random.Generator) -> Image:
    height, width = picture.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    if damage.shade:
        turn = rng.uniform(0, 2 * math.pi)
        along = (xs - width / 2) / width * math.cos(turn) + (ys - height / 2) / height * math.sin(turn)
        picture = picture * (1 - damage.shade / (1 + np.exp(-14 * along)))
    if damage.glare:
        reach = half * damage.module  # pixels from the middle of the symbol to its side
        cx, cy = width / 2 + rng.uniform(-0.5, 0.5) * reach, height / 2 + rng.uniform(-0.25, 0.25) * reach
        spread = 2 * damage.glare * reach
        spot = np.exp(-(((xs - cx) / spread) ** 2) - ((ys - cy) / spread * 2) ** 2)
        picture = picture + 400 * spot
    return picture


def _scratched(picture: Image, damage: Damage, rng: np.random.Generator) -> Image:
    height, width = picture.shape
    for _ in range(damage.scratches):
        ends = rng.uniform((0.25, 0.25), (0.75, 0.75), (2, 2)) * (width, height)
        shade = 240 if rng.random() < 0.5 else 30
        cv2.line(picture, *(tuple(int(v) for v in end) for end in ends), shade, int(rng.integers(1, 4)), cv2.LINE_AA)
    return picture


def _through_the_lens(picture: Image, damage: Damage, rng: np.random.Generator) -> Image:
    if damage.motion:
        picture = cv2.filter2D(picture, -1, _kernel_of_motion(damage.motion, rng))
    if damage.defocus:
        picture = cv2.filter2D(picture, -1, _disc(damage.defocus))
    if damage.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), damage.blur)
    return picture


def scene(
    text: str, symbology: str, damage: Damage, rng: np.random.Generator, size: tuple[int, int] = (640, 480)
) -> Image:
    """A grey picture of 8 bits with one symbol in it."""
    picture, half = _flat(text, symbology, damage, size, rng)
    picture = _lit(_scratched(picture, damage, rng), damage, half, rng)
    picture = _through_the_lens(picture, damage, rng)
    picture = 10 + picture.clip(0, 255) * 0.9 * damage.light
    noise = rng.standard_normal(picture.shape, np.float32) * damage.noise
    noisy = (picture + noise * np.sqrt(picture / 120 + 0.2)).clip(0, 255).astype(np.uint8)
    if damage.jpeg:
        noisy = cv2.imdecode(cv2.imencode(".jpg", noisy, (cv2.IMWRITE_JPEG_QUALITY, damage.jpeg))[1], 0)
    return noisy


def idle_frame(rng: np.random.Generator, size: tuple[int, int] = (1280, 720)) -> Image:
    """A store-room desk without a code: light that falls off, edges, text-like clutter, noise."""
    width, height = size
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    picture = 170 - 60 * np.hypot(xs / width - 0.4, ys / height - 0.4)
    for _ in range(14):
        corner = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        other = (corner[0] + int(rng.integers(30, 300)), corner[1] + int(rng.integers(30, 200)))
        cv2.rectangle(picture, corner, other, float(rng.integers(40, 220)), -1 if rng.random() < 0.5 else 3)
    drawn = picture.clip(0, 255).astype(np.uint8)
    for row in range(6):
        at = (int(width * 0.55), int(height * 0.3) + 26 * row)
        cv2.putText(drawn, "Property store, bay seven", at, cv2.FONT_HERSHEY_SIMPLEX, 0.7, 40.0, 2)
    picture = cv2.GaussianBlur(drawn.astype(np.float32), (0, 0), 0.8)
    return (picture + rng.normal(0, 2.5, picture.shape)).clip(0, 255).astype(np.uint8)


def empty_frame(rng: np.random.Generator, size: tuple[int, int] = (1280, 720)) -> Image:
    """A bare wall: one shade of grey and the sensor's noise."""
    return (150 + rng.normal(0, 2.5, size[::-1])).clip(0, 255).astype(np.uint8)


def textured_frame(rng: np.random.Generator, size: tuple[int, int] = (1280, 720)) -> Image:
    """The hardest frame without a code: cloth, slats, print and boxes all over it."""
    desk = _desk(size, Damage(clutter=True), rng)
    return (desk + rng.normal(0, 4, desk.shape)).clip(0, 255).astype(np.uint8)
