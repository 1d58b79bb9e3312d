"""One cover sheet in every form: page, PDF, plain text, mail, JSON and the pack to pass on (R77–R84).

Each form takes a `CoverSheet` and nothing else of the publication, says its six elements in the order of the
source, carries the TLP label, and gives every action as it was written. None asks who may read: that has been
done by whoever made the sheet. What may leave the portal under which label stands in `labels`.
"""

from comms.renderings.data import as_dict, as_json
from comms.renderings.labels import MailAudience, NotToBeForwarded, NotToBeMailed
from comms.renderings.mail import MailForm, as_mail_block, as_mail_preview, mail_form
from comms.renderings.pack import forward_pack
from comms.renderings.pdf import as_pdf
from comms.renderings.text import as_text

__all__ = [
    "MailAudience",
    "MailForm",
    "NotToBeForwarded",
    "NotToBeMailed",
    "as_dict",
    "as_json",
    "as_mail_block",
    "as_mail_preview",
    "as_pdf",
    "as_text",
    "forward_pack",
    "mail_form",
]
