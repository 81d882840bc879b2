"""The lane's files as they are served (`muster.web.statics`): each with the policy it needs."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from muster.web.statics import WORKER, WORKER_POLICY

pytestmark = pytest.mark.django_db  # closing a file ends a request
LANE = settings.WHITENOISE_ROOT / "lane"


def served(path: str, **headers: str) -> tuple[Any, bytes]:
    """An answer and its content; the file is closed."""
    answer: Any = Client().get(path, headers=headers)
    content = b"".join(answer.streaming_content)
    answer.close()
    assert answer.status_code == 200
    return answer, content


def test_the_page_is_served_with_the_strict_policy() -> None:
    answer, content = served("/lane/")
    body = content.decode()
    assert answer["Cache-Control"] == "no-cache"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "<script>" not in body
    assert "style=" not in body


def test_the_service_worker_is_looked_at_each_time_and_knows_every_file() -> None:
    answer, content = served("/lane/sw.js")
    body = content.decode()
    assert answer["Cache-Control"] == "no-cache"
    named = set(re.findall(r'url:"(/lane/[^"]+)"', body))
    built = {f"/lane/{p.relative_to(LANE)}" for p in LANE.rglob("*") if p.is_file()}
    assert {f for f in built if not f.endswith((".gz", "sw.js"))} == named


@pytest.mark.parametrize("pattern", ["scanner.worker-*.js", "index-*.js", "*.wasm"])
def test_only_the_scanner_may_compile(pattern: str) -> None:
    (path,) = (LANE / "assets").glob(pattern)
    answer, _ = served(f"/lane/assets/{path.name}", **{"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert (policy == WORKER_POLICY) is bool(WORKER.fullmatch(f"/lane/assets/{path.name}"))


def test_the_first_load_is_small_before_the_scanner() -> None:
    first = [*LANE.glob("*.html"), *(LANE / "assets").glob("index-*")]
    packed = sum(p.stat().st_size for p in first if p.suffix in {".gz", ".html"})
    assert packed <= 300_000
