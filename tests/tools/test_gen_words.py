"""The generator of lists of words: what it makes of a file, and each mistake that ends the build."""
import io
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import gen_words  # noqa: E402
from gen_phrases import Mistake  # noqa: E402

GOOD = """# a remark
OPERATION: what is said of one
    bloc oper*

    surg* *ectomie
WEEKDAYS[]: their names
    mardi tuesday
    lundi monday
TITLE, as written: before a name
    Dr Mme
"""


class Good(unittest.TestCase):
    def setUp(self):
        lists = gen_words.read(GOOD.replace("    surg* *ectomie", "    surg*").splitlines())
        self.c, self.h = io.StringIO(), io.StringIO()
        gen_words.write_lists(self.c, self.h, "rag", lists)

    def test_words_beginnings_and_endings_stand_apart(self):
        for words in ('static const char *const words_operation_0_words[] = { "bloc" };',
                      'static const char *const words_operation_0_beginnings[] = { "oper", "surg" };',
                      'const struct word_list words_operation = { .first = { "bloc", 4 }, .words = { words_operation_0_words, 1 }, '
                      ".beginnings = { words_operation_0_beginnings, 2 } };"):
            self.assertIn(words, self.c.getvalue())

    def test_a_row_of_a_table_keeps_its_first_word_and_its_place(self):
        self.assertIn("extern const struct word_list words_weekdays[2];", self.h.getvalue())
        self.assertIn("{ .first = { \"mardi\", 5 }, .words = { words_weekdays_0_words, 2 } },\n"
                      "    { .first = { \"lundi\", 5 }, .words = { words_weekdays_1_words, 2 } },", self.c.getvalue())

    def test_classes_are_bits_in_the_order_of_the_file(self):
        out = io.StringIO()
        gen_words.write_classes(out, gen_words.read(["A: x", "    un", "B: y", "    deux un"]))
        self.assertIn("_Static_assert(WORD_B == UINT64_C(1) << 1,", out.getvalue())
        self.assertIn('{ { "deux", 4 }, WORD_B },\n    { { "un", 2 }, WORD_A | WORD_B },', out.getvalue())

    def test_our_own_files_are_of_this_form(self):
        files = sorted((ROOT / "src").glob("*/words.txt")) + [ROOT / "src/documents/word_class.txt"]
        self.assertGreater(len(files), 4)
        for path in files:
            self.assertTrue(gen_words.read(path.read_text(encoding="utf-8").splitlines()), path)


class Mistakes(unittest.TestCase):
    def assert_mistake(self, text, words):
        with self.assertRaises(Mistake) as caught:
            gen_words.read(text.splitlines())
        self.assertEqual(str(caught.exception), words)

    def test_heads(self):
        self.assert_mistake("un", "1: words stand under a head, indented")
        self.assert_mistake("A: x\nun", "2: words stand under a head, indented")
        self.assert_mistake("A: x\n    un\nA: y\n    un", "3: A stands there twice")
        self.assert_mistake("A: x\nB: y\n    un", "1: A has no words")

    def test_words(self):
        self.assert_mistake("A: x\n    un\n    un", '3: "un" stands in A twice')
        self.assert_mistake("A: x\n    zut\n    deux", '3: "deux" stands before "zut" in the alphabet')
        self.assert_mistake(GOOD, '5: "*ectomie" stands before "surg*" in the alphabet')

    def test_words_that_were_not_folded(self):
        self.assert_mistake("A: x\n    été", '2: "été" is not folded: ete')
        self.assert_mistake("A[]: x\n    Dr", '2: "Dr" is not folded: dr')
        self.assertEqual(gen_words.read(["A, as written: x", "    Dr été"])[0].rows, [["Dr", "été"]])


if __name__ == "__main__":
    unittest.main()
