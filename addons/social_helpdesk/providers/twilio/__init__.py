"""What SMS and WhatsApp through Twilio have in common.

https://www.twilio.com/docs/messaging/api (version 2010-04-01)
"""

from .messaging import TwilioProvider

__all__ = ["TwilioProvider"]
