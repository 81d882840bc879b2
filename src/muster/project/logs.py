"""Structured logs as JSON lines. Ids and counts only: what could name somebody is dropped."""

import logging
import logging.config
from typing import Any

import structlog

# Keys that must never be logged, whatever a caller passes.
FORBIDDEN = {"name", "phone", "id_number", "address", "password", "token", "body", "text"}


def without_personal_data(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Drop forbidden keys from an event."""
    return {key: value for key, value in event.items() if key not in FORBIDDEN}


def failures_only(record: logging.LogRecord) -> bool:
    """What Django says of a request: only an exception, and without the path, which may carry a
    token. Method, route and status of every request are logged by `web.middleware.observe`."""
    if not record.exc_info:
        return False
    record.msg, record.args = "request failed", ()
    return True


def configure(_: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: everything goes to standard error as JSON, warnings and above from
    libraries, requests from us."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_personal_data,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "filters": {"failures": {"()": lambda: failures_only}},
            "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["err"], "level": "WARNING"},
            "loggers": {
                "muster": {"level": "WARNING"},
                "django.request": {"filters": ["failures"]},
            },
        }
    )
