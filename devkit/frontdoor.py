"""One address for Odoo's two ports, so that live updates need no web server.

With workers, Odoo serves web sockets on a port apart and expects a proxy before
it. A browser opens every web socket on a fresh connection, so the first line of
a connection says where all of it belongs; bytes then pass untouched. In
production a real reverse proxy does this (README).

``python -m devkit.frontdoor PORT HTTP_PORT SOCKET_PORT``
"""

import asyncio
import sys

LOOPBACK = "127.0.0.1"
# As in Odoo's own deployment guide: only this path belongs to the other port.
SOCKET_LINES = (b"GET /websocket?", b"GET /websocket ")
FIRST_LINE_BYTES = max(map(len, SOCKET_LINES))
FIRST_LINE_SECONDS = 30
CHUNK = 65536
DOWN = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\n"
    b"Retry-After: 2\r\nConnection: close\r\nContent-Length: 41\r\n\r\n"
    b"Odoo is not running; see: ./dev logs odoo"
)


async def serve(port: int, http_port: int, socket_port: int) -> None:
    """Accept on ``port`` until cancelled."""

    async def accept(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            await _relay(reader, writer, http_port, socket_port)
        except (OSError, TimeoutError, asyncio.TimeoutError):
            pass  # A side hung up in the middle: there is nobody left to tell.
        finally:
            writer.close()

    server = await asyncio.start_server(accept, LOOPBACK, port, backlog=1024)
    async with server:
        await server.serve_forever()


async def _relay(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    http_port: int,
    socket_port: int,
) -> None:
    first = await asyncio.wait_for(_first_bytes(reader), FIRST_LINE_SECONDS)
    if not first:
        return
    port = socket_port if first.startswith(SOCKET_LINES) else http_port
    try:
        inner_reader, inner_writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        writer.write(DOWN)
        await writer.drain()
        return
    inner_writer.write(first)
    upstream = asyncio.create_task(_pump(reader, inner_writer))
    try:
        await _pump(inner_reader, writer)
    finally:
        upstream.cancel()
        await asyncio.gather(upstream, return_exceptions=True)
        inner_writer.close()


async def _first_bytes(reader: asyncio.StreamReader) -> bytes:
    """Enough of the request's first line to tell the two kinds apart."""
    first = b""
    while len(first) < FIRST_LINE_BYTES and b"\n" not in first:
        chunk = await reader.read(CHUNK)
        if not chunk:
            break
        first += chunk
    return first


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


if __name__ == "__main__":
    asyncio.run(serve(*(int(argument) for argument in sys.argv[1:4])))
