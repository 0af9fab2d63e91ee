"""The OpenAPI 3.1 document, made of the same records that serve the routes."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from casetracker.api.openapi_parts import INFO, PARAMETERS, PROBLEM, RESPONSES, SCHEME, TAGS
from casetracker.api.operations import Operation, Returned
from casetracker.api.requests import needs_body
from casetracker.api.serving import ROOT
from casetracker.services.people.api_clients import ApiScope

REFERENCE = "#/components/schemas/{model}"
_HEADER = {
    "ETag": {"description": "工单版本，强标识", "schema": {"type": "string"}},
    "Location": {"description": "工单地址", "schema": {"type": "string"}},
}


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """The whole description of the API."""
    known = tuple(operations)
    schemas, refs = _schemas(known)
    paths: dict[str, dict[str, Any]] = {}
    for operation in known:
        place = paths.setdefault(operation.path, {})
        place[operation.method.lower()] = _described(operation, refs)
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": ROOT}],
        "tags": TAGS,
        "security": [{SCHEME: []}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM},
            "responses": {f"Problem{status}": body for status, body in RESPONSES.items()},
            "parameters": PARAMETERS,
            "securitySchemes": {SCHEME: _scheme()},
        },
    }


def _schemas(operations: Iterable[Operation]) -> tuple[dict[str, Any], dict[Any, Any]]:
    """All schemas by name, and for each Python type the reference to its own."""
    wanted: dict[Any, str] = {}
    for operation in operations:
        for model in (operation.body, operation.query):
            if model is not None:
                wanted[model] = "validation"
        for returned in operation.returns.values():
            if returned.schema is not None:
                wanted[returned.schema] = "serialization"
    inputs: list[Any] = [(kind, mode, TypeAdapter(kind)) for kind, mode in wanted.items()]
    refs, definitions = TypeAdapter.json_schemas(inputs, ref_template=REFERENCE)
    schemas = {name: _honest(_bare(one)) for name, one in definitions.get("$defs", {}).items()}
    return schemas, {kind: refs[kind, mode] for kind, mode in wanted.items()}  # type: ignore[index]


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what a class says to those who read the code."""
    return {name: part for name, part in schema.items() if name != "description"}


def _honest(schema: Any) -> Any:
    """What models say in code rather than in schemas: blank means not given where null may
    stand, and required text needs a visible sign.
    """
    if isinstance(schema, list):
        return [_honest(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if {"type": "null"} in schema.get("anyOf", ()):
        loose = [{k: v for k, v in p.items() if k != "minLength"} for p in schema["anyOf"]]
        schema = {**schema, "anyOf": loose}
    elif schema.get("type") == "string" and schema.get("minLength") == 1:
        schema = {**schema, "pattern": r"\S"}
    return {name: _honest(part) for name, part in schema.items()}


def _described(operation: Operation, refs: Mapping[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.tag],
        "description": _description(operation),
        "parameters": _parameters(operation),
        "responses": _responses(operation, refs),
    }
    if operation.body is not None:
        needed = needs_body(operation.body)
        media = {"schema": refs[operation.body], **_examples(operation)}
        told["requestBody"] = {"required": needed, "content": {"application/json": media}}
    if operation.form is not None:
        told["requestBody"] = {
            "required": True,
            "content": {"multipart/form-data": {"schema": operation.form}},
        }
    return told


def _examples(operation: Operation) -> dict[str, Any]:
    """One body to begin with, or several under the words that tell them apart."""
    if not operation.more_examples:
        return {"example": operation.example}
    named = {operation.summary: operation.example, **operation.more_examples}
    return {"examples": {name: {"summary": name, "value": body} for name, body in named.items()}}


def _description(operation: Operation) -> str:
    needs = f"令牌范围：`{operation.scope}`。"
    return f"{operation.description}\n\n{needs}" if operation.description else needs


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    places = [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]
    names = [*places]
    names += ["If-Match"] if operation.takes_version else []
    names += ["Idempotency-Key"] if operation.changes else []
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    return [*shared, *_query_parameters(operation)]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    model = operation.query.model_json_schema(ref_template=REFERENCE)
    required = model.get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": schema.get("title", name),
            "schema": _given(_honest(schema), model.get("$defs", {})),
        }
        for name, schema in model["properties"].items()
    ]


def _given(schema: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A query holds text or nothing, never null; enumerations are spelled out."""
    parts = [part for part in schema.pop("anyOf", [schema]) if part != {"type": "null"}]
    found = dict(parts[0])
    if "$ref" in found:
        found = dict(definitions[found["$ref"].rpartition("/")[2]])
    return {k: v for k, v in found.items() if k not in ("title", "default", "description")}


def _responses(operation: Operation, refs: Mapping[Any, Any]) -> dict[str, Any]:
    good = {str(code): _good(one, refs) for code, one in operation.returns.items()}
    bad = {str(c): {"$ref": f"#/components/responses/Problem{c}"} for c in operation.refusals}
    return {**good, **bad}


def _good(returned: Returned, refs: Mapping[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"description": returned.description}
    if returned.headers:
        told["headers"] = {name: _HEADER[name] for name in returned.headers}
    if returned.schema is None:
        media = {"schema": {"type": "string", "format": "binary"}}
        told["content"] = {"*/*": media}
    else:
        told["content"] = {"application/json": {"schema": refs[returned.schema]}}
    return told


def _scheme() -> dict[str, Any]:
    scopes = "、".join(f"`{scope}`" for scope in ApiScope)
    return {
        "type": "http",
        "scheme": "bearer",
        "description": f"访问令牌，由管理员签发，只显示一次。范围：{scopes}。",
    }
