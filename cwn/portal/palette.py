"""From one colour for light pages and one for dark pages to a theme that everybody can read.

WCAG 2.2 asks 4.5 : 1 between text and ground (1.4.3). Whatever colour the network chooses, it is made
darker (or lighter, on dark pages) until it has that contrast with every ground of static/css/theme.css.
"""

Rgb = tuple[int, int, int]

#: The lightest and the darkest ground on which the brand colour carries text, in light and in dark.
LIGHT_GROUNDS = ("#ffffff", "#f6f7f4", "#dcece8")
DARK_GROUNDS = ("#0f1615", "#182220", "#17342f")
WHITE, NEAR_BLACK = "#ffffff", "#0a100f"
ENOUGH = 4.5
#: The band at the foot of the page carries this text.
BAND_INK = "#f3f8f6"


def rgb(colour: str) -> Rgb:
    """Read a colour that is written as # with six hexadecimal digits."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG, 0 to 1."""
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Mix a colour with a share, 0 to 1, of another."""
    mixed = (round(a + (b - a) * share) for a, b in zip(rgb(colour), rgb(other), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def readable(colour: str, grounds: tuple[str, ...], towards: str) -> str:
    """Return the colour, moved towards black or white until text in it can be read on every ground."""
    for step in range(21):
        candidate = mix(colour, towards, step / 20)
        if min(contrast(candidate, ground) for ground in grounds) >= ENOUGH:
            return candidate
    return towards


def theme(colour: str, colour_dark: str) -> str:
    """Write the custom properties of a brand for light and dark pages."""
    soft, soft_dark = mix(colour, WHITE, 0.86), mix(colour_dark, NEAR_BLACK, 0.82)
    light = readable(colour, (*LIGHT_GROUNDS, soft), NEAR_BLACK)
    dark = readable(colour_dark, (*DARK_GROUNDS, soft_dark), WHITE)
    band = readable(mix(colour, NEAR_BLACK, 0.45), (BAND_INK,), NEAR_BLACK)
    pairs = {
        "brand": (light, dark),
        "brand-ink": (WHITE, NEAR_BLACK),
        "brand-soft": (soft, soft_dark),
        "brand-mid": (mix(light, WHITE, 0.65), mix(dark, NEAR_BLACK, 0.6)),
        "band": (band, mix(band, NEAR_BLACK, 0.35)),
    }
    properties = "".join(f"--cwn-{name}:light-dark({day},{night});" for name, (day, night) in pairs.items())
    return f"@layer theme{{:root{{{properties}}}}}\n"
