"""Labels drawn as a camera would see them: tilted, blurred, noised, lit badly, scratched; every draw is seeded."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import zxingcpp

from labels import payload

Image = np.ndarray
FORMATS = {
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "QRCode": zxingcpp.BarcodeFormat.QRCodeModel2,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
}
SUPER = 4  # every module is drawn this many times finer than the camera sees it, then averaged down


@dataclass(frozen=True)
class Damage:
    """What is wrong with the picture; lengths in pixels of the camera, angles in degrees."""

    angle: float = 0.0
    module: float = 2.5
    blur: float = 0.5
    motion: float = 0.0
    noise: float = 2.0
    light: float = 1.0
    perspective: float = 0.0
    glare: float = 0.0
    wrinkle: float = 0.0
    scratches: int = 0


def random_code(rng: np.random.Generator) -> str:
    return payload.issue(payload.CodeType.ITEM, rng.bytes)


def modules(text: str, symbology: str) -> Image:
    """The symbol at one pixel a module with its quiet zone, 0 or 255; a Code 128 is 40 modules tall."""
    kwargs = {"ec_level": "H"} if symbology == "QRCode" else {}
    barcode = zxingcpp.create_barcode(text, FORMATS[symbology], **kwargs)
    drawn = np.array(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False))
    if symbology == "Code128":
        drawn = np.repeat(drawn[:1], 40, axis=0)
    return np.pad(drawn, 10 if symbology == "Code128" else 4, constant_values=255)


def _placed(symbol: Image, damage: Damage, size: tuple[int, int], rng: np.random.Generator) -> Image:
    """The symbol on a grey desk, turned and seen in perspective, in a picture of (width, height)."""
    fine = damage.module * SUPER
    width, height = symbol.shape[1], symbol.shape[0]
    turn = math.radians(damage.angle)
    spin = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=float)
    flat = (corners - (width / 2, height / 2)) * fine @ spin.T
    depth = 1 + damage.perspective * flat[:, :1] / (np.abs(flat).max() + 1)
    middle = np.array(size) * SUPER / 2 + rng.uniform(-8, 8, 2) * SUPER
    target = (flat / depth + middle).astype(np.float32)
    # Corners of pixels, not their centres: half a pixel of shift at either end.
    matrix = cv2.getPerspectiveTransform((corners - 0.5).astype(np.float32), target)
    canvas = np.full((size[1] * SUPER, size[0] * SUPER), 150, np.uint8)
    cv2.warpPerspective(
        symbol, matrix, canvas.shape[::-1], canvas, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_TRANSPARENT
    )
    return canvas


def _motion(picture: Image, length: float, rng: np.random.Generator) -> Image:
    steps = max(3, round(length * 4) | 1)
    kernel = np.zeros((steps, steps), np.float32)
    direction = rng.uniform(0, math.pi)
    middle = (steps - 1) / 2
    for at in np.linspace(-length / 2, length / 2, 4 * steps):
        kernel[round(middle + at * math.sin(direction)), round(middle + at * math.cos(direction))] += 1
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def _spoilt(picture: Image, damage: Damage, rng: np.random.Generator) -> Image:
    height, width = picture.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    if damage.wrinkle:
        waves = damage.wrinkle * np.sin(xs / rng.uniform(15, 30) + ys / rng.uniform(20, 60))
        picture = cv2.remap(picture, xs + waves, ys + waves[::-1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    for _ in range(damage.scratches):
        ends = rng.uniform((0.25, 0.25), (0.75, 0.75), (2, 2)) * (width, height)
        shade = 240 if rng.random() < 0.5 else 30
        cv2.line(picture, *(tuple(int(v) for v in end) for end in ends), shade, int(rng.integers(1, 4)), cv2.LINE_AA)
    if damage.glare:
        cx, cy = width / 2 + rng.uniform(-60, 60), height / 2 + rng.uniform(-30, 30)
        spot = np.exp(-(((xs - cx) / (300 * damage.glare)) ** 2) - ((ys - cy) / (150 * damage.glare)) ** 2)
        picture = picture + 400 * spot
    return picture


def scene(
    text: str, symbology: str, damage: Damage, rng: np.random.Generator, size: tuple[int, int] = (640, 480)
) -> Image:
    """A grey picture of 8 bits with one symbol in it."""
    canvas = _placed(modules(text, symbology), damage, size, rng)
    picture = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    picture = _spoilt(picture, damage, rng)
    if damage.motion:
        picture = _motion(picture, damage.motion, rng)
    if damage.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), damage.blur)
    picture = 10 + picture.clip(0, 255) * 0.9 * damage.light
    noisy = picture + rng.normal(0, 1, picture.shape) * damage.noise * np.sqrt(picture / 120 + 0.2)
    return noisy.clip(0, 255).astype(np.uint8)


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


BASE = Damage()
KINDS: dict[str, list[Damage]] = {
    "clean": [BASE],
    "1.0-3 px a module": [replace(BASE, module=m) for m in (1.0, 1.25, 1.5, 2.0, 3.0)],
    "tilt": [replace(BASE, angle=a) for a in (7, 18, 33, 45, 61, 78)],
    "blur": [replace(BASE, blur=b, angle=5) for b in (1.0, 1.4, 1.8, 2.2)],
    "motion": [replace(BASE, motion=m, angle=5) for m in (2, 4, 6, 8)],
    "noise": [replace(BASE, noise=n, angle=8) for n in (10, 20, 30, 40)],
    "low light": [replace(BASE, light=v, noise=n, angle=8) for v, n in ((0.3, 4), (0.15, 4), (0.1, 5), (0.06, 4))],
    "perspective": [replace(BASE, perspective=p, angle=a) for p, a in ((0.2, 10), (0.35, 30), (0.5, 20))],
    "glare": [replace(BASE, glare=g, angle=6) for g in (0.1, 0.2, 0.3, 0.4)],
    "wrinkles": [replace(BASE, wrinkle=w, angle=6) for w in (1.0, 2.0, 3.0)],
    "scratches": [replace(BASE, scratches=s, angle=6) for s in (3, 8, 15)],
}
