"""The shape of files: length, functions that fit a screen, headers that say what they are, nothing forgotten by the build."""
import re

FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 60
OPENING_LINES = 4  # guard, then the comment


def functions(file):
    """(first line, last line, name) of each function: a definition starts in the first column and its body ends with "}" there."""
    start = None
    body = False
    for number, line in enumerate(file.code_lines, 1):
        if body:
            if line.startswith("}"):
                body = False
                if name:
                    yield start, number, name
                start = None
            continue
        if not line.strip() or line.startswith("#") or line.rstrip().endswith(";"):
            start = None
            continue
        if start is None and re.match(r"[A-Za-z_]", line):
            start = number
        if start and line.rstrip().endswith("{"):
            head = " ".join(file.code_lines[start - 1:number])
            found = re.search(r"(\w+)\s*\(", head)
            name = found[1] if found and not re.search(r"=\s*\{$", head.rstrip()) else None
            body = True


def check_file_length(tree):
    for file in tree.files(".c", ".h", ".cpp", ".js", ".py", ".sql", ".build"):
        if len(file.lines) > FILE_LINES_MAX:
            yield file.finding(FILE_LINES_MAX, f"{len(file.lines)} lines: over {FILE_LINES_MAX}, this is two ideas")


def check_function_length(tree):
    for file in tree.all_c:
        for first, last, name in functions(file):
            if last - first + 1 > FUNCTION_LINES_MAX:
                yield file.finding(first, f"{name}() has {last - first + 1} lines: over {FUNCTION_LINES_MAX} it fits no screen")


def guard_of(path):
    """src/base/arena.h -> BASE_ARENA_H; extractor/page.h -> EXTRACTOR_PAGE_H."""
    return re.sub(r"\W", "_", path.removeprefix("src/")).upper()


def check_headers(tree):
    for file in tree.files(".h"):
        guard = guard_of(file.path)
        if not file.room:  # a header of the tests needs a guard too, of any name
            guard = file.lines[0].removeprefix("#ifndef ") if file.lines else guard
        if file.lines[:2] != [f"#ifndef {guard}", f"#define {guard}"]:
            yield file.finding(1, f"a header opens with #ifndef {guard} and #define {guard}")
        elif not any(line.startswith("/*") for line in file.lines[2:OPENING_LINES]):
            yield file.finding(3, "a header says first what it is for: a comment below the guard")


def check_registered(tree):
    """A file that no meson.build names is never built, and a test in it never runs. (Lists may leave "test_" and ".c" to a loop.)"""
    for file in tree.files(".c"):
        if not file.path.startswith(("src/", "extractor/", "tests/")):
            continue
        name = file.path.rpartition("/")[2].removesuffix(".c")
        short = re.sub("^(test|fuzz)_", "", name)
        lists = [f.text for f in tree.files("meson.build") if file.path.startswith(f.path.removesuffix("meson.build"))]
        if not any(re.search(rf"[/']({re.escape(name)}|{re.escape(short)})(\.c)?'", text) for text in lists):
            yield file.finding(1, f"no meson.build above it names {name}.c")


def check_seeds(tree):
    for file in tree.files(".c", under="tests/fuzz/fuzz_"):
        folder = f"tests/fuzz/seeds/{file.path.rpartition('/')[2].removeprefix('fuzz_').removesuffix('.c')}/"
        if not any(p.startswith(folder) for p in tree.paths):
            yield file.finding(1, f"no seed in {folder}")


WORD_LIST = re.compile(r"^([A-Z][A-Z0-9_]*)(?:\[\])?(?:, as written)?: \S", re.M)


def check_word_lists_used(tree):
    """A list of words that no C asks for is forgotten, and a name of two rooms would be two lists."""
    code, seen = "\n".join(f.code for f in tree.product_c), {}
    for file in tree.files("/words.txt", under="src/"):
        for m in WORD_LIST.finditer(file.text):
            line = file.line_of(m.start())
            if m[1] in seen:
                yield file.finding(line, f"{m[1]} stands in {seen[m[1]]} too")
            seen[m[1]] = file.path
            if not re.search(rf"\bwords_{m[1].lower()}\b", code):
                yield file.finding(line, f"nothing asks for the list {m[1]}")


RULES = [check_file_length, check_function_length, check_headers, check_registered, check_seeds, check_word_lists_used]
