"""The other end of the wire: a server that behaves as the providers do.

WhatsApp's Graph API and Telegram's Bot API on loopback, with signed webhooks,
ticks, retries and faults, and a phone in the browser to write from. It serves
the demo and the tests; nothing of it is installed with the add-ons.
"""
