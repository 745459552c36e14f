#!/usr/bin/env python3
"""Turns lists of words, which are data, into C tables.

    gen_words.py classes OUT.c word_class.txt           a sorted table of words and the bits WORD_NAME of word_class.h
    gen_words.py lists OUT.c OUT.h NAME words.txt       a struct word_list (base/word_list.h) words_name a list, for the room NAME

    NAME: what it is            its words below, indented, in the order of the alphabet
    NAME[]: what it is          a table of lists: each line below is a row, of which the first word stands for all
    NAME, as written: what …    words with capitals and accents, for text that was not folded

"oper*" is a beginning and "*pril" an ending. The number of a class is the place of its list in the file; word_class.h must name them in the
same order. A mistake ends the build with the line that it stands in: a list without words, a name or a word that stands there twice, a
word out of order, or one that is not folded (lower case, no accents), which none could ever equal.
"""
import re
import sys

from gen_phrases import Mistake, fold

HEAD = re.compile(r"^([A-Z][A-Z0-9_]*)(\[\])?(, as written)?: \S")
KINDS = ("words", "beginnings", "endings")


class WordList:
    def __init__(self, number, head):
        self.number, self.name, self.is_table, self.as_written = number, head[1], bool(head[2]), bool(head[3])
        self.rows = []

    def add(self, number, line):
        words = line.split()
        if self.is_table or not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        for word in words:
            if word in row:
                raise Mistake(f"{number}: \"{word}\" stands in {self.name} twice")
            if not self.as_written and fold(word) != word:
                raise Mistake(f"{number}: \"{word}\" is not folded: {fold(word)}")
            if not self.is_table and row and row[-1].encode() > word.encode():
                raise Mistake(f"{number}: \"{word}\" stands before \"{row[-1]}\" in the alphabet")
            row.append(word)


def read(lines):
    """The lists of a file's lines, in their order."""
    lists = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        head = HEAD.match(line)
        if head:
            if any(other.name == head[1] for other in lists):
                raise Mistake(f"{number}: {head[1]} stands there twice")
            lists.append(WordList(number, head))
        elif not line.startswith(" ") or not lists:
            raise Mistake(f"{number}: words stand under a head, indented")
        else:
            lists[-1].add(number, line)
    for found in lists:
        if not found.rows:
            raise Mistake(f"{found.number}: {found.name} has no words")
    return lists


def write_classes(out, lists):
    words = {}
    for found in lists:
        for word in found.rows[0]:
            words.setdefault(word, []).append(found.name)
    out.write('/* Made by tools/gen_words.py. */\n#include "documents/word_class.h"\n\n')
    for number, found in enumerate(lists):
        out.write(f'_Static_assert(WORD_{found.name} == UINT64_C(1) << {number}, "word_class.h and .txt differ");\n')
    out.write("\nconst struct word_entry word_entries[] = {\n")
    for word in sorted(words, key=lambda w: w.encode()):
        size, bits = len(word.encode()), " | ".join(f"WORD_{c}" for c in words[word])
        out.write(f'    {{ {{ "{word}", {size} }}, {bits} }},\n')
    out.write(f"}};\n\nconst size_t word_entry_count = {len(words)};\n")


def kinds_of(row):
    """The words, beginnings and endings of a row, each sorted by bytes."""
    kinds = {kind: [] for kind in KINDS}
    for word in row:
        kind = "beginnings" if word.endswith("*") else "endings" if word.startswith("*") else "words"
        kinds[kind].append(word.strip("*"))
    return {kind: sorted(words, key=str.encode) for kind, words in kinds.items()}


def write_row(out, name, row):
    """The tables of a row, and what a struct word_list of them is."""
    parts = []
    for kind, words in kinds_of(row).items():
        if words:
            out.write(f"static const char *const {name}_{kind}[] = {{ " + ", ".join(f'"{w}"' for w in words) + " };\n")
            parts.append(f".{kind} = {{ {name}_{kind}, {len(words)} }}")
    first = row[0].strip("*")
    return f'{{ .first = {{ "{first}", {len(first.encode())} }}, ' + ", ".join(parts) + " }"


def write_lists(out, header, room, lists):
    guard = f"{room}_{room}_words_h".upper()
    header.write(f'/* Made by tools/gen_words.py: what the lists are stands in the room\'s words.txt. */\n#ifndef {guard}\n#define {guard}\n'
                 '#include "base/word_list.h"\n\n')
    out.write(f'/* Made by tools/gen_words.py. */\n#include "{room}/{room}_words.h"\n')
    for found in lists:
        name, size = f"words_{found.name.lower()}", f"[{len(found.rows)}]" if found.is_table else ""
        header.write(f"extern const struct word_list {name}{size};\n")
        out.write("\n")
        rows = [write_row(out, f"{name}_{number}", row) for number, row in enumerate(found.rows)]
        value = rows[0] if not found.is_table else "{\n    " + ",\n    ".join(rows) + ",\n}"
        out.write(f"const struct word_list {name}{size} = {value};\n")
    header.write("\n#endif\n")


def main():
    path = sys.argv[-1]
    try:
        with open(path, encoding="utf-8") as lines:
            lists = read(lines)
    except Mistake as mistake:
        sys.exit(f"{path}:{mistake}")
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        if sys.argv[1] == "classes":
            write_classes(out, lists)
        else:
            with open(sys.argv[3], "w", encoding="utf-8") as header:
                write_lists(out, header, sys.argv[4], lists)


if __name__ == "__main__":
    main()
