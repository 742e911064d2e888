"""Requests and webhooks against LINE's descriptions."""

from urllib.parse import urlsplit


def judge(description):
    """Errors of a value against a schema; a field that is not described is one.
    What a ``discriminator`` names is followed here: the validator takes no notice."""
    from openapi_schema_validator import OAS30Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT4

    resource = Resource(contents=description, specification=DRAFT4)
    registry = Registry().with_resource("urn:line", resource)
    schemas = description["components"]["schemas"]

    def errors(name, value):
        schema = {"$ref": f"urn:line#/components/schemas/{name}"}
        found = OAS30Validator(schema, registry=registry).iter_errors(value)
        return [error.message for error in found] + list(inside(name, value))

    def inside(name, value):
        fields = fields_of(schemas[name], schemas)
        for field, inner in value.items() if isinstance(value, dict) else ():
            if field not in fields:
                yield f"{name} has no {field}"
                continue
            many = fields[field].get("items")
            for one in inner if many and isinstance(inner, list) else [inner]:
                yield from child(many or fields[field], one)

    def child(schema, value):
        name = schema.get("$ref", "").rpartition("/")[2]
        known = schemas[name].get("discriminator") if name else None
        if known and isinstance(value, dict):
            kind = value.get(known["propertyName"])
            name = known["mapping"].get(kind, "").rpartition("/")[2]
            if not name:
                yield f"“{kind}” is not described"
        if name:
            yield from errors(name, value)

    return errors


def fields_of(schema, schemas):
    """The properties of a schema and of what it is made of."""
    if ref := schema.get("$ref"):
        schema = schemas[ref.rpartition("/")[2]]
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        found |= fields_of(part, schemas)
    return found


def operation(api, request):
    """The description of the request that was sent."""
    path = urlsplit(request.path).path
    wanted = path.split("/")
    for template, operations in api["paths"].items():
        parts = template.split("/")
        if (
            len(parts) == len(wanted)
            and all(
                part == given or part.startswith("{")
                for part, given in zip(parts, wanted, strict=True)
            )
            and (found := operations.get(request.method.lower()))
        ):
            return found
    raise AssertionError(f"LINE describes no {request.method} {path}")
