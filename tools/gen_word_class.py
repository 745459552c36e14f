#!/usr/bin/env python3
"""Turns src/documents/word_class.txt into a sorted C table of words and the classes they belong to.

    gen_word_class.py OUT.c word_class.txt

The number of a class is the place of its list in the file; word_class.h must name them in the same order.
"""
import re
import sys

HEAD = re.compile(r"^([A-Z_]+): \S")


def main():
    classes, words = [], {}
    for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
        if line.startswith("#") or not line.strip():
            continue
        head = HEAD.match(line)
        if head:
            classes.append(head.group(1))
        elif not line.startswith(" ") or not classes:
            sys.exit(f"{sys.argv[2]}:{number}: words stand under a head, indented")
        else:
            for word in line.split():
                words.setdefault(word, []).append(classes[-1])
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('/* Made by tools/gen_word_class.py. */\n#include "documents/word_class.h"\n\n')
        for number, name in enumerate(classes):
            out.write(f'_Static_assert(WORD_{name} == UINT64_C(1) << {number}, "word_class.h and .txt differ");\n')
        out.write("\nconst struct word_entry word_entries[] = {\n")
        for word in sorted(words, key=lambda w: w.encode()):
            size, bits = len(word.encode()), " | ".join(f"WORD_{c}" for c in dict.fromkeys(words[word]))
            out.write(f'    {{ {{ "{word}", {size} }}, {bits} }},\n')
        out.write(f"}};\n\nconst size_t word_entry_count = {len(words)};\n")


main()
