"""English words as Devanagari spells them, by their consonants: `सोलर` is `solar`. Pure."""

from importer.intake.suggest.plain import plain

# What each letter sounds like; vowels and their signs have none here.
CONSONANTS = dict(
    zip(
        "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहंङञ",
        "kkggccjjttddnttddnppbbm rlvssshnnn",
        strict=True,
    )
)
LETTERS = {
    "ए": "a", "बी": "b", "सी": "c", "डी": "d", "ई": "e", "एफ": "f", "जी": "g", "एच": "h",
    "आई": "i", "जे": "j", "के": "k", "एल": "l", "एम": "m", "एन": "n", "ओ": "o", "पी": "p",
    "क्यू": "q", "आर": "r", "एस": "s", "टी": "t", "यू": "u", "वी": "v", "एक्स": "x",
}  # fmt: skip
LATIN = str.maketrans({"f": "p", "w": "v", "q": "k", "z": "j", "x": "k"})
VOWELS = frozenset("aeiouy")


def is_devanagari(text: str) -> bool:
    return any("\u0900" <= sign <= "\u097f" for sign in text)


def spelled(text: str) -> str:
    """Of letters' names alone, the letters: `एल.के.जी.` is `lkg`; "" else."""
    words = plain(text).split()
    return "".join(LETTERS.get(word, "?") for word in words) if len(words) > 1 else ""


def skeleton(text: str) -> str:
    """Its consonants, in either script, none twice in a row."""
    if is_devanagari(text):
        sounds = [CONSONANTS.get(sign, "") for sign in plain(text)]
    else:
        latin = plain(text).replace("ck", "k").replace("ph", "f").replace("sh", "s")
        latin = latin.replace("ch", "c").replace("th", "t").replace("ce", "s").replace("ci", "s")
        sounds = [sign for sign in latin.translate(LATIN) if sign.isascii() and sign not in VOWELS]
        sounds = ["k" if sign == "c" else sign for sign in sounds]
    kept: list[str] = []
    for sign in sounds:
        if sign.strip() and (not kept or kept[-1] != sign):
            kept.append("k" if sign == "c" else sign)
    return "".join(kept)
