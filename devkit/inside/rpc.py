"""Odoo from outside, as any program of an administrator's would reach it."""

from urllib.parse import urlsplit

import odoorpc


def connect(
    url: str, database: str, login: str, password: str, timeout: int = 60
) -> odoorpc.ODOO:
    """Log in at ``url`` (http or https, port optional).

    Raises odoorpc.error.Error for what Odoo refuses and OSError (urllib's) when
    nobody answers.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    client = odoorpc.ODOO(
        parts.hostname,
        protocol="jsonrpc+ssl" if secure else "jsonrpc",
        port=parts.port or (443 if secure else 80),
        timeout=timeout,
    )
    client.login(database, login, password)
    return client
