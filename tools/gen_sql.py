#!/usr/bin/env python3
"""Turns sql/ into C tables: named queries and numbered migrations.

    gen_sql.py queries-h  OUT FILE.sql…
    gen_sql.py queries-c  OUT FILE.sql…
    gen_sql.py migrations OUT FILE.sql…

A query starts with a line like

    -- name: patient_insert  params: 3  columns: 1

and ends where the next one starts. Parameters are $1..$n; every one must be used. A line

    -- variants order: by_name = p.last_name, p.id | by_date = p.created_at_us DESC, p.id DESC

right after it makes one query a variant: {order} in the name and in the text is replaced by the words before and
after the equals sign. So the orderings of a list stay statements that are known at build time.

    -- part: words

starts text that stands for {words} in the queries behind it in the same file: what several statements must say alike.
"""
import os
import re
import sys

NAME = re.compile(r"^-- name:\s*([a-z][a-z0-9_{}]*)\s+params:\s*(\d+)\s+columns:\s*(\d+)\s*$")
PART = re.compile(r"^-- part:\s*([a-z][a-z0-9_]*)\s*$")
VARIANTS = re.compile(r"^-- variants ([a-z]+):\s*(.+)$")
MIGRATION = re.compile(r"^(\d{4})_([a-z0-9_]+)\.sql$")
# ISO C promises 4095 bytes a string only; every compiler that we build with takes more.
LONG_TEXTS = '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'


def fail(path, line, why):
    sys.exit(f"{path}:{line}: {why}")


def code_of(sql):
    """The statement without comments, to look for parameters in."""
    return re.sub(r"--[^\n]*", "", sql)


def check_params(path, line, name, params, sql):
    used = {int(n) for n in re.findall(r"\$(\d+)", code_of(sql))}
    if used != set(range(1, params + 1)):
        fail(path, line, f"{name} says params: {params} but uses {sorted(used) or 'none'}")


def strip_comments(sql):
    lines = [re.sub(r"\s*--.*$", "", line) for line in sql.split("\n")]
    return "\n".join(line for line in lines if line.strip()).strip().rstrip(";")


def expand(path, line, name, variants, sql):
    """One (name, sql) a variant, or the query itself."""
    if variants is None:
        if "{" in name:
            fail(path, line, f"{name} has a {{word}} but no '-- variants' line")
        return [(name, sql)]
    word, choices = variants
    mark = "{" + word + "}"
    if mark not in name or mark not in sql:
        fail(path, line, f"{mark} must stand in the name and in the text of {name}")
    result = []
    for choice in choices.split("|"):
        label, equals, text = choice.partition("=")
        if not equals:
            fail(path, line, f"a variant is written 'word = text': {choice.strip()}")
        result.append((name.replace(mark, label.strip()), sql.replace(mark, text.strip())))
    return result


def read_queries(paths):
    queries, seen = [], {}
    for path in sorted(paths):
        head, body, parts = None, [], {}

        def close():
            if head is None:
                return
            line, name, params, columns, variants = head
            text = "\n".join(body)
            for part, words in parts.items():
                text = text.replace("{" + part + "}", words)
            if params is None:
                parts[name] = strip_comments(text)
                return
            for full_name, sql in expand(path, line, name, variants, text):
                if full_name in seen:
                    fail(path, line, f"{full_name} is already in {seen[full_name]}")
                seen[full_name] = path
                check_params(path, line, full_name, params, sql)
                text = strip_comments(sql)
                if not text:
                    fail(path, line, f"{full_name} has no SQL")
                queries.append((full_name, params, columns, text))

        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            match, variants, part = NAME.match(line), VARIANTS.match(line), PART.match(line)
            if match:
                close()
                head, body = (number, match[1], int(match[2]), int(match[3]), None), []
            elif part:
                close()
                head, body = (number, part[1], None, None, None), []
            elif line.startswith("-- name:"):
                fail(path, number, "expected '-- name: words  params: N  columns: N'")
            elif variants and head:
                head = head[:4] + ((variants[1], variants[2].strip()),)
            elif head:
                body.append(line.rstrip("\n"))
            elif line.strip() and not line.startswith("--"):
                fail(path, number, "SQL before the first '-- name:' line")
        close()
    return queries


def c_string(text, indent="      "):
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n")]
    return ("\n" + indent).join(f'"{line}\\n"' for line in escaped)


def queries_h(queries):
    yield "#ifndef QUERIES_H\n#define QUERIES_H\n/* Made from sql/queries: every statement of the program. */\n"
    yield '#include "db/db.h"\n\n'
    for name, *_ in queries:
        yield f"extern const struct db_query q_{name};\n"
    yield f"\nenum {{ DB_QUERY_COUNT = {len(queries)} }};\n"
    yield "extern const struct db_query *const db_queries[DB_QUERY_COUNT];\n\n#endif\n"


def queries_c(queries):
    yield '/* Made from sql/queries. */\n#include "queries.h"\n\n' + LONG_TEXTS
    for number, (name, params, columns, sql) in enumerate(queries):
        yield f'const struct db_query q_{name} = {{ "{name}",\n      {c_string(sql)},\n      {number}, {params}, {columns} }};\n'
    yield "\nconst struct db_query *const db_queries[DB_QUERY_COUNT] = {\n"
    for name, *_ in queries:
        yield f"    &q_{name},\n"
    yield "};\n"


def migrations_c(paths):
    yield '/* Made from sql/migrations. */\n#include "db/migrate.h"\n\n' + LONG_TEXTS
    yield "const struct migration db_migrations[] = {\n"
    last = 0
    for path in sorted(paths, key=os.path.basename):
        match = MIGRATION.match(os.path.basename(path))
        if not match:
            fail(path, 1, "a migration is named NNNN_words.sql")
        if int(match[1]) <= last:
            fail(path, 1, "its number is taken")
        last = int(match[1])
        text = open(path, encoding="utf-8").read().rstrip("\n")
        yield f'    {{ {last}, "{match[2]}",\n      {c_string(text)} }},\n'
    yield "    { 0, NULL, NULL },\n};\n"


def main():
    kind, out, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    if kind == "migrations":
        text = "".join(migrations_c(paths))
    elif kind in ("queries-h", "queries-c"):
        text = "".join((queries_h if kind == "queries-h" else queries_c)(read_queries(paths)))
    else:
        sys.exit(__doc__)
    with open(out, "w", encoding="utf-8") as file:
        file.write(text)


main()
