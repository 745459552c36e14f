#!/usr/bin/env python3
"""Turns a file of turns of phrase (src/triage/triage.txt, src/understanding/intents.txt) into the C tables that src/language/phrase.h wants.

    gen_phrases.py OUT.c IN.txt HEADER NAME

    $class:             words of a class, indented below it
    [PREFIX name] why   what follows speaks for the constant PREFIX_NAME, in the table NAME_prefix
    ? pattern           with the weight SIGN_NAME; "- " SIGN_DENIES, a number itself, none 0

Patterns are written as people spell; here they lose their accents, as the words of a message do. A mistake ends the build with the line
that it stands in: what is not of this form, a class that is not there or has no words, a gap without words on both sides, a
beginning that is too short, a line that stands there twice, a section in which some lines have a number and others none.
"""
import re
import sys
import unicodedata

SECTION = re.compile(r"^\[([a-z]+) ([a-z_]+)\]")
CLASS = re.compile(r"^(\$[a-z_]+):$")
LINE = re.compile(r"^(?:([?-]|\d+) )?\s*(\S.*)$")
WORD = re.compile(r"^(?:[@$][a-z_]+|~?[a-z0-9]+\*?)$")
GAPS = ("_", "__", "___")
WEIGHTS = {"?": "SIGN_NAME", "-": "SIGN_DENIES", None: "0"}
BEGINNING_MIN, SOUND_BEGINNING_MIN = 3, 4  # PHRASE_PREFIX_MIN and PHRASE_SOUND_PREFIX_MIN of phrase_book.h


class Mistake(Exception):
    """What is wrong, and in which line."""


def fold(text):
    text = text.replace("ŋ", "n").replace("œ", "oe")
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def check_word(number, word):
    if not WORD.match(word):
        raise Mistake(f"{number}: \"{word}\" is no word of a pattern")
    least = SOUND_BEGINNING_MIN if word.startswith("~") else BEGINNING_MIN
    if word.endswith("*") and len(word.strip("~*")) < least:
        raise Mistake(f"{number}: \"{word}\" is too short a beginning: {least} letters at least")


class Reader:
    def __init__(self):
        self.classes, self.class_lines = {}, {}
        self.tables = {}
        self.seen = {}
        self.words = self.section = None

    def begin_class(self, number, name):
        if name in self.classes:
            raise Mistake(f"{number}: {name} stands there twice")
        self.words = self.classes[name] = []
        self.class_lines[name] = number

    def begin_section(self, number, line):
        found = SECTION.match(line)
        if not found:
            raise Mistake(f"{number}: a section is written [prefix name]")
        self.words, self.section = None, (found[1], f"{found[1]}_{found[2]}".upper())

    def add_words(self, number, words):
        for word in words:
            if word.startswith(("$", "@")):
                raise Mistake(f"{number}: \"{word}\" cannot stand in a class")
            check_word(number, word)
        self.words += words

    def add_pattern(self, number, line):
        weight, pattern = LINE.match(line).groups()
        pattern = " ".join(fold(pattern).split())
        elements = pattern.split()
        if elements[0] in GAPS or elements[-1] in GAPS or any(a in GAPS and b in GAPS for a, b in zip(elements, elements[1:])):
            raise Mistake(f"{number}: a gap stands between two words")
        for word in (w for e in elements if e not in GAPS for w in e.split("|")):
            check_word(number, word)
            if word.startswith("$") and word not in self.classes:
                raise Mistake(f"{number}: there is no class {word} above")
        before = self.seen.setdefault((self.section, pattern), number)
        if before != number:
            raise Mistake(f"{number}: stands in line {before} already")
        rows = self.tables.setdefault(self.section[0], [])
        if rows and (weight or "").isdigit() != (rows[0][2] or "").isdigit():
            raise Mistake(f"{number}: all lines of [{self.section[0]} …] have a number, or none has")
        rows.append((pattern, self.section[1], weight))

    def line(self, number, line):
        if line.endswith(":"):
            found = CLASS.match(line)
            if not found:
                raise Mistake(f"{number}: a class is written $name:")
            self.begin_class(number, found[1])
        elif line.startswith("["):
            self.begin_section(number, line)
        elif self.words is not None and line.startswith(" "):
            self.add_words(number, fold(line).split())
        elif self.section and self.words is None:
            self.add_pattern(number, line)
        else:
            raise Mistake(f"{number}: stands in no section")

    def finish(self):
        for name, number in self.class_lines.items():
            if not self.classes[name]:
                raise Mistake(f"{number}: {name} has no words")
        if not self.tables:
            raise Mistake("0: there is no pattern")


def read(lines):
    """The classes {"$name": [word…]} and the tables {prefix: [(pattern, constant, weight)…]} of a file's lines."""
    reader = Reader()
    for number, line in enumerate(lines, 1):
        line = line.rstrip()
        if line and not line.startswith("#"):
            reader.line(number, line)
    reader.finish()
    return reader.classes, reader.tables


def write(out, header, name, classes, tables):
    out.write(f'/* Made by tools/gen_phrases.py. */\n#include "{header}"\n\n')
    out.write(f"const struct phrase_class {name}_classes[] = {{\n")
    for title, words in classes.items():
        out.write(f'    {{ "{title}", "{" ".join(dict.fromkeys(words))}" }},\n')
    out.write("    { NULL, NULL },\n};\n")
    for prefix, rows in tables.items():
        out.write(f"\nconst struct phrase {name}_{prefix}[] = {{\n")
        for pattern, tag, weight in rows:
            out.write(f'    {{ "{pattern}", {tag}, {WEIGHTS.get(weight, weight)} }},\n')
        out.write("    { NULL, 0, 0 },\n};\n")


def main():
    out_path, path, header, name = sys.argv[1:]
    try:
        with open(path, encoding="utf-8") as lines:
            classes, tables = read(lines)
    except Mistake as mistake:
        sys.exit(f"{path}:{mistake}")
    with open(out_path, "w", encoding="utf-8") as out:
        write(out, header, name, classes, tables)


if __name__ == "__main__":
    main()
