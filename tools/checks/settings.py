"""The settings: the guide explains each one of .env.example, with the same default. A unit test holds .env.example to the program."""
import re

EXAMPLE, GUIDE = ".env.example", "docs/guide.fr.md"
ASSIGNMENT = re.compile(r"^([A-Z][A-Z0-9_]*)=(.*)$", re.M)
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]*)` \| ([^|]*) \|", re.M)


def check_settings(tree):
    texts = {f.path: f.text for f in tree.files(EXAMPLE, GUIDE)}
    told = dict(ROW.findall(texts.get(GUIDE, "")))
    for m in ASSIGNMENT.finditer(texts.get(EXAMPLE, "")):
        name, default = m.groups()
        finding = tree.file(EXAMPLE).finding
        line = tree.file(EXAMPLE).line_of(m.start())
        if name not in told:
            yield finding(line, f"{GUIDE} has no row for {name}")
        elif default and told[name] != f"`{default}`":
            yield finding(line, f"{GUIDE} says that {name} is {told[name]}, not `{default}`")


RULES = [check_settings]
