#!/usr/bin/env python3
"""Turns src/documents/drug_names.txt into a C table: one text, and where each of its lines starts.

    gen_drug_names.py OUT.c drug_names.txt
"""
import sys


def main():
    lines = [line.rstrip("\n") for line in open(sys.argv[2], encoding="utf-8") if not line.startswith("#")]
    names = [line.split("\t")[0] for line in lines]
    if names != sorted(names) or len(set(names)) != len(names):
        sys.exit(f"{sys.argv[2]}: names must be sorted and different")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    starts.append(at)
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write('/* Made by tools/gen_drug_names.py. */\n#include "documents/drug_list.h"\n\n')
        out.write('#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n')
        out.write("const char drug_list_text[] =\n")
        for line in lines:
            escaped = line.replace("\t", "\\t")
            out.write(f'    "{escaped}\\n"\n')
        out.write("    ;\n\nconst uint32_t drug_list_start[] = {\n")
        for i in range(0, len(starts), 12):
            out.write("    " + " ".join(f"{s}," for s in starts[i:i + 12]) + "\n")
        out.write(f"}};\n\nconst size_t drug_list_count = {len(lines)};\n")


main()
