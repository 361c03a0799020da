"""The kinds of damage that the benchmark tries, each at several strengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.scenes import Damage

BASE = Damage()
SHELF = replace(BASE, angle=4, noise=5, jpeg=75, clutter=True, style="foreign", shade=0.3)


def _each(base: Damage, **values: Sequence[float]) -> list[Damage]:
    """The base with one of its numbers at each of these strengths."""
    return [replace(base, **{name: strength}) for name, strengths in values.items() for strength in strengths]


KINDS: dict[str, list[Damage]] = {
    "clean": [BASE],
    "1.0-3 px a module": _each(BASE, module=(1.0, 1.25, 1.5, 2.0, 3.0)),
    "tilt": _each(BASE, angle=(7, 18, 33, 45, 61, 78)),
    "lens blur": _each(replace(BASE, angle=5), blur=(1.0, 1.4, 1.8, 2.2)),
    "defocus": _each(replace(BASE, angle=14), defocus=(1.5, 2.5, 3.5, 4.5)),
    "motion": _each(replace(BASE, angle=5), motion=(2, 4, 6, 8)),
    "noise": _each(replace(BASE, angle=8), noise=(10, 20, 30, 40)),
    "low light": [replace(BASE, light=v, noise=n, angle=8) for v, n in ((0.3, 4), (0.15, 4), (0.1, 5), (0.06, 4))],
    "shadow, low contrast": [
        replace(BASE, shade=s, contrast=c, noise=4, angle=12) for s, c in ((0.8, 0.6), (0.9, 0.4), (0.5, 0.2), (0, 0.1))
    ],
    "perspective": [replace(BASE, perspective=p, angle=a) for p, a in ((0.2, 10), (0.35, 30), (0.45, 20), (0.5, 70))],
    "bottle": _each(replace(BASE, angle=15), curve=(0.5, 0.8, 1.1)),
    "glare": _each(replace(BASE, angle=6), glare=(0.1, 0.2, 0.3, 0.4)),
    "wrinkles": _each(replace(BASE, angle=6), wrinkle=(1.0, 2.0, 3.0, 4.0)),
    "scratches": _each(replace(BASE, angle=6), scratches=(3, 8, 15)),
    "light on dark": [replace(BASE, inverted=True, angle=a, blur=b) for a, b in ((0, 1.0), (30, 0.8), (60, 1.2))],
    "JPEG": _each(replace(BASE, angle=20, module=2.0, noise=6), jpeg=(60, 30, 15, 8)),
    "a cluttered shelf": [
        replace(SHELF, angle=a, module=m, blur=b, perspective=p)
        for a, m, b, p in (
            (0, 1.3, 0.7, 0),
            (12, 1.6, 0.9, 0.2),
            (40, 2.0, 1.2, 0.2),
            (85, 2.5, 1.8, 0.3),
            (200, 4, 3, 0.1),
        )
    ],
    "all at once": [
        replace(SHELF, angle=a, module=m, defocus=d, motion=v, perspective=0.25, curve=c, glare=g)
        for a, m, d, v, c, g in (
            (10, 2, 1, 2, 0.4, 0.1),
            (35, 3, 2, 1, 0, 0.2),
            (65, 2.5, 0, 4, 0.3, 0),
            (110, 4, 4, 3, 0, 0),
        )
    ],
}
MATRIX_KINDS: dict[str, list[Damage]] = {
    "dot-peened": [
        replace(BASE, dots=d, angle=a, contrast=c, module=m, inverted=i, noise=4, shade=0.3, style=s)
        for d, a, c, m, i, s in (
            (0.8, 10, 0.6, 5, False, "ours"),
            (0.7, 35, 0.4, 6, False, "short"),
            (0.65, 70, 0.5, 8, True, "ours"),
            (0.75, 3, 0.3, 4, True, "foreign"),
        )
    ],
    "rectangular": [replace(BASE, style="rectangular", angle=a, module=m) for a, m in ((0, 2), (25, 3), (60, 2.5))],
    "engraved": [
        replace(BASE, contrast=c, clutter=True, angle=a, module=m, blur=b, shade=0.6, noise=6, style="foreign")
        for c, a, m, b in ((0.3, 20, 4, 1.5), (0.2, 48, 6, 2), (0.15, 75, 5, 1), (0.3, 100, 3, 1.2))
    ],
}
