"""Cases: their categories, and the categories of items in them."""

from dataclasses import dataclass, field
from enum import StrEnum

from .events import CaseRef
from .people import PersonRef, Target


class CaseCategory(StrEnum):
    """What a case is about; the four death categories are apart, because they change what is owed."""

    DEATH_EXPECTED = "death-expected"
    DEATH_NOT_SUSPICIOUS = "death-not-suspicious"
    DEATH_INVESTIGATED = "death-investigated"
    HOMICIDE = "homicide"
    SEXUAL = "sexual"
    VIOLENCE = "violence"
    DRUGS = "drugs"
    VOLUME = "volume"
    ROAD = "road"
    OTHER = "other"


CASE_CATEGORY_NAMES = {
    CaseCategory.DEATH_EXPECTED: "Death: expected",
    CaseCategory.DEATH_NOT_SUSPICIOUS: "Death: unexpected, investigated and not suspicious",
    CaseCategory.DEATH_INVESTIGATED: "Death: unexpected, under investigation",
    CaseCategory.HOMICIDE: "Homicide",
    CaseCategory.SEXUAL: "Sexual offence",
    CaseCategory.VIOLENCE: "Violence",
    CaseCategory.DRUGS: "Drugs",
    CaseCategory.VOLUME: "Volume crime (burglary, theft, vehicle)",
    CaseCategory.ROAD: "Road traffic",
    CaseCategory.OTHER: "Other, or no crime",
}

DEATHS = frozenset(
    {
        CaseCategory.DEATH_EXPECTED,
        CaseCategory.DEATH_NOT_SUSPICIOUS,
        CaseCategory.DEATH_INVESTIGATED,
        CaseCategory.HOMICIDE,
    }
)

# Decisions against submitting need an inspector in these (force policy, not law).
INSPECTOR_DECIDES = DEATHS | {CaseCategory.SEXUAL}

# What an item's category becomes in a graver case (force policy, not law). Nothing is ever lowered.
_RAISED = {"DRUG": "DTH-DRUG", "DOC": "DTH-DOC", "DIG": "DTH-DIG", "BIO-V": "BIO"}
_RAISES = {
    **dict.fromkeys(DEATHS, frozenset({"DRUG", "DOC", "DIG", "BIO-V"})),
    CaseCategory.SEXUAL: frozenset({"DIG", "BIO-V"}),
    CaseCategory.VIOLENCE: frozenset({"BIO-V"}),
}

ITEM_CATEGORY_NAMES = {
    "UNK": "Not yet classified",
    "TOX-D": "Toxicology: unexpected death or drug-facilitated offence",
    "SEX": "Sexual-offence kit or intimate samples",
    "DTH-DRUG": "Suspected drug, liquid or bottle at an unexpected death",
    "DTH-BED": "Bedding, clothing or ligature at a death",
    "DTH-DOC": "Note or document at a death",
    "DTH-DIG": "Phone or computer linked to a death, homicide or rape",
    "BIO": "DNA, blood or swabs: violent crime",
    "BIO-V": "DNA, blood or swabs: volume crime",
    "FA": "Firearm or ammunition",
    "FIRE": "Fire debris",
    "GSR": "Gunshot residue",
    "RTA": "Road-traffic blood or urine",
    "DRUG": "Drugs, no death",
    "DOC": "Questioned document",
    "DIG": "Digital device, other",
    "CCTV": "Recorded media",
    "KNF": "Knife or weapon",
    "VEH": "Vehicle",
    "CASH": "Cash",
    "PM": "Post-mortem samples",
    "NON": "Found, safekeeping or prisoner's property",
}

HAZARD_NAMES = {
    "biological": "Biological",
    "sharp": "Sharp",
    "flammable": "Flammable",
    "toxic": "Toxic",
    "corrosive": "Corrosive",
    "explosive": "Explosive",
    "firearm": "Firearm",
    "radioactive": "Radioactive",
    "fentanyl": "Suspected opioid",
    "heavy": "Heavy",
}

PACKAGING = ("Tamper-evident bag", "Paper sack", "Weapons tube", "Box", "Nylon bag", "Sample pot", "Envelope", "None")

POWERS = (
    "PACE s.8 warrant",
    "PACE s.18",
    "PACE s.19",
    "PACE s.32",
    "Misuse of Drugs Act s.23",
    "Voluntarily given",
    "Coroner's authority",
    "Found property",
    "Other power",
)


def raised(category: str, case: CaseCategory) -> str:
    """The item's category once its case is of this one: a phone in what has become a death is a death's phone."""
    return _RAISED[category] if category in _RAISES.get(case, ()) else category


@dataclass(frozen=True, slots=True)
class Case:
    """An investigation that items belong to."""

    id: int
    reference: str
    title: str
    category: CaseCategory
    oic: PersonRef | None = None
    supervisor: PersonRef | None = None
    team: int | None = None
    restricted: bool = False
    members: frozenset[int] = field(default_factory=frozenset)

    @property
    def ref(self) -> CaseRef:
        return CaseRef(self.id, self.reference, self.category.value, self.oic)

    def is_graver_than(self, category: str) -> bool:
        """Whether decisions need an inspector now that did not when the case was of this category."""
        return self.category in INSPECTOR_DECIDES and category not in {one.value for one in INSPECTOR_DECIDES}

    @property
    def target(self) -> Target:
        """What a right about this case is measured against."""
        named = {person.id for person in (self.oic, self.supervisor) if person}
        return Target(case=self.id, team=self.team, restricted=self.restricted, members=self.members | named)
