"""The vocabulary of the invented force."""

FIRST = (
    "Amara", "Ben", "Callum", "Dilys", "Ewan", "Farah", "Gwen", "Hamza", "Iona", "Jodie", "Kofi", "Leila", "Morgan",
    "Nadia", "Owen", "Priya", "Rhys", "Saoirse", "Tomasz", "Una", "Viktor", "Winston", "Yusuf", "Zoe",
)  # fmt: skip
LAST = (
    "Abara", "Brightwell", "Carrow", "Dunmore", "Eastleigh", "Fenwicke", "Garside", "Holloway", "Iqbal", "Jessop",
    "Kestrel", "Lomax", "Marchbanks", "Norbury", "Okafor", "Penhale", "Quillfeather", "Reyes", "Stannard", "Tolworth",
    "Underhay", "Varley", "Westbrook", "Yarrow",
)  # fmt: skip
STREETS = (
    "Mill Lane", "Canal Street", "Orchard Rise", "Station Approach", "Beacon Hill", "Tanner's Yard", "Harbour Row",
    "Priory Close", "Foundry Road", "Larch Avenue", "Weir Gardens", "Chapel Walk",
)  # fmt: skip
TITLES = {
    "death-expected": "Expected death",
    "death-not-suspicious": "Sudden death, not suspicious",
    "death-investigated": "Unexpected death under investigation",
    "homicide": "Fatal stabbing",
    "sexual": "Serious sexual offence",
    "violence": "Wounding",
    "drugs": "Drugs warrant",
    "volume": "Burglary",
    "road": "Fatal collision",
    "other": "Found property",
}
# How often each kind of case comes, in parts of a hundred.
MIX = (
    ("death-expected", 3),
    ("death-not-suspicious", 7),
    ("death-investigated", 10),
    ("homicide", 3),
    ("sexual", 8),
    ("violence", 20),
    ("drugs", 16),
    ("volume", 22),
    ("road", 5),
    ("other", 6),
)
# category, description, packaging, hazards
THINGS: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "death": (
        ("DTH-BED", "Bed sheet, single, light blue, stained", "Paper sack", ("biological",)),
        ("DTH-BED", "Duvet cover, checked", "Paper sack", ("biological",)),
        ("DTH-DOC", "Handwritten note, one page, folded twice", "Envelope", ()),
        ("DTH-DIG", "Mobile telephone, black, cracked screen", "Tamper-evident bag", ()),
        ("DTH-DIG", "Laptop computer, silver", "Tamper-evident bag", ()),
        ("DTH-DRUG", "Small bottle holding a clear liquid", "Tamper-evident bag", ("toxic",)),
        ("DTH-DRUG", "Glass, residue at the bottom", "Box", ("toxic",)),
        ("TOX-D", "Blood sample, two vials", "Sample pot", ("biological",)),
        ("PM", "Post-mortem samples, sealed kit", "Sample pot", ("biological",)),
        ("UNK", "Key ring with three keys", "Tamper-evident bag", ()),
        ("NON", "Wallet with cards", "Tamper-evident bag", ()),
    ),
    "sexual": (
        ("SEX", "Medical examination kit", "Tamper-evident bag", ("biological",)),
        ("SEX", "Underwear", "Paper sack", ("biological",)),
        ("BIO", "Mouth swab", "Sample pot", ("biological",)),
        ("DTH-DIG", "Mobile telephone, white", "Tamper-evident bag", ()),
        ("CCTV", "Memory stick with recordings of the foyer", "Envelope", ()),
    ),
    "violence": (
        ("KNF", "Kitchen knife, black handle, 20 cm blade", "Weapons tube", ("sharp", "biological")),
        ("BIO", "Swab of red stain, door handle", "Sample pot", ("biological",)),
        ("BIO", "Jacket, grey, torn left sleeve", "Paper sack", ("biological",)),
        ("CCTV", "Disc with recordings of the car park", "Envelope", ()),
        ("DIG", "Mobile telephone, blue case", "Tamper-evident bag", ()),
        ("FA", "Air pistol", "Box", ("firearm",)),
    ),
    "drugs": (
        ("DRUG", "Snap bags with white powder", "Tamper-evident bag", ("toxic",)),
        ("DRUG", "Herbal material, about 200 g", "Nylon bag", ()),
        ("CASH", "Banknotes, bundled", "Tamper-evident bag", ()),
        ("DIG", "Mobile telephone, burner type", "Tamper-evident bag", ()),
        ("KNF", "Lock knife", "Weapons tube", ("sharp",)),
        ("DOC", "Notebook with figures", "Envelope", ()),
    ),
    "volume": (
        ("BIO-V", "Swab from window frame", "Sample pot", ("biological",)),
        ("BIO-V", "Cigarette end", "Sample pot", ("biological",)),
        ("NON", "Mountain bicycle, red", "None", ("heavy",)),
        ("DIG", "Tablet computer", "Tamper-evident bag", ()),
        ("CCTV", "Memory stick with doorbell recordings", "Envelope", ()),
        ("NON", "Power drill in case", "None", ()),
    ),
    "road": (
        ("RTA", "Blood sample, road traffic", "Sample pot", ("biological",)),
        ("VEH", "Wing mirror, nearside", "Paper sack", ("sharp",)),
        ("CCTV", "Dashboard camera", "Tamper-evident bag", ()),
        ("DIG", "Mobile telephone of the driver", "Tamper-evident bag", ()),
    ),
    "other": (
        ("NON", "Handbag, brown leather", "None", ()),
        ("NON", "Prisoner's property, sealed bag", "Tamper-evident bag", ()),
        ("UNK", "Unmarked parcel", "Box", ()),
        ("FIRE", "Fire debris from skip", "Nylon bag", ("flammable",)),
    ),
}

# What laboratories report: the outcome and the words.
REPORTS = (
    ("negative", "Nothing of significance."),
    ("hit", "Full profile; a match on the national database."),
    ("inconclusive", "Mixed profile, not suitable for comparison."),
    ("not-examined", "Too little material to be examined."),
)
# What the force's own unit says of what it examined.
IN_HOUSE_REPORTS = (
    ("not-examined", "Wet packaging; nothing is left to enhance."),
    ("negative", "Nothing of significance."),
    ("hit", "A mark on the inner surface is the suspect's."),
    ("inconclusive", "Marks too faint to compare."),
    ("negative", "No mark fit for comparison."),
)
