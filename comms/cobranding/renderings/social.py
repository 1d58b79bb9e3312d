"""A post for social media, with the text for who does not see the picture, and how long each medium lets it be."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from comms.cobranding.renderings.material import Material, actions_heading
from comms.cobranding.texts import Block

#: Characters that a post may hold.
MEDIA = {"LinkedIn": 3000, "Instagram": 2200, "Mastodon": 500, "Bluesky": 300, "X": 280}


def social_post(material: Material) -> str:
    """Return the post itself: the words, the actions as they were written, and the label with its maker."""
    parts = [material.opening, material.title, *(_words(block, material) for block in material.blocks)]
    parts += [material.contact, f"{material.label} · {material.maker} · {material.brand}"]
    return "\n\n".join(part for part in parts if part)


def social_text(material: Material) -> str:
    """Return the file with the post and its alternative text."""
    return (
        f"{material.label}\n\n{social_post(material)}\n\n"
        f"--- {_('Tekst bij de afbeelding')} ---\n{material.alt_text}\n\n"
        f"{material.maker_line}\n{material.label}\n"
    )


def alt_text_file(material: Material) -> bytes:
    """Return the text that belongs beside the picture."""
    return f"{material.alt_text}\n".encode()


def fitting_media(material: Material) -> Iterator[tuple[str, int, bool]]:
    """Yield each medium, the characters it takes, and whether this post fits."""
    length = len(social_post(material))
    for name, most in MEDIA.items():
        yield name, most, length <= most


def _words(block: Block, material: Material) -> str:
    if block.kind == "actions":
        return "\n".join([actions_heading(), *(f"– {action}" for action in material.actions)])
    return "\n".join(f"– {line}" for line in block.lines) if block.kind == "list" else "\n".join(block.lines)
