"""WhatsApp requests against Meta's OpenAPI description.

Most kinds are judged by their schema. A kind whose own examples contradict its
schema (templates, contacts, locations, ...) is judged by the examples' shape and
by what the documentation calls required.
"""

from functools import cache
from typing import Any

from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from . import descriptions
from .shape import Shape

_MESSAGES = "/{Version}/{Phone-Number-ID}/messages"

#: Documented, but in no example: learnt as if it were in one.
#: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
_ALSO: dict[str, list[dict]] = {
    "": [
        {
            "recipient_type": "",
            "biz_opaque_callback_data": "",
            "context": {"message_id": ""},
        }
    ],
    "location": [{"location": {"latitude": "", "longitude": ""}}],
    "template": [
        {
            "template": {
                "components": [
                    {
                        "parameters": [
                            {
                                "parameter_name": "",
                                "document": {"id": "", "link": "", "filename": ""},
                                "image": {"id": ""},
                                "video": {"id": "", "link": ""},
                            }
                        ]
                    }
                ]
            }
        }
    ],
}
_REQUIRED: dict[str, tuple[str, ...]] = {
    "location": ("location.latitude", "location.longitude"),
    "contacts": ("contacts[].name.formatted_name",),
    "template": (
        "template.name",
        "template.language.code",
        "template.components[].type",
        "template.components[].parameters[].type",
    ),
    "read": ("message_id",),
}


class Judge:
    """Made once from the description; says what is wrong with a request."""

    def __init__(self, spec: dict[str, Any]) -> None:
        content = spec["paths"][_MESSAGES]["post"]["requestBody"]["content"]
        examples = content["application/json"]["examples"].values()
        resource = Resource(contents=spec, specification=DRAFT202012)
        self._registry = Registry().with_resource("urn:meta", resource)
        message = spec["components"]["schemas"]["Message"]
        self._schemas = message["discriminator"]["mapping"]
        self._examples: dict[str, list[dict]] = {}
        for example in examples:
            body = example["value"]
            self._examples.setdefault(variant(body), []).append(body)

    def message(self, body: dict[str, Any]) -> list[str]:
        """Problems of a ``POST /messages``, none when it is right."""
        name = variant(body)
        if "recipient" in body and "to" not in body:
            # user ids instead of numbers are younger than the description
            body = {k: v for k, v in body.items() if k != "recipient"}
            body["to"] = "1"
        if self._by_schema(name):
            return self.schema(self._schemas[name.split("/")[0]], body)
        if name not in self._examples:
            return [f"type “{name}” is not in the description"]
        missing = [
            f"{path} is required"
            for path in ("messaging_product", *_REQUIRED.get(name, ()))
            if not has(body, path.split("."))
        ]
        return missing + self._shape(name).compare(body)

    def schema(self, reference: str, body: Any) -> list[str]:
        validator = OAS31Validator(
            {"$ref": f"urn:meta{reference}"}, registry=self._registry
        )
        return [
            f"{'.'.join(map(str, error.absolute_path)) or 'body'}: {error.message}"
            for error in validator.iter_errors(body)
        ]

    @cache  # noqa: B019 - one judge lives as long as the process
    def _by_schema(self, name: str) -> bool:
        """Does the schema accept at least one of Meta's examples of this kind?"""
        reference = self._schemas.get(name.split("/", maxsplit=1)[0])
        return reference is not None and any(
            not self.schema(reference, example)
            for example in self._examples.get(name, [])
        )

    @cache  # noqa: B019
    def _shape(self, name: str) -> Shape:
        shape = Shape()
        for example in [*self._examples[name], *_ALSO[""], *_ALSO.get(name, [])]:
            shape.learn(example)
        return shape


def variant(body: dict[str, Any]) -> str:
    """``text``, ``interactive/button``, ``read`` ..."""
    if body.get("status"):
        return "read"
    kind = str(body.get("type") or "text")
    if kind == "interactive" and isinstance(body.get(kind), dict):
        return f"interactive/{body[kind].get('type')}"
    return kind


def has(value: Any, path: list[str]) -> bool:
    """Is the path there, in every item of an array on the way (``x[]``)?"""
    if not path:
        return True
    name = path[0].removesuffix("[]")
    if not isinstance(value, dict) or name not in value:
        # what is optional itself cannot miss anything
        return path[0].endswith("[]")
    if not path[0].endswith("[]"):
        return has(value[name], path[1:])
    items = value[name] if isinstance(value[name], list) else []
    return all(has(item, path[1:]) for item in items)


@cache
def _judge(spec_id: int) -> Judge:
    spec = descriptions.meta()
    assert spec is not None and id(spec) == spec_id
    return Judge(spec)


def judge() -> Judge | None:
    """The judge, or None when there is no description."""
    spec = descriptions.meta()
    return None if spec is None else _judge(id(spec))


def judge_message(body: dict[str, Any]) -> list[str]:
    found = judge()
    return found.message(body) if found else []


def judge_subscription(body: dict[str, Any]) -> list[str]:
    return _judge_schema("SubscriptionRequest", body)


def judge_number(body: dict[str, Any]) -> list[str]:
    return _judge_schema("PhoneNumberStatusUpdateRequest", body)


def _judge_schema(name: str, body: dict[str, Any]) -> list[str]:
    found = judge()
    return found.schema(f"#/components/schemas/{name}", body) if found else []
