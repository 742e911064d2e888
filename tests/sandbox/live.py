"""What has changed, told to every open page at once (Server-Sent Events)."""

import json
import queue
import threading
from collections.abc import Iterator

#: A page that reads slower than this many events is dropped; it reconnects.
BACKLOG = 2000
#: Proxies and browsers give up on a silent stream; a comment keeps it alive.
HEARTBEAT = 15.0


class Live:
    """Any number of listeners, each with its own queue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[queue.Queue] = []

    def tell(self, event: str, **data) -> None:
        text = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener.put_nowait(text)
            except queue.Full:
                self._leave(listener)

    def listen(self) -> Iterator[str]:
        """Yield the stream of one page until it goes away."""
        listener: queue.Queue = queue.Queue(BACKLOG)
        with self._lock:
            self._listeners.append(listener)
        try:
            yield "retry: 1000\n\n"
            while listener in self._listeners:
                try:
                    yield listener.get(timeout=HEARTBEAT)
                except queue.Empty:
                    yield ": still here\n\n"
        finally:
            self._leave(listener)

    def _leave(self, listener: queue.Queue) -> None:
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)
