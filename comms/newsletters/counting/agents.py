"""Which programs fetch links and pictures for themselves; what they call themselves is all we look at."""

import re

from comms.newsletters.enums import ReaderClass

#: Security gateways and other machines that open every link before a person sees the mail.
GATEWAYS = re.compile(
    r"barracuda|proofpoint|mimecast|safelinks|microsoft office|msoffice|urldefense|forcepoint|trendmicro|sophos"
    r"|symantec|fireeye|trellix|cisco|ironport|zscaler|checkpoint|bitdefender|kaspersky|virustotal|urlscan"
    r"|bot\b|crawler|spider|preview|scanner|curl|wget|python-|java/|go-http|okhttp|headless|libwww|axios",
    re.IGNORECASE,
)
#: Machines that fetch pictures for the reader of a mail program, before or while he or she looks.
PROXIES = re.compile(r"googleimageproxy|ggpht|yahoomailproxy|yahoocachesystem|ymailproxy", re.IGNORECASE)
#: Apple Mail fetches every picture of every mail through its own machines and calls itself no more than this.
ONLY_MOZILLA = re.compile(r"Mozilla/5\.0\Z")


def class_of_agent(method: str, agent: str) -> ReaderClass:
    """Return who asks by method and name; PERSON when nothing says otherwise."""
    if method != "GET" or not agent.strip() or GATEWAYS.search(agent):
        return ReaderClass.GATEWAY
    if PROXIES.search(agent) or ONLY_MOZILLA.match(agent):
        return ReaderClass.PROXY
    return ReaderClass.PERSON
