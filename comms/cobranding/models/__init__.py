"""Message templates, their versions, the logos of partners, and batches."""

from comms.cobranding.models.jobs import RenderJob, RenderJobPart
from comms.cobranding.models.logos import PartnerLogo
from comms.cobranding.models.templates import MessageTemplate, OwnLines, TemplateDownload, TemplateVersion

__all__ = [
    "MessageTemplate",
    "OwnLines",
    "PartnerLogo",
    "RenderJob",
    "RenderJobPart",
    "TemplateDownload",
    "TemplateVersion",
]
