"""A small load generator: raw keep-alive connections, requests made beforehand, times kept."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """Status codes and seconds of every request, in the order in which they ended."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    wall: float = 0.0

    def quantile(self, q: float) -> float:
        """Seconds below which a share `q` of the requests stayed."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One HTTP/1.1 request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def fire(
    port: int, requests: Sequence[bytes], *, connections: int, per_second: float | None = None
) -> Outcome:
    """Send all requests over `connections`, as fast as they are answered or at a steady rate."""
    outcome = Outcome()
    began = time.perf_counter()
    asyncio.run(_fire(port, requests, connections, per_second, outcome))
    outcome.wall = time.perf_counter() - began
    return outcome


async def _fire(
    port: int,
    requests: Sequence[bytes],
    connections: int,
    per_second: float | None,
    outcome: Outcome,
) -> None:
    waiting = iter(enumerate(requests))
    began = time.perf_counter()

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for index, each in waiting:
            if per_second:
                due = began + index / per_second
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            sent = time.perf_counter()
            writer.write(each)
            try:
                status, body = await _answer(reader)
            except (asyncio.IncompleteReadError, ConnectionError):
                # The server has closed a connection that it had kept; a client sends once more.
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(each)
                status, body = await _answer(reader)
            outcome.seconds.append(time.perf_counter() - sent)
            outcome.statuses.append(status)
            outcome.bodies.append(body)
        writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readline()).strip(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return int(head[0].split()[1]), body
