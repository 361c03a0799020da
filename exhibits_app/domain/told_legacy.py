"""Sentences for what came from a previous system."""

from collections.abc import Callable
from typing import Any

from . import events as e
from .show import day


def _imported(body: e.Imported, actor: str, ref: str) -> str:
    where = f", at {body.place.name} there" if body.place else ""
    officer = f", seized by {body.officer} there" if body.officer else ""
    graded = f"; its time limits count from {day(body.grade_on)} unless a plan says otherwise"
    return f"{actor} imported {ref} from {body.issuer}, number {body.number}{where}{officer}{graded}"


def _planned(body: e.GradingPlanned, actor: str, ref: str) -> str:
    return f"{actor} set {day(body.grade_on)} as the day on which {ref} is graded in (plan {body.plan})"


TELL_LEGACY: dict[type, Callable[[Any, str, str], str]] = {e.Imported: _imported, e.GradingPlanned: _planned}
