"""SQL files: every query is used, every column of a migration is explained, numbers have no gap."""
import re

QUERY = re.compile(r"^--\s*name:\s*(\w+)(\{)?", re.M)  # a { starts variants: patient_list_{order}
CREATE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)\s*\(", re.I)
COLUMN = re.compile(r"\s*([a-z_]\w*)\s+(?:@id@|@blob@|INTEGER|BIGINT|TEXT|REAL|DOUBLE)", re.I)

SELF_EXPLAINING = {"id", "created_at_us", "updated_at_us"}  # the same everywhere


def check_queries_used(tree):
    code = "\n".join(f.code for f in tree.product_c)
    seen = {}
    for file in tree.files(".sql", under="sql/queries/"):
        for m in QUERY.finditer(file.text):
            line = file.line_of(m.start())
            if m[1] in seen and "/" not in file.path.removeprefix("sql/queries/"):
                yield file.finding(line, f"query {m[1]} stands in {seen[m[1]]} too")
            seen.setdefault(m[1], file.path)
            if not re.search(rf"\bq_{m[1]}" + ("" if m[2] else r"\b"), code):
                yield file.finding(line, f"nothing uses query {m[1]}")


def check_columns_explained(tree):
    """Each column has words beside it or above it; one comment may stand above several that belong together."""
    for file in tree.files(".sql", under="sql/migrations/"):
        inside = explained = False
        for number, line in enumerate(file.lines, 1):
            if CREATE.search(line):
                inside, explained = True, False
            elif re.match(r"\)", line):
                inside = False
            elif inside and line.strip().startswith("--"):
                explained = True
            elif inside and COLUMN.match(line):
                column = COLUMN.match(line)[1]
                if "--" in line:
                    explained = False
                elif not explained and column not in SELF_EXPLAINING:
                    yield file.finding(number, f"column {column} says nothing about itself: add a comment")


def check_migration_numbers(tree):
    files = tree.files(".sql", under="sql/migrations/")
    for expected, file in enumerate(files, 1):
        number = file.path.rpartition("/")[2].split("_")[0]
        if number != f"{expected:04d}":
            yield file.finding(1, f"migration {number} stands where {expected:04d} should")
            return


RULES = [check_queries_used, check_columns_explained, check_migration_numbers]
