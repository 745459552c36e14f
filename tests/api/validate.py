#!/usr/bin/python3
"""Holds answers of the API against its OpenAPI document. Reads {"schema", "exchanges"} from stdin; prints what does not fit; exit 1 if any.

Uses Debian's python3-jsonschema: OpenAPI 3.1 schemas are JSON Schema 2020-12.
"""
import json
import re
import sys

from jsonschema import Draft202012Validator, RefResolver

METHODS_WITHOUT_BODY = {"HEAD"}


def resolve(document, node):
    """The node itself, or what its $ref (inside the document) names."""
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def pattern_of(template):
    return re.compile("^" + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)) + "$")


def operation_of(document, patterns, exchange):
    """The operation that an exchange used; fixed paths win over those with arguments. None: no such path or method."""
    fitting = [t for t, p in patterns if p.match(exchange["path"])]
    for template in sorted(fitting, key=lambda t: t.count("{")):
        operation = document["paths"][template].get(exchange["method"].lower())
        if operation:
            return template, operation
    return None


def problem(document, patterns, exchange):
    """What is wrong with one exchange, or None."""
    found = operation_of(document, patterns, exchange)
    if found is None:
        return None if exchange["status"] in (404, 405) else "is not documented"
    template, operation = found
    responses = operation["responses"]
    status = str(exchange["status"])
    response = resolve(document, responses.get(status) or responses.get(status[0] + "XX") or responses.get("default"))
    if response is None:
        return f"{template}: status {status} is not documented (only {', '.join(responses)})"
    content = response.get("content", {})
    kind = exchange["type"].split(";")[0]
    if not content:
        return None if exchange["body"] in ("", None) else f"{template}: {status} is documented without content"
    if "*/*" in content:
        return None
    if kind not in content:
        return f"{template}: {status} came as {kind or 'nothing'}, documented is {', '.join(content)}"
    schema = content[kind].get("schema")
    if kind != "application/json" or schema is None:
        return None
    errors = Draft202012Validator(schema, resolver=RefResolver.from_schema(document)).iter_errors(exchange["body"])
    words = [f"{'/'.join(map(str, e.absolute_path)) or 'the body'}: {e.message[:300]}" for e in list(errors)[:3]]
    return f"{template}: {status}: {'; '.join(words)}" if words else None


def main():
    given = json.load(sys.stdin)
    document = given["schema"]
    patterns = [(template, pattern_of(template)) for template in document["paths"]]
    seen = set()
    for exchange in given["exchanges"]:
        words = problem(document, patterns, exchange)
        if words and words not in seen:
            seen.add(words)
            print(f"{exchange['method']} {exchange['path']} {words}")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
