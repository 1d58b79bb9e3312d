"""A template as files: each form from the same material, with the locked parts put in here (R92, R93).

A renderer gets a `Material`: words, pictures, a label. What people wrote is data in every form and never markup. The
action perspective, the TLP label and who made it stand in places of their own, which nothing else can reach.
"""

from comms.cobranding.renderings.material import LogoPicture, Material, Rendered, TooLongError
from comms.cobranding.renderings.outputs import OUTPUTS, preview, render

__all__ = ["OUTPUTS", "LogoPicture", "Material", "Rendered", "TooLongError", "preview", "render"]
