#!/usr/bin/env python3
"""Checks the rules of the house that no compiler knows. The rules are in tools/checks/, one module a kind.

    tools/check_src.py [--build DIRECTORY] [ROOT]

Prints "path:line: what is wrong", one a line; exit 1 when there was any. With --build the objects of a GCC build are looked at too.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import docs, objects, rooms, settings, shape, sql, words  # noqa: E402
from checks.tree import Tree  # noqa: E402

RULES = [rule for module in (rooms, words, shape, sql, docs, settings) for rule in module.RULES]


def check(root, build=None):
    tree = Tree(root)
    findings = [finding for rule in RULES for finding in rule(tree)]
    if build:
        findings += objects.check_globals(tree, pathlib.Path(build))
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", help="a GCC build directory, to look for global variables in its objects")
    parser.add_argument("root", nargs="?", default=pathlib.Path(__file__).resolve().parent.parent)
    args = parser.parse_args()
    findings = check(args.root, args.build)
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
