"""Play the cases against a server."""

import gzip
import json
import socket
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from muster.conformance.cases import Case, Expected, Send, Step
from muster.conformance.fixture import Fixture
from muster.conformance.names import Names, Supply

PATH = "/api/sync/records"
KIT_DEVICES = {"ka", "kb", "krevoked"}


@dataclass(slots=True)
class Verdict:
    """What a case found: empty `wrong` is a pass."""

    case: Case
    wrong: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.wrong


def run(url: str, fixture: Fixture, cases: Iterable[Case]) -> Iterator[Verdict]:
    """Play each case; a verdict as soon as it is known. A server that does not answer fails the
    case and not the run. Without kits in the fixture the cases about them are left out."""
    supply = Supply(fixture)
    with httpx.Client(base_url=url, timeout=30) as http:
        for case in cases:
            if fixture.kits is None and KIT_DEVICES & set(case.needs):
                continue
            play = _Play(http, url, fixture, Names(supply))
            verdict = Verdict(case)
            for number, step in enumerate(case.steps, 1):
                try:
                    verdict.wrong += [f"step {number}: {w}" for w in play.step(step)]
                except (httpx.TransportError, OSError) as error:
                    verdict.wrong.append(f"step {number}: no answer ({type(error).__name__})")
            yield verdict


@dataclass(slots=True)
class _Play:
    """One case under way."""

    http: httpx.Client
    url: str
    fixture: Fixture
    names: Names

    def step(self, step: Step) -> list[str]:
        """What is wrong with the answers of a step."""
        sends = step.together or ([step.send] if step.send else [])
        bodies = [self._body(send) for send in sends]
        if step.how != "whole":
            for send, body in zip(sends, bodies, strict=True):
                self._hang_up(send, body, whole=step.how == "deaf")
            return []
        wrong: list[str] = []
        for _ in range(step.times):
            answers = self._post(sends, bodies)
            if step.expect is not None:
                wrong += self._differences(step.expect, sends, answers)
        return wrong

    def _body(self, send: Send) -> bytes:
        if send.body is not None:
            body = send.body.encode()
        else:
            lists = {
                "records": [self.names.entry(e, "taken_at") for e in send.records],
                "changes": [self.names.entry(e, "made_at") for e in send.changes],
                "closings": [self.names.entry(e, "closed_at") for e in send.closings],
                "visits": [self.names.entry(e, "made_at") for e in send.visits],
                "kits": [self.names.kit_word(e) for e in send.kits],
            }
            body = json.dumps({k: v for k, v in lists.items() if v or k == "records"}).encode()
        return gzip.compress(body) if send.gzip else body

    def _headers(self, send: Send) -> dict[str, str]:
        token = self.fixture.devices.get(send.device, send.device)
        headers = {"Authorization": f"Device {token}", "Content-Type": "application/json"}
        return headers | ({"Content-Encoding": "gzip"} if send.gzip else {})

    def _post(self, sends: Sequence[Send], bodies: Sequence[bytes]) -> list[httpx.Response]:
        def one(send: Send, body: bytes) -> httpx.Response:
            return self.http.post(PATH, content=body, headers=self._headers(send))

        if len(sends) == 1:
            return [one(sends[0], bodies[0])]
        with ThreadPoolExecutor(len(sends)) as pool:
            return list(pool.map(one, sends, bodies))

    def _hang_up(self, send: Send, body: bytes, *, whole: bool) -> None:
        """Send it, or half of it, and close the connection without waiting for the answer."""
        where = urlsplit(self.url)
        head = [f"POST {PATH} HTTP/1.1", f"Host: {where.netloc}", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in self._headers(send).items()]
        request = (
            "\r\n".join(head).encode() + b"\r\n\r\n" + (body if whole else body[: len(body) // 2])
        )
        with socket.create_connection((where.hostname or "", where.port or 80), 30) as connection:
            connection.sendall(request)

    def _differences(
        self, expected: Expected, sends: Sequence[Send], answers: Sequence[httpx.Response]
    ) -> list[str]:
        wrong = [
            f"status {a.status_code} instead of {expected.status}"
            for a in answers
            if a.status_code != expected.status
        ]
        if wrong:
            return wrong
        if expected.code:
            code = answers[0].json().get("code")
            return [] if code == expected.code else [f"code {code} instead of {expected.code}"]
        found, wrong = self._receipts(sends, answers)
        for name, said in expected.receipts.items():
            told = _told(found.get(str(self.names.id(name))))
            if told != said:
                wrong.append(f"{name}: {told} instead of {said}")
        states = sorted(_told(r) for r in found.values())
        if expected.any_of and states not in [sorted(s) for s in expected.any_of]:
            wrong.append(f"{states} is none of {expected.any_of}")
        return wrong

    def _receipts(
        self, sends: Sequence[Send], answers: Sequence[httpx.Response]
    ) -> tuple[dict[str, dict[str, Any]], list[str]]:
        """Receipts by id, and whether they were one an entry in the order sent."""
        found: dict[str, dict[str, Any]] = {}
        wrong = []
        for send, answer in zip(sends, answers, strict=True):
            receipts = answer.json().get("receipts", [])
            ids = [str(self.names.id(e["id"])) for e in _entries(send)]
            if [r.get("id") for r in receipts] != ids:
                wrong.append("receipts are not one an entry, in the order sent")
            found |= {r["id"]: r for r in receipts}
        return found, wrong


def _entries(send: Send) -> list[dict[str, Any]]:
    return [*send.records, *send.changes, *send.closings, *send.visits, *send.kits]


def _told(receipt: dict[str, Any] | None) -> str:
    """State, and code where there is one."""
    if receipt is None:
        return "no receipt"
    return f"{receipt['state']}:{receipt.get('code', '')}".rstrip(":")
