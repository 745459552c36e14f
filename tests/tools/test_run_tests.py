"""What tools/run-tests counts, from the words of the runners, and that a failure is never lost in a sum."""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOADER = importlib.machinery.SourceFileLoader("run_tests", str(ROOT / "tools" / "run-tests"))
run_tests = importlib.util.module_from_spec(importlib.util.spec_from_loader("run_tests", LOADER))
sys.modules["run_tests"] = run_tests
LOADER.exec_module(run_tests)

# As cmocka 1.1.5 and 1.1.7 write it: the skipped case stands on stdout once, and on stderr again.
SKIPS = ("[==========] {0}Running 3 test(s).\n[ RUN      ] one\n[       OK ] one\n[ RUN      ] two\n[  SKIPPED ] two\n"
         "[ RUN      ] three\n{1}[==========] {0}3 test(s) run.\n")
SUMMARY = "[  PASSED  ] 2 test(s).\n[  SKIPPED ] {0}1 test(s), listed below:\n[  SKIPPED ] two\n\n 1 SKIPPED TEST(S)\n"


class CountTest(unittest.TestCase):
    def meson(self, *programs):
        """What count_meson() makes of programs as (stdout, stderr, result)."""
        with tempfile.TemporaryDirectory() as folder:
            logs = pathlib.Path(folder) / "meson-logs"
            logs.mkdir()
            lines = [json.dumps({"stdout": out, "stderr": err, "result": result}) for out, err, result in programs]
            (logs / "testlog.json").write_text("\n".join(lines) + "\n")
            code = 0 if all(result in ("OK", "SKIP") for _, _, result in programs) else 1
            counts = run_tests.count_meson(folder, None, code, "")
            return counts.passed, counts.failed, counts.skipped

    def test_a_skipped_case_is_counted_once(self):
        for group in ("", "tests: "):
            program = SKIPS.format(group, "[       OK ] three\n"), SUMMARY.format(group), "OK"
            self.assertEqual(self.meson(program), (2, 0, 1))

    def test_a_skipped_case_hides_no_failure_of_another_program(self):
        good = SKIPS.format("", "[       OK ] three\n"), SUMMARY.format(""), "OK"
        bad = SKIPS.format("", ""), SUMMARY.format(""), "FAIL"
        self.assertEqual(self.meson(good, bad, good), (5, 1, 3))

    def test_a_crash_after_the_last_case_is_a_failure(self):
        self.assertEqual(self.meson((SKIPS.format("", "[       OK ] three\n"), "", "ERROR")), (2, 1, 1))

    def test_a_program_without_cases_is_one(self):
        self.assertEqual(self.meson(("all well\n", "", "OK"), ("", "", "FAIL")), (1, 1, 0))

    def test_node(self):
        self.assertEqual(run_tests.count_node(None, 1, "# pass 7\n# fail 1\n# cancelled 2\n# skipped 1\n# todo 0\n"),
                         run_tests.Counts(7, 3, 1))
        self.assertEqual(run_tests.count_node(None, 0, "").failed, 1)

    def test_playwright(self):
        output = "  ✘  1 a.spec.ts › failed twice (3s)\n\n  1 failed\n    a.spec.ts:5:1 › x\n  2 skipped\n  3 did not run\n  13 passed (5.9m)\n"
        self.assertEqual(run_tests.count_playwright(None, 1, output), run_tests.Counts(13, 4, 2))
        self.assertEqual(run_tests.count_playwright(None, 0, "  15 passed (4.2m)\n"), run_tests.Counts(15, 0, 0))
        self.assertEqual(run_tests.count_playwright(None, 0, "  1 flaky\n    [a] › a.spec.ts:5:1 › x ──\n  14 passed (4.2m)\n"), run_tests.Counts(15, 0, 0))
        self.assertEqual(run_tests.count_playwright(None, 0, "").failed, 1)


class ShownTest(unittest.TestCase):
    FILL = [f"ok {i} - well" for i in range(200)]

    def shown(self, *lines):
        return run_tests.shown("\n".join([*self.FILL, *lines, *self.FILL]))

    def test_the_failed_test_in_the_middle_of_many(self):
        lines = self.shown("not ok 7 - counts", "  error: 3 !== 2", "  ...", "# Subtest: next")
        self.assertEqual(lines[:3], ["not ok 7 - counts", "  error: 3 !== 2", "  ..."])
        self.assertEqual(lines[-1], self.FILL[-1])

    def test_what_cmocka_and_a_sanitizer_say(self):
        lines = self.shown("[  ERROR   ] --- 0x7 != 0x8", "[   LINE   ] --- a.c:1: error: Failure!", "[  FAILED  ] one", "==12==ERROR: AddressSanitizer: leak")
        self.assertEqual(lines[:4], ["[  ERROR   ] --- 0x7 != 0x8", "[   LINE   ] --- a.c:1: error: Failure!", "[  FAILED  ] one",
                                     "==12==ERROR: AddressSanitizer: leak"])

    def test_else_the_end(self):
        self.assertEqual(self.shown("nothing that is known"), self.FILL[-run_tests.SHOWN_LINES:])


