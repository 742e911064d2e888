"""How fast and how stubborn the sandbox is. All times are seconds."""

from dataclasses import dataclass, fields


@dataclass
class Settings:
    """Changed at run time by ``POST /sandbox/settings``."""

    sent_after: float = 0.4
    delivered_after: float = 0.6
    read_after: float = 0.2
    #: gap before the first webhook retry; doubles up to ``retry_max``
    retry_base: float = 1.0
    retry_max: float = 60.0
    webhook_timeout: float = 10.0
    #: how long a media link works; WhatsApp says five minutes
    media_ttl: float = 300.0
    #: WhatsApp's customer service window
    window: float = 24 * 3600.0

    def change(self, values: dict) -> None:
        """Take ``{"name": seconds}``.

        :raises ValueError: unknown name, or not a number from 0 up
        """
        known = {f.name for f in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(
                    f"There is no setting “{name}”. There are: "
                    f"{', '.join(sorted(known))}."
                )
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"The setting “{name}” takes a number of seconds.")
            if value < 0:
                raise ValueError(f"The setting “{name}” cannot be negative.")
        for name, value in values.items():
            setattr(self, name, float(value))
