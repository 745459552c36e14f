"""The rules of the house, each tried on a small tree that breaks it and on one that keeps it."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_src  # noqa: E402
from checks import objects, shape  # noqa: E402
from checks.tree import Tree, blank_c  # noqa: E402

HEADER = "#ifndef {0}\n#define {0}\n/*\n * x -- something.\n */\n{1}\n#endif\n"


class TreeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        if path.startswith("src/") and path.endswith(".c"):
            with (file.parent / "meson.build").open("a") as build:
                build.write(f"sources += files('{file.name}')\n")

    def words(self):
        return [str(f) for f in check_src.check(self.root)]

    def assert_clean(self):
        self.assertEqual(self.words(), [])

    def assert_found(self, *parts):
        """Exactly one finding, and it has all these parts."""
        found = self.words()
        self.assertEqual(len(found), 1, found)
        for part in parts:
            self.assertIn(part, found[0])


class RoomsTest(TreeTest):
    def test_a_room_may_include_those_before_it(self):
        self.write("src/jobs/a.c", '#include "base/base.h"\n#include "db/db.h"\n#include "jobs/job.h"\n')
        self.assert_clean()

    def test_a_room_may_not_include_those_after_it(self):
        self.write("src/base/a.c", '#include "db/db.h"\n')
        self.assert_found("src/base/a.c:1:", "base/ may not include db/")

    def test_the_extractor_shares_base_os_and_the_wire_only(self):
        self.write("extractor/a.c", '#include "os/frame.h"\n#include "documents/page.h"\n#include "documents/fact.h"\n')
        self.write("extractor/meson.build", "'a.c'")
        self.assert_found("extractor/a.c:3:", "not documents/fact.h")

    def test_an_unknown_room(self):
        self.write("src/base/a.c", '#include "bsae/base.h"\n')
        self.assert_found("there is no room bsae/")

    def test_no_climbing_include(self):
        self.write("src/base/a.c", '#include "../db/db.h"\n')
        self.assert_found('"../"')

    def test_only_stores_speak_to_the_database(self):
        self.write("src/patients/patient_store.c", '#include "db/db.h"\n')
        self.assert_clean()
        self.write("src/patients/patient_api.c", '#include "db/db.h"\n')
        self.assert_found("src/patients/patient_api.c:1:")

    def test_malloc_only_below(self):
        self.write("src/base/a.c", "void *f(void) { return malloc(1); }\n")
        self.assert_clean()
        self.write("src/rag/a.c", "void *f(void) { return calloc(1, 1); }\n")
        self.assert_found("src/rag/a.c:1:", "calloc()", "arena")

    def test_names_that_end_in_free_are_not_free(self):
        self.write("src/rag/a.c", "void f(struct arena *a) { arena_free(a); }\n")
        self.assert_clean()

    def test_libraries_in_their_rooms(self):
        self.write("src/db/a.c", "int a = SQLITE_OK; void f(void) { sqlite3_close(0); }\n")
        self.assert_clean()
        self.write("src/jobs/a.c", "void f(void) { sqlite3_close(0); }\n")
        self.assert_found("SQLite lives in db/ only")

    def test_feature_rooms_do_not_log(self):
        self.write("src/patients/a.c", 'void f(void) { log_event(LOG_INFO, "x", NULL, 0); }\n')
        self.assert_found("the edges log")


class WordsTest(TreeTest):
    def test_banned_calls(self):
        self.write("src/base/a.c", "int f(char *o) { return sprintf(o, \"x\"); }\n")
        self.assert_found("sprintf() is banned", "snprintf")

    def test_comments_strings_and_longer_names_are_not_calls(self):
        self.write("src/base/a.c", '/* sprintf(x) */\nconst char *m = "system(x)"; // rand()\nint f(void) { return my_rand(); }\n')
        self.assert_clean()

    def test_a_member_of_that_name_is_not_the_function(self):
        self.write("src/base/a.c", "int f(struct s *s) { return s->system(1) + s.rand(); }\n")
        self.assert_clean()

    def test_tests_do_not_sleep(self):
        self.write("tests/unit/base/test_a.c", "void f(void) { usleep(10); }\n")
        self.write("tests/unit/base/meson.build", "'test_a.c'")
        self.assert_found("waits for the event")

    def test_loose_ends(self):
        self.write("src/base/a.c", "/* TO" "DO later */\n")
        self.assert_found("finish it")

    def test_traces_of_one_machine(self):
        self.write("docs/a.md", "see /ho" "me/someone/x\n")
        self.assert_found("docs/a.md:1:", "one machine")

    def test_paths_in_urls_and_variables_are_no_traces(self):
        self.write("docs/a.md", "GET /api/home/ and $HOME/work/x and https://example.org/home/x\n")
        self.assert_clean()

    def test_personal_data_in_a_log(self):
        self.write("src/http/a.c", 'void f(struct str phone) { log_fields(LOG_INFO, "x", LOG_TEXT("p", cstr(phone))); }\n')
        self.assert_found("phone may hold")

    def test_personal_data_in_a_detail(self):
        self.write("src/patients/a.c", 'int f(struct p *p) {\n    return fail(e, E_INVALID, NULL, "no %.*s",\n'
                                       "                STR_ARG(p->last_name));\n}\n")
        self.assert_found("src/patients/a.c:3:", "last_name")

    def test_ids_in_a_detail(self):
        self.write("src/patients/a.c", 'int f(long id) {\n    return fail(e, E_INVALID, NULL, "patient %ld, kind %.*s", id, STR_ARG(kind));\n}\n')
        self.assert_clean()


class ShapeTest(TreeTest):
    def test_file_length(self):
        self.write("src/base/a.c", "int a(void);\n" * 600)
        self.assert_clean()
        self.write("src/base/b.c", "int a(void);\n" * 601)
        self.assert_found("601 lines")

    def test_function_length(self):
        self.write("src/base/a.c", "static int f(int a,\n             int b) {\n" + "    a += b;\n" * 57 + "}\n")
        self.assert_clean()
        self.write("src/base/b.c", "static int g(int a,\n             int b) {\n" + "    a += b;\n" * 58 + "}\n")
        self.assert_found("src/base/b.c:1:", "g() has 61 lines")

    def test_tables_are_not_functions(self):
        self.write("src/base/a.c", "const struct row rows[] = {\n" + "    { STR(1) },\n" * 80 + "};\n")
        self.assert_clean()

    def test_functions_are_found_whole(self):
        self.write("src/base/a.c", "int a(void) {\n    return 1;\n}\n\nint b(void) {\n    if (x) {\n    }\n}\n")
        self.assert_clean()
        self.assertEqual(list(shape.functions(Tree(self.root).file("src/base/a.c"))), [(1, 3, "a"), (5, 8, "b")])

    def test_header_guard(self):
        self.write("src/base/a.h", HEADER.format("BASE_A_H", ""))
        self.assert_clean()
        self.write("src/base/b.h", HEADER.format("B_H", ""))
        self.assert_found("src/base/b.h:1:", "BASE_B_H")

    def test_header_comment(self):
        self.write("src/base/a.h", "#ifndef BASE_A_H\n#define BASE_A_H\nint a(void);\n#endif\n")
        self.assert_found("what it is for")

    def test_a_file_that_is_never_built(self):
        self.write("src/base/a.c", "int a(void);\n")
        (self.root / "src/base/meson.build").write_text("sources += files()\n")
        self.assert_found("src/base/a.c:1:", "no meson.build")

    def test_a_fuzz_target_without_seeds(self):
        self.write("tests/fuzz/fuzz_url.c", "int a(void);\n")
        self.write("tests/fuzz/meson.build", "{ 'url': dep }\n")
        self.assert_found("no seed")
        self.write("tests/fuzz/seeds/url/1", "x")
        self.assert_clean()


class WordListsTest(TreeTest):
    def test_a_list_of_words_is_asked_for(self):
        self.write("src/rag/a.c", "bool x(struct str w) {\n    return word_in(w, &words_must);\n}\n")
        self.write("src/rag/words.txt", "MUST: how it has to be\n    doit\n")
        self.assert_clean()
        self.write("src/rag/words.txt", "MUST: how it has to be\n    doit\nOLD[]: nobody's\n    un\n")
        self.assert_found("src/rag/words.txt:3:", "nothing asks for the list OLD")

    def test_its_name_stands_in_one_room(self):
        self.write("src/rag/a.c", "bool x(struct str w) {\n    return word_in(w, &words_must);\n}\n")
        self.write("src/guard/words.txt", "MUST: how it has to be\n    doit\n")
        self.write("src/rag/words.txt", "MUST: how it has to be\n    faut\n")
        self.assert_found("src/rag/words.txt:1:", "MUST stands in src/guard/words.txt too")


class SqlTest(TreeTest):
    def test_unused_query(self):
        self.write("sql/queries/a.sql", "-- name: one  params: 0  columns: 1\nSELECT 1;\n-- name: two  params: 0  columns: 1\nSELECT 2;\n")
        self.write("src/patients/a_store.c", "void f(void) { run(&q_one); }\n")
        self.assert_found("sql/queries/a.sql:3:", "nothing uses query two")

    def test_queries_with_variants(self):
        self.write("sql/queries/a.sql", "-- name: list_{order}  params: 0  columns: 1\nSELECT 1;\n")
        self.assert_found("nothing uses query list_")
        self.write("src/patients/a_store.c", "void f(void) { run(&q_list_up); }\n")
        self.assert_clean()

    def test_one_comment_above_columns_that_belong_together(self):
        self.write("sql/migrations/0001_a.sql", "CREATE TABLE a (\n  id @id@,\n  -- where it stands\n  x INTEGER,\n  y INTEGER\n);\n")
        self.assert_clean()

    def test_columns_explain_themselves(self):
        self.write("sql/migrations/0001_a.sql", "CREATE TABLE a (\n  id @id@, -- number\n  -- what it is called\n  name TEXT NOT NULL\n);\n")
        self.assert_clean()
        self.write("sql/migrations/0002_b.sql", "CREATE TABLE b (\n  id @id@, -- number\n  name TEXT NOT NULL\n);\n")
        self.assert_found("0002_b.sql:3:", "column name")

    def test_migrations_without_gap(self):
        self.write("sql/migrations/0001_a.sql", "")
        self.write("sql/migrations/0003_c.sql", "")
        self.assert_found("0003", "0002")


class DocsTest(TreeTest):
    def test_dead_links(self):
        self.write("README.md", "[a](docs/a.md) [b](docs/b.md)\n")
        self.write("docs/a.md", "[back](../README.md)\n")
        self.assert_found("README.md:1:", "docs/b.md")

    def test_dead_anchors(self):
        self.write("README.md", "# The first room\n[a](#the-first-room) [b](#the-second-room)\n")
        self.assert_found("#the-second-room")

    def test_code_and_addresses_are_not_followed(self):
        self.write("README.md", "`[a](b)` [x](https://example.org/)\n```\n[c](d)\n```\n")
        self.assert_clean()


class SettingsTest(TreeTest):
    def write_both(self, example, rows):
        self.write(".env.example", example)
        self.write("docs/guide.fr.md", "| réglage | défaut | sens |\n| --- | --- | --- |\n" + rows)

    def test_the_guide_explains_each(self):
        self.write_both("# one\nA_B=1\nC=\n", "| `A_B` | `1` | x |\n| `C` | – | y |\n")
        self.assert_clean()

    def test_a_setting_without_a_row(self):
        self.write_both("A=1\n# two\nB=2\n", "| `A` | `1` | x |\n")
        self.assert_found(".env.example:3:", "no row for B")

    def test_another_default(self):
        self.write_both("A=1\n", "| `A` | `2` | x |\n")
        self.assert_found(".env.example:1:", "A is `2`, not `1`")


class ObjectsTest(unittest.TestCase):
    def symbols(self, code):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "a.c"
            source.write_text(code)
            subprocess.run(["gcc", "-fPIE", "-O2", "-c", source, "-o", f"{folder}/a.o"], check=True)
            listing = subprocess.run(["objdump", "-t", f"{folder}/a.o"], capture_output=True, text=True, check=True).stdout
        return list(objects.changing_symbols(listing))

    def test_changing_variables(self):
        code = "int a; static int b = 2; int *f(void) { static int c; c++; b++; return &c; } int g(void) { return b; }"
        self.assertEqual(sorted(s.split(".")[0] for s in self.symbols(code)), ["a", "b", "c"])

    def test_constants(self):
        self.assertEqual(self.symbols('const char *const words[] = { "a", "b" }; const int n = 3;'), [])

    def test_names_of_objects(self):
        self.assertEqual(objects.source_of(pathlib.Path("x.p/src_base_log.c.o")), "src/base/log.c")


class BlankTest(unittest.TestCase):
    def test_positions_stay(self):
        code = 'a = "x\\"y"; /* b\nc */ d = \'"\'; // e\nf();'
        blank = blank_c(code)
        self.assertEqual(len(blank), len(code))
        self.assertEqual(blank.count("\n"), code.count("\n"))
        self.assertNotIn("b", blank)
        self.assertIn("f();", blank)


if __name__ == "__main__":
    unittest.main()
