#!/usr/bin/env python3
"""Turns src/language/lab_names.txt into the C tables of src/language/lab_names.h.

    gen_lab_names.py OUT.c lab_names.txt

A line names one value in all its words; a word names one value only, else the build ends.
"""
import sys


def main():
    values, words = [], {}
    for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
        if line.startswith("#") or not line.strip():
            continue
        values.append(line.split())
        for word in values[-1]:
            if word in words:
                sys.exit(f"{sys.argv[2]}:{number}: {word} names another value already")
            words[word] = len(values)
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('/* Made by tools/gen_lab_names.py. */\n#include "language/lab_names.h"\n\n')
        out.write("const struct str lab_names[] = {\n")
        for value in values:
            text = " ".join(value)
            out.write(f'    {{ "{text}", {len(text.encode())} }},\n')
        out.write(f"}};\n\nconst size_t lab_count = {len(values)};\n\nconst struct lab_word lab_words[] = {{\n")
        for word in sorted(words, key=lambda w: w.encode()):
            out.write(f'    {{ {{ "{word}", {len(word.encode())} }}, {words[word]} }},\n')
        out.write(f"}};\n\nconst size_t lab_word_count = {len(words)};\n")


main()
