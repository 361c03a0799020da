"""Labels that tests are about: invented people, cases and things."""

import io
import random
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw

from labels.fields import ItemLabel
from labels.payload import CodeType, issue


def a_code(seed: int = 1, kind: CodeType = CodeType.ITEM) -> str:
    return issue(kind, random.Random(seed).randbytes)


def an_item(seed: int = 1, **changed: object) -> ItemLabel:
    label = ItemLabel(
        code=a_code(seed),
        exhibit_ref="AB/1",
        description="Double duvet cover, blue and white stripes",
        force_name="Northshire Police",
        property_ref="1284",
        case_ref="OP FERN 123/25",
        case_title="Death at 14 Cherry Tree Lane",
        category="DTH-BED",
        seized_at="14:02 on 3 May 2025",
        seized_where="14 Cherry Tree Lane",
        seized_by="PC 4521 Reyes",
        seal="S100",
        hazards=("Biohazard",),
    )
    return replace(label, **changed)  # type: ignore[arg-type]  # Only fields of the label are passed.


def an_item_on(stock: str, seed: int = 1, **changed: object) -> ItemLabel:
    """The same item, with as much about it as the smallest labels have room for."""
    little = {"case_ref": "", "property_ref": "", "seal": "", "category": "", "hazards": ()} if "25x10" in stock else {}
    return an_item(seed, **{**changed, **little})


def a_png(ink: np.ndarray, **how: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.where(ink, 0, 255).astype(np.uint8)).save(file, "PNG", **how)
    return file.getvalue()


def a_crest(side: int = 120) -> np.ndarray:
    picture = Image.new("1", (side, side), 0)
    ImageDraw.Draw(picture).polygon([(5, 5), (side - 5, 5), (side // 2, side - 5)], outline=1, width=12)
    return np.asarray(picture)