class FailedNameTest(unittest.TestCase):
    def test_what_each_runner_writes(self):
        output = ("ok 1 - well\n    not ok 1 - a part\nnot ok 2 - counts 3\n  ---\n[  FAILED  ] one\n[  FAILED  ] 1 test(s), listed below:\n[  FAILED  ] one\n"
                  "FAIL: test_x (a.B)\nFAILED clang-tidy\n  1 flaky\n    [chat] › chat.spec.ts:5:1 › x ───────\n")
        self.assertEqual(run_tests.failed_names(output), ["counts 3", "one", "test_x (a.B)", "clang-tidy", "[chat] › chat.spec.ts:5:1 › x"])

    def test_the_files_of_failed_tests(self):
        stage = next(s for s in run_tests.all_stages(hunt=False) if s.name == "API tests (gcc)")
        output = "\n".join(["ok 1 - well", "  location: '/r/a.test.js:3:1'", "not ok 2 - x", "  ---", "  location: '/r/b.test.js:4:1'", "  error: 3", "  ..."])
        command = stage.again(output)[-1]
        self.assertTrue(command.endswith(" /r/b.test.js"), command)
        self.assertIsNone(stage.again(output + "\nWARNING: ThreadSanitizer: data race"))


class ChooseTest(unittest.TestCase):
    def test_what_is_needed_comes_with_what_it_needs(self):
        names = [s.name for s in run_tests.choose(run_tests.all_stages(hunt=True), ["fuzz"])]
        self.assertEqual(names[:2], ["build gcc", "build clang asan+ubsan"])
        self.assertNotIn("lint", names)


class RunnerTest(unittest.TestCase):
    def run_stages(self, *stages):
        self.runner = runner = run_tests.Runner(list(stages))
        with contextlib.redirect_stdout(io.StringIO()), tempfile.TemporaryDirectory() as folder:
            logs, run_tests.LOGS = run_tests.LOGS, pathlib.Path(folder)
            try:
                return runner.run_all(), runner.total
            finally:
                run_tests.LOGS = logs

    def test_one_failed_stage_is_a_failure(self):
        stages = [run_tests.Stage(name, (), [name], run_tests.count_one) for name in ("true", "false")]
        self.assertEqual(self.run_stages(*stages), (False, run_tests.Counts(1, 1, 0)))

    def test_what_needs_a_failed_stage_is_not_run(self):
        broken = run_tests.Stage("broken", (), ["false"], run_tests.count_nothing)
        late = run_tests.Stage("late", (), ["true"], run_tests.count_one, needs=("broken",))
        self.assertEqual(self.run_stages(broken, late), (False, run_tests.Counts(0, 2, 0)))

    def test_what_runs_beside_waits_for_nobody_and_counts(self):
        """Each of the two waits for the other: they end only when they run at once, though all cores are taken."""
        with tempfile.TemporaryDirectory() as folder:
            def meet(own, other):
                return ["sh", "-c", f"touch {folder}/{own}; until [ -e {folder}/{other} ]; do sleep 0.01; done"]
            large = run_tests.Stage("large", (), meet("a", "b"), run_tests.count_one, cores=run_tests.CORES, seconds_max=60)
            beside = run_tests.Stage("beside", (), meet("b", "a"), run_tests.count_one, beside=True, seconds_max=60)
            self.assertEqual(self.run_stages(large, beside), (True, run_tests.Counts(2, 0, 0)))
        bad = [run_tests.Stage(f"bad {i}", (), ["false"], run_tests.count_one, beside=True) for i in range(5)]
        self.assertEqual(self.run_stages(*bad), (False, run_tests.Counts(0, 5, 0)))

    def test_the_second_chance(self):
        """Fails; what then goes well is counted and named, what fails again is failed."""
        first = ["sh", "-c", "printf 'not ok 1 - x\\n# pass 4\\n# fail 1\\n'; exit 1"]

        def stage(command):
            return run_tests.Stage("s", (), first, run_tests.count_node, again=lambda output: command)
        self.assertEqual(self.run_stages(stage(["sh", "-c", "echo '# pass 2'"])), (True, run_tests.Counts(5, 0, 0)))
        self.assertEqual((self.runner.unsteady, self.runner.failed), (["s: x"], []))
        for command in (first, None, ["sh", "-c", "echo '# pass 2'; echo 'WARNING: ThreadSanitizer: data race'"]):
            self.assertEqual(self.run_stages(stage(command)), (False, run_tests.Counts(4, 1, 0)))
            self.assertEqual((self.runner.unsteady, self.runner.failed), ([], ["s: x"]))

    def test_all_well(self):
        self.assertEqual(self.run_stages(run_tests.Stage("true", (), ["true"], run_tests.count_one)), (True, run_tests.Counts(1, 0, 0)))


if __name__ == "__main__":
    unittest.main()
