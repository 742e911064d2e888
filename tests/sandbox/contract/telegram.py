"""Bot API calls against Telegram's own description: names, types, lengths."""

import json
import re
from collections.abc import Callable
from typing import Any

from . import descriptions

_LENGTH = re.compile(r"(\d+)-(\d+) characters(?! after)")
_AFTER_PARSING = re.compile(r"(\d+)-(\d+) characters after entities parsing")


def judge_call(method: str, values: dict[str, Any], files: set[str]) -> list[str]:
    """Problems of one call, none when it is right.

    :param files: names of the uploaded parts; those that an ``attach://`` names
        are no parameters of their own
    """
    spec = descriptions.telegram()
    if spec is None:
        return []
    names = {name.lower(): name for name in spec["methods"]}
    if method.lower() not in names:
        return [f"there is no method “{method}”"]
    fields = spec["methods"][names[method.lower()]].get("fields", [])
    attached = set(re.findall(r"attach://([\w.-]+)", json.dumps(values)))
    given = values | {name: _FILE for name in files - attached}
    return _Reader(spec["types"]).fields(fields, given, "", lenient=True)


def judge_object(type_: str, value: Any) -> list[str]:
    """Problems of one of Telegram's objects, an ``Update`` for example."""
    spec = descriptions.telegram()
    return _Reader(spec["types"]).object(type_, value, type_) if spec else []


#: Stands for an uploaded file among the values.
_FILE = object()


class _Reader:
    def __init__(self, types: dict[str, Any]) -> None:
        self.types = types

    def fields(
        self, fields: list[dict], given: dict[str, Any], path: str, *, lenient: bool
    ) -> list[str]:
        """:param lenient: form values are text, whatever they mean"""
        known = {field["name"]: field for field in fields}
        problems = [
            f"{path}{name} is required"
            for name, field in known.items()
            if field["required"] and given.get(name) is None
        ]
        for name, value in given.items():
            if value is None:
                continue
            if name not in known:
                problems.append(f"{path}{name} is not in the description")
            else:
                problems += self.field(known[name], value, path + name, lenient)
        return problems

    def field(self, field: dict, value: Any, path: str, lenient: bool) -> list[str]:
        types = _joined(field["types"])
        attempts = [self.value(t, value, path, lenient) for t in types]
        best = min(attempts, key=len)
        return best or _too_long(field, value, path)

    def value(self, type_: str, value: Any, path: str, lenient: bool) -> list[str]:
        if type_ in _SIMPLE:
            fits = _SIMPLE[type_](value, lenient)
            return [] if fits else [f"{path} is not of type {type_}"]
        value = _unpacked(value, lenient)
        if type_.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{path} is not an array"]
            inner = type_.removeprefix("Array of ").split("|")
            return [
                problem
                for number, item in enumerate(value)
                for problem in self.any_of(inner, item, f"{path}[{number}]")
            ]
        return self.object(type_, value, path)

    def any_of(self, types: list[str], value: Any, path: str) -> list[str]:
        return min((self.value(t, value, path, False) for t in types), key=len)

    def object(self, type_: str, value: Any, path: str) -> list[str]:
        description = self.types.get(type_, {})
        if subtypes := description.get("subtypes"):
            return min((self.object(name, value, path) for name in subtypes), key=len)
        if not isinstance(value, dict):
            return [f"{path} is not a {type_} object"]
        fields = description.get("fields", [])
        return [
            *self.fields(fields, value, f"{path}.", lenient=False),
            *_wrong_tag(fields, value, path),
        ]


def _joined(types: list[str]) -> list[str]:
    """Several "Array of X" beside one another are one array of any of them."""
    arrays = [t.removeprefix("Array of ") for t in types if t.startswith("Array of ")]
    others = [t for t in types if not t.startswith("Array of ")]
    return others + ([f"Array of {'|'.join(arrays)}"] if arrays else [])


def _wrong_tag(fields: list[dict], value: dict, path: str) -> list[str]:
    """Subtypes differ by a fixed word: "Type of the result, must be photo"."""
    for field in fields:
        must = re.search(r"(?:must be|always) [“\"]?(\w+)", field["description"])
        if field["name"] == "type" and must and value.get("type") != must[1]:
            return [f"{path}.type is not {must[1]}"]
    return []


def _unpacked(value: Any, lenient: bool) -> Any:
    if not (lenient and isinstance(value, str)):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_number(pattern: str, *types: type) -> Callable[[Any, bool], bool]:
    def check(value: Any, _lenient: bool) -> bool:
        if isinstance(value, str):
            return bool(re.fullmatch(pattern, value))
        return isinstance(value, types) and not isinstance(value, bool)

    return check


def _is_truth(value: Any, lenient: bool) -> bool:
    words = ("true", "false", "1", "0")
    return isinstance(value, bool) or (lenient and str(value).lower() in words)


_SIMPLE: dict[str, Callable[[Any, bool], bool]] = {
    "Integer": _is_number(r"-?\d+", int),
    "Float": _is_number(r"-?\d+(\.\d+)?([eE]-?\d+)?", int, float),
    "String": lambda value, _: isinstance(value, str),
    "Boolean": _is_truth,
    "True": _is_truth,
    "InputFile": lambda value, _: value is _FILE,
}


def _too_long(field: dict, value: Any, path: str) -> list[str]:
    """Lengths stand in the description's words only. Those that count after
    parsing are judged where the text is parsed."""
    limits = _LENGTH.search(field["description"])
    if not isinstance(value, str) or not limits:
        return []
    if _AFTER_PARSING.search(field["description"]):
        return []
    least, most = int(limits[1]), int(limits[2])
    if least <= len(value) <= most:
        return []
    return [f"{path} has {len(value)} characters, not {least} to {most}"]
