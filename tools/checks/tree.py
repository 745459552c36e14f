"""A source tree as the rules see it: files with their text, and C text without comments and strings."""
import dataclasses
import functools
import os
import pathlib
import re
import subprocess

SKIPPED_FOLDERS = {".git", "data", "node_modules", "__pycache__", ".venv"}


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    words: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.words}"


def blank_c(text):
    """C text with comments and the insides of string and character literals made blank; positions and lines stay."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        found = match[0]
        if found[0] in "\"'":
            return found[0] + " " * (len(found) - 2) + found[-1]
        return re.sub(r"[^\n]", " ", found)
    return pattern.sub(blank, text)


class SourceFile:
    def __init__(self, root, path):
        self.path = path  # relative to the root, with slashes
        self.text = (root / path).read_text(encoding="utf-8", errors="replace")

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @functools.cached_property
    def code(self):
        return blank_c(self.text)

    @functools.cached_property
    def code_lines(self):
        return self.code.splitlines()

    @property
    def room(self):
        """"base" for src/base/arena.c, "extractor" for extractor/…, None for what is in no room."""
        parts = self.path.split("/")
        if parts[0] == "src" and len(parts) > 2:
            return parts[1]
        return parts[0] if parts[0] == "extractor" else None

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def finding(self, line, words):
        return Finding(self.path, line, words)


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)

    @functools.cached_property
    def paths(self):
        """What belongs to the project: what git knows or would add; without git, everything that is not built."""
        if (self.root / ".git").exists():
            listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=self.root, check=True,
                                    capture_output=True, text=True).stdout.split("\0")
            return sorted(p for p in set(listed) if (self.root / p).is_file())
        found = []
        for folder, names, files in os.walk(self.root):
            names[:] = [n for n in names if n not in SKIPPED_FOLDERS and not n.startswith("build")]
            found += [str((pathlib.Path(folder) / f).relative_to(self.root)) for f in files]
        return sorted(found)

    @functools.cache
    def file(self, path):
        return SourceFile(self.root, path)

    def files(self, *suffixes, under=""):
        return [self.file(p) for p in self.paths if p.endswith(suffixes) and p.startswith(under)]

    @functools.cached_property
    def product_c(self):
        """The C files that are shipped: rooms and extractor."""
        return [f for f in self.files(".c", ".h") if f.room]

    @functools.cached_property
    def all_c(self):
        return self.files(".c", ".h")
