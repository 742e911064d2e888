"""The shape of examples, for what a schema cannot judge."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Shape:
    """The types seen in one place, its keys and its items."""

    types: set[str] = field(default_factory=set)
    keys: dict[str, "Shape"] = field(default_factory=dict)
    items: "Shape | None" = None

    def learn(self, example: Any) -> "Shape":
        self.types.add(kind(example))
        if isinstance(example, dict):
            for key, value in example.items():
                self.keys.setdefault(key, Shape()).learn(value)
        elif isinstance(example, list):
            self.items = self.items or Shape()
            for item in example:
                self.items.learn(item)
        return self

    def compare(self, value: Any, path: str = "") -> list[str]:
        """What in ``value`` no example has: other types, and other keys."""
        if kind(value) not in self.types:
            wanted = " or ".join(sorted(self.types))
            return [f"{path or 'body'} is {kind(value)}, not {wanted}"]
        if isinstance(value, dict):
            return [
                p for key, item in value.items() for p in self._key(key, item, path)
            ]
        if isinstance(value, list) and self.items:
            return [
                problem
                for number, item in enumerate(value)
                for problem in self.items.compare(item, f"{path}[{number}]")
            ]
        return []

    def _key(self, key: str, value: Any, path: str) -> list[str]:
        place = f"{path}.{key}" if path else key
        if key not in self.keys:
            return [f"{place} is not in the description"]
        return self.keys[key].compare(value, place)


def kind(value: Any) -> str:
    """JSON's name for a type; whole and broken numbers are the same."""
    names = {bool: "boolean", str: "string", dict: "object", list: "array"}
    if value is None:
        return "null"
    return names.get(type(value), "number")
