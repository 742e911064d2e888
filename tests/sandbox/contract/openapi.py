"""Requests against the OpenAPI descriptions of X, Twilio and our own API channel."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from openapi_schema_validator import OAS30Validator, OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from . import descriptions

_PROGRAM = (
    Path(__file__).parents[3]
    / "addons/social_helpdesk/static/api/social-helpdesk-v1.yaml"
)


class Judge:
    """Made once from a description."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec
        version3 = spec["openapi"].startswith("3.0")
        self._validator = OAS30Validator if version3 else OAS31Validator
        resource = Resource(contents=spec, specification=DRAFT202012)
        self._registry = Registry().with_resource("urn:spec", resource)
        self._paths = [(_pattern(path), path) for path in spec["paths"]]

    def request(self, method: str, path: str, given: dict[str, Any]) -> list[str]:
        """Problems of one request, none when it is right.

        :param given: the JSON or form of a POST or PUT, the query of a GET
        """
        found = self._operation(method.lower(), path)
        if found is None:
            return ["the description has no such method"]
        place, operation = found
        content = operation.get("requestBody", {}).get("content")
        if not content:
            return [] if method != "GET" else self._query(operation, given)
        kind = next(iter(content))
        place = [*place, "requestBody", "content", kind, "schema"]
        schema = content[kind]["schema"]
        if "form" in kind:
            given = _form(schema, given)
        unknown = set(given) - set(schema.get("properties", given))
        more = [f"{name} is not in the description" for name in sorted(unknown)]
        return more + self.schema("#/" + "/".join(map(_escaped, place)), given)

    def schema(self, pointer: str, value: Any) -> list[str]:
        schema = {"$ref": f"urn:spec{pointer}"}
        validator = self._validator(schema, registry=self._registry)
        return [
            f"{'.'.join(map(str, error.absolute_path)) or 'body'}: {error.message}"
            for error in validator.iter_errors(value)
        ]

    def _operation(self, method: str, path: str) -> tuple[list[str], dict] | None:
        """Of two paths that fit, the one with fewer blanks."""
        fitting = [known for pattern, known in self._paths if pattern.fullmatch(path)]
        for known in sorted(fitting, key=lambda one: one.count("{")):
            if method in self.spec["paths"][known]:
                operation = self.spec["paths"][known][method]
                return ["paths", known, method], operation
        return None

    def _query(self, operation: dict, given: dict[str, Any]) -> list[str]:
        parameters = (self._resolved(p) for p in operation.get("parameters", []))
        known = {p["name"] for p in parameters if p["in"] == "query"}
        return [f"{name} is not in the description" for name in set(given) - known]

    def _resolved(self, parameter: dict) -> dict:
        name = parameter.get("$ref", "").rpartition("/")[2]
        return self.spec["components"]["parameters"][name] if name else parameter


def _pattern(path: str) -> re.Pattern:
    parts = re.split(r"\{\w+\}", path)
    return re.compile(r"[^/]+?".join(map(re.escape, parts)))


def _escaped(part: str) -> str:
    """One step of a JSON pointer in an address."""
    return quote(part.replace("~", "~0").replace("/", "~1"), safe="~")


def _form(schema: dict, given: dict[str, Any]) -> dict[str, Any]:
    """A form has no lists: a value given once may be one."""
    lists = {
        name
        for name, about in schema.get("properties", {}).items()
        if about.get("type") == "array"
    }
    return {name: [v] if name in lists else v for name, v in given.items()}


@cache
def _judge(name: str) -> Judge | None:
    spec = descriptions.openapi(name)
    return Judge(spec) if spec else None


def judge(name: str, method: str, path: str, given: dict[str, Any]) -> list[str]:
    """:param name: x or twilio"""
    found = _judge(name)
    return found.request(method, path, given) if found else []


@cache
def _program() -> Judge:
    return Judge(descriptions.read_yaml(_PROGRAM))


def judge_program(body: dict[str, Any]) -> list[str]:
    """Problems of what a program gets; our own description is always there."""
    return _program().schema("#/components/schemas/Answer", body)
