#!/usr/bin/env python3
"""Turns the schema files of the rooms into one C table, for the OpenAPI document.

    embed_schemas.py OUT FILE.schema.json…

Each file is an object of component schemas (JSON Schema 2020-12, as OpenAPI 3.1 has it). A name stands in one file only, and what a
$ref names must be there.
"""
import json
import sys

# ISO C promises 4095 bytes a string only; every compiler that we build with takes more.
HEAD = '#include "http/openapi.h"\n\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'


def no_duplicates(pairs):
    seen = dict(pairs)
    if len(seen) != len(pairs):
        raise ValueError("a name stands twice: " + ", ".join(sorted(k for k, _ in pairs)))
    return seen


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def read(paths):
    schemas = {}
    for path in paths:
        try:
            with open(path, encoding="utf-8") as f:
                found = json.load(f, object_pairs_hook=no_duplicates)
        except ValueError as error:
            sys.exit(f"{path}: {error}")
        for name, schema in found.items():
            if name in schemas:
                sys.exit(f"{path}: schema {name} stands in another file too")
            schemas[name] = schema
    for name, schema in schemas.items():
        for reference in references(schema):
            if reference.removeprefix("#/components/schemas/") not in schemas:
                sys.exit(f"schema {name} refers to {reference}, which is nowhere")
    return schemas


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?") + '"'


def main():
    out, paths = sys.argv[1], sys.argv[2:]
    schemas = read(paths)
    with open(out, "w", encoding="utf-8") as f:
        f.write(HEAD + "const struct openapi_schema openapi_schemas[] = {\n")
        for name in sorted(schemas):
            text = json.dumps(schemas[name], ensure_ascii=False, separators=(",", ":"))
            f.write(f"    {{ {c_string(name)}, {c_string(text)} }},\n")
        f.write("    { 0 },\n};\n")


if __name__ == "__main__":
    main()
