import asyncio

import pytest

from devkit import frontdoor, ports

PAGE = b"GET /web/login HTTP/1.1\r\nHost: x\r\n\r\n"
SOCKET = b"GET /websocket?version=19.0 HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"


async def start(answer):
    """A server that answers every connection with ``answer`` and what it got."""

    async def handle(reader, writer):
        got = await reader.readuntil(b"\r\n\r\n")
        writer.write(answer + got)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


async def ask(port, *chunks, pause=0.0):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for chunk in chunks:
        writer.write(chunk)
        await writer.drain()
        await asyncio.sleep(pause)
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return answer


def through(scenario):
    """Run ``scenario(port)`` with both servers behind a front door."""

    async def main():
        pages, page_port = await start(b"page ")
        sockets, socket_port = await start(b"socket ")
        port = ports.pick()
        door = asyncio.create_task(frontdoor.serve(port, page_port, socket_port))
        await asyncio.sleep(0.1)
        try:
            return await scenario(port)
        finally:
            door.cancel()
            pages.close()
            sockets.close()

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (PAGE, b"page "),
        (SOCKET, b"socket "),
        (b"GET /websocket HTTP/1.1\r\n\r\n", b"socket "),
        (b"GET /websocket/health HTTP/1.1\r\n\r\n", b"page "),
        (b"GET /websockets HTTP/1.1\r\n\r\n", b"page "),
        (b"POST /websocket?x HTTP/1.1\r\n\r\n", b"page "),
        (b"GET / HTTP/1.1\r\n\r\n", b"page "),
    ],
)
def test_the_first_line_decides(request_, expected):
    answer = through(lambda port: ask(port, request_))
    assert answer == expected + request_


def test_a_first_line_in_pieces():
    pieces = [SOCKET[i : i + 5] for i in range(0, len(SOCKET), 5)]
    answer = through(lambda port: ask(port, *pieces, pause=0.01))
    assert answer == b"socket " + SOCKET


def test_many_at_once():
    async def scenario(port):
        return await asyncio.gather(
            *(ask(port, PAGE if i % 2 else SOCKET) for i in range(200))
        )

    answers = through(scenario)
    assert sum(answer.startswith(b"socket ") for answer in answers) == 100


def test_a_large_body_passes_untouched():
    body = bytes(range(256)) * 8192

    async def scenario(port):
        del port
        got = bytearray()

        async def swallow(reader, writer):
            while chunk := await reader.read(65536):
                got.extend(chunk)
            writer.write(b"done")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(swallow, "127.0.0.1", 0)
        own = ports.pick()
        inner = server.sockets[0].getsockname()[1]
        door = asyncio.create_task(frontdoor.serve(own, inner, inner))
        await asyncio.sleep(0.1)
        reader, writer = await asyncio.open_connection("127.0.0.1", own)
        writer.write(b"POST / HTTP/1.1\r\n\r\n" + body)
        writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), 10)
        door.cancel()
        server.close()
        return answer, bytes(got)

    answer, got = through(scenario)
    assert answer == b"done"
    assert got == b"POST / HTTP/1.1\r\n\r\n" + body


def test_odoo_down_is_said_in_http():
    async def scenario(port):
        del port
        own, nobody = ports.pick(), ports.pick()
        door = asyncio.create_task(frontdoor.serve(own, nobody, nobody))
        await asyncio.sleep(0.1)
        answer = await ask(own, PAGE)
        door.cancel()
        return answer

    head, _, body = through(scenario).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert f"Content-Length: {len(body)}".encode() in head


def test_a_client_that_says_nothing_costs_nothing():
    async def scenario(port):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        return await ask(port, PAGE)

    assert through(scenario) == b"page " + PAGE
