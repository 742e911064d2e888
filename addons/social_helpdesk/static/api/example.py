"""Writes to the help desk as a customer: example.py ADDRESS "text" (SECRET in the
environment). Public domain: copy what you need."""

import hashlib
import hmac
import json
import os
import sys
import time
import uuid

import requests

address, text = sys.argv[1:]
sender = {"id": "cli-1042", "name": "Ana Souza", "phone": "+55 11 99999-8888"}
message = {"type": "message", "id": str(uuid.uuid4()), "text": text}
event = {
    **message,
    "conversation": "app-1042",
    "sender": sender,
    "at": int(time.time()),
}
body = json.dumps({"events": [event]}).encode()
now, secret = str(int(time.time())), os.environ["SECRET"].encode()
signature = hmac.new(secret, now.encode() + b"." + body, hashlib.sha256).hexdigest()
headers = {"X-Social-Timestamp": now, "X-Social-Signature": f"v1={signature}"}
answer = requests.post(address, data=body, headers=headers, timeout=30)
print(answer.status_code, answer.text)
