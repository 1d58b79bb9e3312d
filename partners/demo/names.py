"""Names that nobody can take for real: pastry villages, islands of birds and fruit."""

from django.utils.text import slugify

PASTRY = (
    "Wafel", "Stroop", "Drop", "Hagel", "Poffert", "Pannenkoek", "Beschuit", "Kruidnoot", "Speculaas", "Oliebol",
    "Krenten", "Karnemelk", "Pepernoot", "Tompoes", "Bitterbal", "Zuurkool", "Vlaai", "Kaaskoek", "Rozijn", "Biscuit",
)  # fmt: skip
LAND = (
    "dam", "drecht", "haven", "monde", "veen", "woud", "meer", "berg", "horn", "dijk",
    "sluis", "oord", "hoven", "zijl", "vliet", "ambacht", "schans", "wold", "burcht", "kade",
)  # fmt: skip
ISLAND = (
    "Kolibrie", "Leguaan", "Papaja", "Mango", "Kadushi", "Zeester", "Schildpad", "Kokos", "Tamarinde", "Barracuda",
    "Ananas", "Parkiet",
)  # fmt: skip
COAST = ("baai", "rif", "punt", "kaap", "rots", "strand", "lagune", "heuvel", "savanne", "steiger")
#: Dutch places first, then those of the islands.
DUTCH_PLACES = tuple(f"{pastry}{land}" for pastry in PASTRY for land in LAND)
ISLAND_PLACES = tuple(f"{island}{coast}" for island in ISLAND for coast in COAST)
PLACES = DUTCH_PLACES + ISLAND_PLACES

#: Per kind of organisation (slug of partners/reference): its form, with {S} for the sector.
FORMS = {
    "schakelorganisatie": "{S}wacht",
    "isac": "ISAC {S}",
    "csirt": "CSIRT {S}",
    "sectorale-csirt": "{S}-CSIRT",
    "samenwerkingsverband": "{S}kring",
    "brancheorganisatie": "{S}branche",
    "koepelorganisatie": "{S}koepel",
    "isp": "{S}net",
    "msp": "{S}beheer",
    "mssp": "{S}schild",
    "ict-leverancier": "{S}soft",
    "maatwerkleverancier": "{S}werkplaats",
    "overheid": "{S}dienst",
    "toezichthouder": "{S}toezicht",
    "uitvoeringsorganisatie": "{S}bureau",
    "kennisinstelling": "{S}instituut",
    "regionaal-initiatief": "{S}initiatief",
    "opsporing-en-veiligheid": "{S}patrouille",
    "vrijwilligersorganisatie": "{S}speurders",
    "bedrijf": "{S}fabriek",
}
#: Per sector (slug of partners/reference): how it sounds in front of a form.
SOUNDS = {
    "energie": "Energie",
    "vervoer": "Vervoers",
    "bankwezen": "Bank",
    "infrastructuur-financiele-markt": "Beurs",
    "zorg": "Zorg",
    "drinkwater": "Drinkwater",
    "afvalwater": "Zuiverings",
    "digitale-infrastructuur": "Glasvezel",
    "beheer-van-ict-diensten": "Computer",
    "overheid": "Bestuurs",
    "ruimtevaart": "Satelliet",
    "post-en-koeriersdiensten": "Post",
    "afvalstoffenbeheer": "Afval",
    "chemische-stoffen": "Chemie",
    "levensmiddelen": "Voedsel",
    "maakindustrie": "Machine",
    "digitale-aanbieders": "Platform",
    "onderzoek": "Onderzoeks",
    "sectoroverstijgend": "Keten",
    "bouw": "Bouw",
    "cultuur-en-recreatie": "Cultuur",
    "detailhandel": "Winkel",
    "juridische-dienstverlening": "Rechts",
    "land-en-tuinbouw": "Tuinbouw",
    "media": "Media",
    "mkb": "Ondernemers",
    "onderwijs": "School",
    "veiligheid-en-defensie": "Veiligheids",
    "verenigingen-en-vrijwilligers": "Verenigings",
    "verzekeringen-en-pensioenen": "Pensioen",
    "waterbeheer": "Water",
    "zakelijke-dienstverlening": "Kantoor",
}
KINDS, SECTORS = tuple(FORMS), tuple(SOUNDS)
POSSIBLE = len(KINDS) * len(SECTORS) * len(PLACES)
#: A step without a common divisor with POSSIBLE visits every combination once before it repeats.
STEP = 181_081

GIVEN_NAMES = (
    "Aïsha", "Bram", "Carmelita", "Daan", "Eefje", "Farouk", "Griet", "Hendrik", "Ineke", "Jurgen", "Kenia", "Loes",
    "Mehmet", "Nynke", "Oscar", "Pien", "Quincy", "Roos", "Sjoerd", "Tineke", "Umar", "Vera", "Wouter", "Xaviera",
    "Yara", "Zef",
)  # fmt: skip
FAMILY_NAMES = (
    "Boterham", "Regenpijp", "Klompenmaker", "van Zilverpapier", "Fietsbel", "de Waterlander", "Theelepel",
    "Kwikstaart", "Paraplu", "van der Poedersuiker", "Zonnesteek", "Vuurtoren", "Kaneelstok", "Windwijzer",
    "Molenpaard", "Dubbeltje", "Knikker", "Luchtkasteel", "Sneeuwklok",
)  # fmt: skip


def combination(number: int, seed: int) -> tuple[str, str, int]:
    """Return kind, sector and the index of a place; no two numbers below POSSIBLE share all three."""
    position = (number * STEP + seed * 7919) % POSSIBLE
    position, kind = divmod(position, len(KINDS))
    place, sector = divmod(position, len(SECTORS))
    return KINDS[kind], SECTORS[sector], place


def organisation_name(kind: str, sector: str, place: str) -> str:
    """Return a name such as "Zorgkring Stroopdam"."""
    return f"{FORMS[kind].format(S=SOUNDS[sector])} {place}"


def organisation_slug(name: str) -> str:
    """Return the address of a drawn organisation; the word at the end keeps it apart from a real one."""
    return f"{slugify(name)}-fictief"
