"""Logs are one JSON object a line, so that a newline in a name cannot forge a line (security.md B24).

They hold no secret: neither what somebody searched for nor the part of an address that opens a door.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

#: What follows one of these in an address is a key; what follows a question mark is the asker's own business.
_KEY = re.compile(r"((?:uitnodiging|bevestigen|geschorst|reset/key|confirm-email)/)[^/\s?]+")
_QUERY = re.compile(r"(/\S*)\?\S*")


def without_secrets(logger: Any, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take keys and questions out of every address in a line, before it is written."""
    for field, value in line.items():
        if isinstance(value, str):
            line[field] = _QUERY.sub(r"\1", _KEY.sub(r"\1…", value))
    return line


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                without_secrets,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"cwn": {"level": "INFO"}, "django_structlog": {"level": "WARNING"}},
}

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
