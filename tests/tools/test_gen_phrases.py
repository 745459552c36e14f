"""The generator of turns of phrase: what it makes of a file, and each mistake that ends the build."""
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools/gen_phrases.py"
sys.path.insert(0, str(TOOL.parent))
import gen_phrases  # noqa: E402

GOOD = """# a remark
$drug:
    Médicament cœur
    remède remede ~bëgg*
[intent dosage] how much
5 combien _ $drug|@drug
[intent other_one]
3 l autre
[turn past]
- pas mal
? été
hier
"""


class Good(unittest.TestCase):
    def setUp(self):
        self.classes, self.tables = gen_phrases.read(GOOD.splitlines())

    def test_classes_are_folded_and_without_doubles_in_c(self):
        self.assertEqual(self.classes["$drug"], ["medicament", "coeur", "remede", "remede", "~begg*"])
        out = io.StringIO()
        gen_phrases.write(out, "rag/x.h", "x", self.classes, self.tables)
        self.assertIn('{ "$drug", "medicament coeur remede ~begg*" },', out.getvalue())

    def test_a_table_for_each_prefix(self):
        self.assertEqual(self.tables["intent"], [("combien _ $drug|@drug", "INTENT_DOSAGE", "5"), ("l autre", "INTENT_OTHER_ONE", "3")])
        self.assertEqual([row[2] for row in self.tables["turn"]], ["-", "?", None])

    def test_c_has_weights_and_ends(self):
        out = io.StringIO()
        gen_phrases.write(out, "rag/x.h", "x", self.classes, self.tables)
        for words in ('#include "rag/x.h"', "const struct phrase x_intent[] = {", '{ "combien _ $drug|@drug", INTENT_DOSAGE, 5 },',
                      '{ "pas mal", TURN_PAST, SIGN_DENIES },', '{ "ete", TURN_PAST, SIGN_NAME },', '{ "hier", TURN_PAST, 0 },',
                      "{ NULL, 0, 0 },"):
            self.assertIn(words, out.getvalue())

    def test_our_own_files_are_of_this_form(self):
        for name in ("triage/triage.txt", "understanding/intents.txt"):
            with open(ROOT / "src" / name, encoding="utf-8") as lines:
                self.assertTrue(gen_phrases.read(lines)[1])


class Mistakes(unittest.TestCase):
    def assert_mistake(self, text, words):
        with self.assertRaises(gen_phrases.Mistake) as caught:
            gen_phrases.read(text.splitlines())
        self.assertEqual(str(caught.exception), words)

    def test_section(self):
        self.assert_mistake("[intent]\n5 un", "1: a section is written [prefix name]")
        self.assert_mistake("5 un", "1: stands in no section")
        self.assert_mistake("", "0: there is no pattern")

    def test_class(self):
        self.assert_mistake("$A b:\n", "1: a class is written $name:")
        self.assert_mistake("$a:\n    un\n$a:\n", "3: $a stands there twice")
        self.assert_mistake("$a:\n[b c]\n1 $a", "1: $a has no words")
        self.assert_mistake("$a:\n    un $b\n", '2: "$b" cannot stand in a class')
        self.assert_mistake("[b c]\n1 $a", "2: there is no class $a above")

    def test_gap(self):
        for pattern in ("_ un", "un __", "un _ __ deux", "_"):
            self.assert_mistake(f"[b c]\n1 {pattern}", "2: a gap stands between two words")

    def test_word(self):
        self.assert_mistake("[b c]\n1 l'autre", '2: "l\'autre" is no word of a pattern')
        self.assert_mistake('[b c]\n1 "un"', '2: ""un"" is no word of a pattern')
        self.assert_mistake("[b c]\n1 un||deux", '2: "" is no word of a pattern')
        self.assert_mistake("[b c]\n1 un*", '2: "un*" is too short a beginning: 3 letters at least')
        self.assert_mistake("[b c]\n1 ~xol*", '2: "~xol*" is too short a beginning: 4 letters at least')

    def test_twice(self):
        self.assert_mistake("[b c]\n1 été deux\n2 ete  deux", "3: stands in line 2 already")

    def test_weights_of_one_table_are_of_one_kind(self):
        self.assert_mistake("[b c]\n1 un\ndeux", "3: all lines of [b …] have a number, or none has")
        self.assert_mistake("[b c]\n? un\n2 deux", "3: all lines of [b …] have a number, or none has")

    def test_the_build_is_told_the_file_and_the_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "x.txt")
            path.write_text("[b c]\n1 un _\n")
            run = subprocess.run([sys.executable, str(TOOL), f"{folder}/x.c", str(path), "rag/x.h", "x"], capture_output=True, text=True)
            self.assertEqual((run.returncode, run.stderr), (1, f"{path}:2: a gap stands between two words\n"))
            self.assertFalse(pathlib.Path(folder, "x.c").exists())


if __name__ == "__main__":
    unittest.main()
