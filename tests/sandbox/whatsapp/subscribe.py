"""The handshake before Meta sends webhooks to an address.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
"""

import secrets

import requests

from ..guard import is_loopback


def handshake(url: str, verify_token: str) -> dict:
    """Ask ``url`` to repeat a challenge.

    :return: ``{"ok", "status", "challenge", "answer", "why"}``; ``answer`` is cut
        to 200 characters, ``why`` is a sentence or ""
    """
    challenge = str(secrets.randbelow(10**10))
    result = {"ok": False, "status": None, "challenge": challenge, "answer": ""}
    if not is_loopback(url):
        why = "the sandbox only reaches addresses on this machine (127.0.0.1)."
        return {**result, "why": why}
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(
                url,
                params={
                    "hub.mode": "subscribe",
                    "hub.challenge": challenge,
                    "hub.verify_token": verify_token,
                },
                timeout=10,
                allow_redirects=False,
            )
    except requests.RequestException as problem:
        return {**result, "why": f"nobody answered ({type(problem).__name__})."}
    result |= {"status": answer.status_code, "answer": answer.text[:200]}
    if answer.status_code != 200:
        why = f"HTTP Status Code = {answer.status_code}; HTTP Message = {answer.reason}"
    elif answer.text != challenge:
        why = "the answer is not the challenge."
    else:
        return {**result, "ok": True, "why": ""}
    return {**result, "why": why}
