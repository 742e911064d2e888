"""What Messenger and Instagram's direct messages share: the Messenger Platform.

https://developers.facebook.com/docs/messenger-platform
"""

from .envelope import Changes, dig, split
from .incoming import read, text_of
from .provider import MessengerProvider

__all__ = ["Changes", "MessengerProvider", "dig", "read", "split", "text_of"]
