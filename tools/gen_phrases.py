#!/usr/bin/env python3
"""Turns a file of turns of phrase (src/rag/triage.txt) into the C tables that src/rag/phrase.h wants.

    gen_phrases.py OUT.c IN.txt HEADER NAME

    $class:             words of a class, indented below it
    [PREFIX name] why   what follows speaks for the constant PREFIX_NAME, in the table NAME_prefix
    ? pattern           with the weight SIGN_NAME; "- " SIGN_DENIES, a number itself, none 0

Patterns are written as people spell; here they lose their accents, as the words of a message do.
"""
import re
import sys
import unicodedata

SECTION = re.compile(r"^\[([a-z]+) ([a-z_]+)\]")
LINE = re.compile(r"^(?:([?-]|\d+) )?\s*(\S.*)$")
WEIGHTS = {"?": "SIGN_NAME", "-": "SIGN_DENIES", None: "0"}


def fold(text):
    text = text.replace("ŋ", "n").replace("œ", "oe")
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def read(path):
    classes, tables, section = {}, {}, None
    words = None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("$") and line.endswith(":"):
            words = classes.setdefault(line.rstrip(":"), [])
        elif line.startswith("["):
            found = SECTION.match(line)
            if not found:
                sys.exit(f"{path}:{number}: a section is written [prefix name]")
            words, section = None, (found[1], f"{found[1]}_{found[2]}".upper())
        elif words is not None and line.startswith(" "):
            words += fold(line).split()
        elif section:
            weight, pattern = LINE.match(line).groups()
            tables.setdefault(section[0], []).append((fold(pattern), section[1], WEIGHTS.get(weight, weight)))
        else:
            sys.exit(f"{path}:{number}: stands in no section")
    return classes, tables


def main():
    out_path, path, header, name = sys.argv[1:]
    classes, tables = read(path)
    with open(out_path, "w", encoding="utf-8") as out:
        out.write(f'/* Made by tools/gen_phrases.py. */\n#include "{header}"\n\n')
        out.write(f"const struct phrase_class {name}_classes[] = {{\n")
        for title, words in classes.items():
            out.write(f'    {{ "{title}", "{" ".join(dict.fromkeys(words))}" }},\n')
        out.write("    { NULL, NULL },\n};\n")
        for prefix, rows in tables.items():
            out.write(f"\nconst struct phrase {name}_{prefix}[] = {{\n")
            for pattern, tag, weight in rows:
                out.write(f'    {{ "{pattern}", {tag}, {weight} }},\n')
            out.write("    { NULL, 0, 0 },\n};\n")


main()
