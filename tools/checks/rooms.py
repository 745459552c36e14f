"""Who may include and call whom."""
import re

ROOMS = ["base", "os", "db", "net", "http", "jobs", "accounts", "patients", "channels", "documents", "models", "vectors", "language", "triage", "search", "understanding",
         "guard", "rag", "messaging", "sessions", "broadcasts",
         "metrics", "fhir", "backups", "main"]

# Outside these rooms memory comes from an arena.
MALLOC_ROOMS = {"base", "os", "db", "http", "jobs", "main", "extractor"}

# Libraries that live behind one room's header.
LIBRARIES = [
    (re.compile(r"\bsqlite3_\w+"), {"db"}, "SQLite"),
    (re.compile(r"\bPQ[a-z]\w+\s*\("), {"db"}, "libpq"),
    (re.compile(r"\bMHD_\w+"), {"http"}, "libmicrohttpd"),
    (re.compile(r"\bcurl_\w+"), {"net"}, "libcurl"),
]

# Only these speak to the database; everyone else calls a store.
DB_ROOMS = {"db", "http", "jobs", "accounts", "main"}

LOG_ROOMS = {"base", "http", "jobs", "main", "extractor"}  # "log once, at the edge"

ALLOCATION = re.compile(r"\b(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf|free)\s*\(")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
LOG_CALL = re.compile(r"\blog_(event|failure|fields)\s*\(")


# What the server and the extractor say to each other, written once for both.
EXTRACTOR_SHARES = {"documents/extract_code.h", "documents/file_type.h", "documents/page.h", "documents/page_wire.h"}


def included(file):
    """(line, path) of each include with quotes."""
    return [(file.line_of(m.start(1)), m[1]) for m in INCLUDE.finditer(file.text)]


def may_include(file, target):
    """Why `file` may not include the room header `target`, or None."""
    room, other = file.room, target.split("/")[0]
    if other == room:
        return None
    if room == "extractor":
        if other in ("base", "os") or target in EXTRACTOR_SHARES:
            return None
        return f"the extractor may share base/, os/ and what goes between the two programs, not {target}"
    if other not in ROOMS:
        return f"there is no room {other}/"
    if room not in ROOMS:
        return f"room {room}/ is not in the order of the rooms"
    if ROOMS.index(other) > ROOMS.index(room):
        return f"{room}/ may not include {other}/, which comes after it"
    return None


def check_includes(tree):
    for file in tree.all_c:
        for line, target in included(file):
            if target.startswith("../") or "/../" in target:
                yield file.finding(line, 'an include never climbs with "../": write "room/file.h"')
            elif file.room and "/" in target:
                reason = may_include(file, target)
                if reason:
                    yield file.finding(line, reason)


def check_database_users(tree):
    for file in tree.product_c:
        below = file.room not in ROOMS or ROOMS.index(file.room) < ROOMS.index("db")  # check_includes speaks there
        if below or file.room in DB_ROOMS or file.path.endswith("_store.c"):
            continue
        for line, target in included(file):
            if target in ("db/db.h", "queries.h"):
                yield file.finding(line, f'only *_store.c and {", ".join(sorted(DB_ROOMS))} include "{target}"')


def check_allocation(tree):
    for file in tree.product_c:
        if file.room in MALLOC_ROOMS:
            continue
        for m in ALLOCATION.finditer(file.code):
            yield file.finding(file.line_of(m.start()), f"{m[1]}() in {file.room}/: memory here comes from an arena")


def check_libraries(tree):
    for file in tree.product_c:
        for pattern, rooms, name in LIBRARIES:
            if file.room not in rooms:
                for m in pattern.finditer(file.code):
                    yield file.finding(file.line_of(m.start()), f"{name} lives in {'/, '.join(sorted(rooms))}/ only: {m[0]}")


def check_logging(tree):
    for file in tree.product_c:
        if file.room not in LOG_ROOMS:
            for m in LOG_CALL.finditer(file.code):
                yield file.finding(file.line_of(m.start()), f"{file.room}/ returns errors; the edges log them")


RULES = [check_includes, check_database_users, check_allocation, check_libraries, check_logging]
