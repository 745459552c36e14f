#!/usr/bin/env python3
"""Turns src/language/thesaurus.txt into the C tables of src/language/thesaurus.h.

    gen_thesaurus.py OUT.c IN.txt

    name (everyday): Words that say it + words that show it
      a turn of phrase that asks for it, another, …

A concept begins at the margin and ends at the next. Its words are single ones, as papers write them; each longer than two letters also asks
for it. Turns of phrase are patterns of src/language/phrase.h. A mistake ends the build with the line that it stands in.
"""
import re
import sys

from gen_phrases import GAPS, Mistake, check_word, fold

CONCEPT = re.compile(r"^([a-z][^:()+,]*?)(?: \((everyday)\))?:(.*)$")
PLAIN = re.compile(r"^[a-z0-9]+$")
ASKED_LETTERS_MIN = 3


class Concept:
    def __init__(self, name, everyday, same, shown):
        self.name, self.everyday, self.same, self.shown = name, everyday, same, shown
        self.asked = [w for w in same if len(w) >= ASKED_LETTERS_MIN]

    def asking_words(self):
        """Single words that ask for it: "caillou|cailloux", no beginnings and no sounds."""
        return [w for a in self.asked if " " not in a for w in a.split("|") if PLAIN.match(w)]


def words(number, text):
    found = list(dict.fromkeys(fold(text).split()))
    for word in found:
        if not PLAIN.match(word):
            raise Mistake(f"{number}: \"{word}\" is no word")
    return found


def pattern(number, text):
    elements = fold(text).split()
    if elements[0] in GAPS or elements[-1] in GAPS or sum(e in GAPS for e in elements) > 1:
        raise Mistake(f"{number}: one gap at most, between two words")
    for element in elements:
        for word in element.split("|") if element not in GAPS else []:
            if word.startswith(("$", "@")):
                raise Mistake(f"{number}: \"{word}\" is no word of a name")
            check_word(number, word)
    return " ".join(elements)


def begin(number, line, concepts):
    found = CONCEPT.match(line)
    if not found:
        raise Mistake(f"{number}: a concept is written \"name: words\"")
    same, _, shown = found[3].partition("+")
    concept = Concept(found[1], bool(found[2]), words(number, same), words(number, shown))
    if any(c.name == concept.name for c in concepts):
        raise Mistake(f"{number}: {concept.name} stands there twice")
    if not concept.same and not concept.shown:
        raise Mistake(f"{number}: {concept.name} stands on no paper")
    concepts.append(concept)


def read(lines):
    concepts = []
    for number, line in enumerate(lines, 1):
        line = line.rstrip()
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            begin(number, line, concepts)
            continue
        if not concepts:
            raise Mistake(f"{number}: stands in no concept")
        for text in line.split(","):
            if text.strip():
                asked = pattern(number, text)
                if asked not in concepts[-1].asked:
                    concepts[-1].asked.append(asked)
    if not concepts:
        raise Mistake("0: there is no concept")
    for concept in concepts:
        if not concept.asked:
            raise Mistake(f"0: nothing asks for {concept.name}")
    return concepts


def write(out, concepts):
    out.write('/* Made by tools/gen_thesaurus.py. */\n#include "language/thesaurus.h"\n\n')
    out.write("const struct thesaurus_concept thesaurus_concepts[] = {\n")
    for c in concepts:
        out.write(f'    {{ "{" ".join(c.same)}", "{" ".join(c.shown)}", {str(c.everyday).lower()} }}, /* {c.name} */\n')
    out.write(f"}};\nconst size_t thesaurus_concept_count = {len(concepts)};\n\n")
    out.write("const struct thesaurus_word thesaurus_words[] = {\n")
    rows = sorted((w, i, w in c.same) for i, c in enumerate(concepts) for w in dict.fromkeys(c.same + c.asking_words()))
    for word, i, says in rows:
        out.write(f'    {{ "{word}", {i}, {str(says).lower()} }},\n')
    out.write(f"}};\nconst size_t thesaurus_word_count = {len(rows)};\n\n")
    out.write("const struct phrase thesaurus_names[] = {\n")
    for i, c in enumerate(concepts):
        for asked in c.asked:
            spaced = any(e in GAPS for e in asked.split())
            out.write(f'    {{ "{asked}", {i}, {int(spaced)} }},\n')
    out.write("    { NULL, 0, 0 },\n};\n")


def main():
    out_path, path = sys.argv[1:]
    try:
        with open(path, encoding="utf-8") as lines:
            concepts = read(lines)
    except Mistake as mistake:
        sys.exit(f"{path}:{mistake}")
    with open(out_path, "w", encoding="utf-8") as out:
        write(out, concepts)


if __name__ == "__main__":
    main()
