"""The tables of what the network says, one file per subject."""

from comms.models.attachments import Attachment, AttachmentFile, Download
from comms.models.audiences import Audience, Development, DevelopmentKind, SharingGroup, SharingGroupMember
from comms.models.editing import Correction, PublicationStep, RelabelRequest, Remark
from comms.models.publications import OPAQUE_SLUG, Keyword, Publication, PublicationKeyword
from comms.models.reach import Acknowledgement, Feedback, FeedbackAnswer, Notice, NoticeKind, NoticeState, Receipt

__all__ = [
    "OPAQUE_SLUG",
    "Acknowledgement",
    "Attachment",
    "AttachmentFile",
    "Audience",
    "Correction",
    "Development",
    "DevelopmentKind",
    "Download",
    "Feedback",
    "FeedbackAnswer",
    "Keyword",
    "Notice",
    "NoticeKind",
    "NoticeState",
    "Publication",
    "PublicationKeyword",
    "PublicationStep",
    "Receipt",
    "RelabelRequest",
    "Remark",
    "SharingGroup",
    "SharingGroupMember",
]
