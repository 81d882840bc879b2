"""Reads the environment, once. Everything else gets values.

===================== ===================================================== ==============
variable              meaning                                               default
===================== ===================================================== ==============
DATABASE_URL          the owner's PostgreSQL 16+ connection                 embedded
MUSTER_WEB_DATABASE_URL the web role's own connection                       derived
MUSTER_DATA           folder of the embedded database, keys, demo marks     per user
MUSTER_SECRET         signs sessions and tokens                             kept in data
MUSTER_KEYS           keys that seal identity numbers, newest first         kept in data
MUSTER_HOSTS          host names served, comma-separated                    localhost
MUSTER_DEMO           1 = one-click log-ins of the demo city                0
MUSTER_CHANNELS       JSON: channel name to Apprise URL                     {}
MUSTER_OIDC           JSON: OpenID Connect providers for log-in             []
MUSTER_POLICY         the policy in force                                   2022-04
MUSTER_HTTPS          1 = behind TLS: secure cookies, HSTS                  0
===================== ===================================================== ==============
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs


@dataclass(frozen=True, slots=True)
class Env:
    """The environment as values. `keys`: 32-byte keys, newest first."""

    data: Path
    database_url: str | None
    web_database_url: str | None
    secret: str
    keys: tuple[bytes, ...]
    hosts: tuple[str, ...]
    demo: bool
    https: bool
    policy: str
    channels: dict[str, str] = field(default_factory=dict)
    oidc: tuple[dict[str, Any], ...] = ()


def _kept(path: Path, make: str) -> str:
    """A secret made at first need and kept beside the data, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(make, "utf-8")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text("utf-8").strip()


@cache
def read() -> Env:
    """The environment of this process."""
    get = os.environ.get
    data = Path(get("MUSTER_DATA") or platformdirs.user_data_path("muster", appauthor=False))
    secret = get("MUSTER_SECRET") or _kept(data / "secret", secrets.token_urlsafe(48))
    fresh_key = base64.b64encode(secrets.token_bytes(32)).decode()
    keys = get("MUSTER_KEYS") or _kept(data / "keys", fresh_key)
    return Env(
        data=data,
        database_url=get("DATABASE_URL") or None,
        web_database_url=get("MUSTER_WEB_DATABASE_URL") or None,
        secret=secret,
        keys=tuple(base64.b64decode(k) for k in keys.replace(",", " ").split()),
        hosts=tuple((get("MUSTER_HOSTS") or "127.0.0.1,localhost").split(",")),
        demo=get("MUSTER_DEMO") == "1",
        https=get("MUSTER_HTTPS") == "1",
        policy=get("MUSTER_POLICY") or "2022-04",
        channels=json.loads(get("MUSTER_CHANNELS") or "{}"),
        oidc=tuple(json.loads(get("MUSTER_OIDC") or "[]")),
    )
