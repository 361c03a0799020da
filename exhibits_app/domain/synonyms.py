"""Words that mean the same on a bag: who searches for a phone also finds the telephone, the handset and the iPhone."""

from typing import Final

# Each line is one thing. A word stands in one line only; each also counts with an s at its end. Left out is what
# also names something else that is seized every day: a tablet is a computer and a pill, a note a letter and money.
_GROUPS: Final = (
    "phone telephone mobile handset smartphone iphone cellphone",
    "computer laptop pc macbook chromebook",
    "television tv",
    "cctv footage recording",
    "car vehicle motorcar automobile",
    "motorbike motorcycle moped",
    "bike bicycle pushbike",
    "knife knives blade dagger",
    "gun firearm pistol handgun revolver",
    "ammunition ammo cartridge bullet round",
    "cash money currency banknote notes",
    "drugs narcotics",
    "cannabis marijuana weed",
    "cocaine coke",
    "heroin diamorphine",
    "ecstasy mdma",
    "syringe needle hypodermic",
    "medicine medication",
    "rucksack backpack",
    "wallet purse",
    "jewellery jewelry",
    "jacket coat",
    "trousers jeans",
    "shoe trainer boot footwear",
    "duvet quilt",
    "spectacles glasses",
)


def _forms(word: str) -> tuple[str, ...]:
    return (word,) if word.endswith("s") else (word, f"{word}s")


_BY_FORM: Final = {form: group for group in map(str.split, _GROUPS) for word in group for form in _forms(word)}


def others(word: str) -> list[str]:
    """The other words, in small letters, for what this word names; none for a word that is not listed."""
    return [one for one in _BY_FORM.get(word, ()) if word not in _forms(one)]


def ways(word: str) -> list[str]:
    """Every way to write those others, each a whole word: "car" must not find a card."""
    return [form for one in others(word) for form in _forms(one)]
