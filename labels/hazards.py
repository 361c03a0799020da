"""The hazard pictograms, drawn by us as polygons in a unit square (x to the right, y downwards)."""

from __future__ import annotations

import math

Points = tuple[tuple[float, float], ...]
Shape = tuple[Points, bool]  # the corners, and whether they are inked (True) or cut out (False)


def _circle(x: float, y: float, radius: float) -> Points:
    return tuple(
        (x + radius * math.cos(step * math.tau / 24), y + radius * math.sin(step * math.tau / 24)) for step in range(24)
    )


def _bar(start: tuple[float, float], end: tuple[float, float], width: float) -> Points:
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1)
    dx, dy = (y2 - y1) / length * width / 2, (x1 - x2) / length * width / 2
    return ((x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy))


# A warning triangle as people know it from ISO 7010, in one colour: an inked frame around a white field.
_FRAME: tuple[Shape, ...] = (
    (((0.5, 0.02), (0.54, 0.05), (1.0, 0.91), (0.97, 0.96), (0.03, 0.96), (0.0, 0.91), (0.46, 0.05)), True),
    (((0.5, 0.18), (0.88, 0.87), (0.12, 0.87)), False),
)

_EXCLAMATION: tuple[Shape, ...] = (
    (((0.445, 0.38), (0.555, 0.38), (0.53, 0.68), (0.47, 0.68)), True),
    (_circle(0.5, 0.77, 0.055), True),
)
_BIOHAZARD: tuple[Shape, ...] = (
    (_circle(0.5, 0.47, 0.13), True),
    (_circle(0.37, 0.69, 0.13), True),
    (_circle(0.63, 0.69, 0.13), True),
    (_circle(0.5, 0.44, 0.075), False),
    (_circle(0.34, 0.71, 0.075), False),
    (_circle(0.66, 0.71, 0.075), False),
    (_circle(0.5, 0.62, 0.035), False),
)
_SHARP: tuple[Shape, ...] = (
    (((0.3, 0.8), (0.42, 0.64), (0.47, 0.69), (0.35, 0.84)), True),
    (((0.44, 0.62), (0.6, 0.36), (0.64, 0.46), (0.5, 0.68)), True),
)
_FIREARM: tuple[Shape, ...] = (
    (((0.26, 0.54), (0.74, 0.54), (0.74, 0.64), (0.26, 0.64)), True),
    (((0.27, 0.62), (0.4, 0.62), (0.36, 0.82), (0.22, 0.82)), True),
    (_bar((0.42, 0.63), (0.42, 0.74), 0.04), True),
    (_bar((0.38, 0.73), (0.5, 0.73), 0.035), True),
    (_bar((0.5, 0.63), (0.5, 0.74), 0.035), True),
)
_FLAME: tuple[Shape, ...] = (
    (
        (
            (0.5, 0.3), (0.6, 0.5), (0.63, 0.45), (0.69, 0.65), (0.62, 0.8),
            (0.5, 0.83), (0.38, 0.8), (0.31, 0.66), (0.38, 0.5), (0.43, 0.55),
        ),
        True,
    ),
    (((0.5, 0.6), (0.57, 0.74), (0.5, 0.79), (0.43, 0.74)), False),
)  # fmt: skip
_SKULL: tuple[Shape, ...] = (
    (_bar((0.28, 0.66), (0.72, 0.83), 0.06), True),
    (_bar((0.28, 0.83), (0.72, 0.66), 0.06), True),
    (_circle(0.5, 0.52, 0.15), True),
    (((0.42, 0.62), (0.58, 0.62), (0.58, 0.74), (0.42, 0.74)), True),
    (_circle(0.44, 0.53, 0.04), False),
    (_circle(0.56, 0.53, 0.04), False),
)
_CORROSIVE: tuple[Shape, ...] = (
    (((0.5, 0.32), (0.6, 0.52), (0.6, 0.58), (0.5, 0.63), (0.4, 0.58), (0.4, 0.52)), True),
    (((0.24, 0.72), (0.42, 0.72), (0.5, 0.78), (0.58, 0.72), (0.76, 0.72), (0.8, 0.82), (0.2, 0.82)), True),
)

_BY_WORD: tuple[tuple[tuple[str, ...], tuple[Shape, ...]], ...] = (
    (("bio", "blood", "body fluid", "infect"), _BIOHAZARD),
    (("sharp", "needle", "blade", "knife", "glass"), _SHARP),
    (("firearm", "gun", "ammunition", "weapon"), _FIREARM),
    (("flam", "fire", "fuel", "accelerant", "petrol"), _FLAME),
    (("tox", "drug", "poison", "fentanyl", "opioid"), _SKULL),
    (("corros", "acid", "alkali"), _CORROSIVE),
)


def pictogram(word: str) -> tuple[Shape, ...]:
    """The pictogram of the hazard, back to front; the general warning sign for a word we have no picture for."""
    lowered = word.lower()
    known = (shapes for stems, shapes in _BY_WORD if any(stem in lowered for stem in stems))
    return _FRAME + next(known, _EXCLAMATION)
