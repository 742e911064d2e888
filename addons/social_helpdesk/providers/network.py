"""Connections that look whom they reached before they speak.

A link from outside may point into the server's own network, by an address, by
a name that resolves to one, by a redirect, or by a name that resolves to
something else the second time it is asked. All of these end at one place: the
peer of the connected socket. So that is what is checked, before TLS and before
a byte of the request is written.
"""

import contextlib
import ipaddress
import socket
from dataclasses import dataclass, field

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util import Timeout, parse_url

from .errors import Refused
from .words import PRIVATE_ADDRESS

CONNECT_SECONDS = 5
READ_SECONDS = 20
PORTS = {"http": 80, "https": 443}
# IPv6 ranges that only wrap an IPv4 address, which then decides
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Origin = tuple[str, str, int]


def origin(url: str) -> Origin:
    """Scheme, host and port, read by the parser that also opens the connection.

    :raises ValueError: not an absolute http(s) address, or it holds a password
    """
    parts = parse_url(url)
    if parts.scheme not in PORTS or not parts.host or parts.auth:
        raise ValueError("not an http(s) address")
    return parts.scheme, _host(parts.host), parts.port or PORTS[parts.scheme]


def _host(name: str) -> str:
    return name.strip("[]").lower().rstrip(".")


def is_public(address: str) -> bool:
    """Whether ``address`` (of a peer, never a name) is on the open Internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@dataclass
class Line:
    """What the connections of one :class:`~.http.Http` share with it."""

    trusted: Origin | None
    proxied: bool = False  # the peer is then the administrator's own proxy
    connecting: bool = False  # True after a failure: nothing was written
    late: bool = False
    handle: socket.socket | None = field(default=None, repr=False)

    def start(self, proxied: bool) -> None:
        self.proxied, self.connecting, self.late = proxied, False, False

    def admit(self, peer: socket.socket, reached: Origin) -> None:
        """:raises Refused: this peer must not be spoken to"""
        if self.late:
            raise TimeoutError("too late")
        anywhere = self.proxied or reached == self.trusted
        if not anywhere and not is_public(peer.getpeername()[0]):
            raise Refused(PRIVATE_ADDRESS)
        self.release()
        # TLS takes the socket object away; a duplicate can still end the line
        self.handle = peer.dup()

    def cut(self) -> None:
        """End the exchange now, from another thread: a reader that waits for a
        slow sender would otherwise wait for every byte anew."""
        self.late = True
        if handle := self.handle:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        if self.handle:
            self.handle.close()
            self.handle = None


class _Watched:
    """Mixed into urllib3's connections; ``line`` is set on the subclass."""

    line: Line
    scheme: str

    def connect(self):
        self.line.connecting = True
        connected = super().connect()
        self.line.connecting = False
        return connected

    def _new_conn(self):
        sock = super()._new_conn()
        try:
            self.line.admit(sock, (self.scheme, _host(self.host), self.port))
        except BaseException:
            sock.close()
            raise
        return sock


def _pools(line: Line) -> dict[str, type]:
    plain = type("Plain", (_Watched, HTTPConnection), {"line": line, "scheme": "http"})
    tls = type("Tls", (_Watched, HTTPSConnection), {"line": line, "scheme": "https"})
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("Pool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }


class Adapter(HTTPAdapter):
    """requests' transport over watched connections, with our time-outs."""

    def __init__(self, line: Line):
        self.pools = _pools(line)
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        made = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.pools
        return made

    def proxy_manager_for(self, *args, **kwargs):
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self.pools
        return manager

    def send(self, request, stream=False, timeout=None, **kwargs):
        timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        return super().send(request, stream=stream, timeout=timeout, **kwargs)
