"""What all channels of Meta share: the Graph API, version 23.0.

https://developers.facebook.com/docs/graph-api
"""

from .graph import VERSION, GraphProvider, address_of, same

__all__ = ["VERSION", "GraphProvider", "address_of", "same"]
