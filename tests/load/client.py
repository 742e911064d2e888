"""A load of prepared HTTP requests over a few kept connections.

Requests are built (and signed) before the clock starts, so that what is
measured is the server; answers are read just as far as their length.
"""

import asyncio
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Outcome:
    """What one run measured. Times in seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rps(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        if len(self.latencies) < 2:
            return 0.0
        cuts = statistics.quantiles(self.latencies, n=100, method="inclusive")
        return cuts[percent - 1] * 1000


def request(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A POST as bytes, ready to be written."""
    parts = urlsplit(url)
    lines = [
        f"POST {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(url: str, headers: dict[str, str]) -> bytes:
    """A GET as bytes, ready to be written."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {parts.netloc}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def fire(
    url: str,
    requests: Iterable[bytes],
    connections: int = 8,
    rate: float | None = None,
) -> Outcome:
    """Send all ``requests``; at most ``rate`` a second when given."""
    return asyncio.run(_fire(url, list(requests), connections, rate))


async def _fire(url, requests, connections, rate) -> Outcome:
    outcome = Outcome()
    pending = iter(enumerate(requests))
    start = time.perf_counter()

    async def worker():
        channel = await _open(url)
        for index, payload in pending:
            if rate:
                await asyncio.sleep(start + index / rate - time.perf_counter())
            channel = await _one(url, channel, payload, outcome)
        channel[1].close()

    await asyncio.gather(*(worker() for _ in range(connections)))
    outcome.seconds = time.perf_counter() - start
    return outcome


async def _open(url):
    parts = urlsplit(url)
    return await asyncio.open_connection(parts.hostname, parts.port)


async def _one(url, channel, payload, outcome):
    """Send one request; a connection that the server closed is opened anew."""
    began = time.perf_counter()
    reader, writer = channel
    try:
        status, keep = await _exchange(reader, writer, payload)
    except (OSError, asyncio.IncompleteReadError):
        channel = reader, writer = await _open(url)
        status, keep = await _exchange(reader, writer, payload)
    outcome.latencies.append(time.perf_counter() - began)
    outcome.refused += status != 200
    if keep:
        return channel
    writer.close()
    return await _open(url)


async def _exchange(reader, writer, payload):
    writer.write(payload)
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), b"connection: close" not in lower
