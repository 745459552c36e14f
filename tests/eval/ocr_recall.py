#!/usr/bin/env python3
"""Word recall of the extractor's OCR against the true text of scanned pages, and its processor time, beside bare Tesseract.

    ocr_recall.py BUILD [DATA]

Recall: of the words of the true text (runs of letters and digits, case kept), how many stand in what was read, each counted as often as it
occurs. Part of the true text is not on the paper (words that a table cell cuts off), so the mark is what bare Tesseract reads on the same
pages in the same run. Pages that the tests spoil (tests/sandbox/spoilt.h) come first; folders of data that are absent are left out.

Processor time: both read the same files in turns, ROUNDS times, with one thread each; the least of each counts, because whatever else the
machine does only adds to it.
"""
import collections, json, os, re, resource, shutil, subprocess, sys, tempfile

WORD = re.compile(r"[^\W_]+")
SPEED_AIM = 0.95
ROUNDS = 3


def words(text):
    return collections.Counter(WORD.findall(text.replace("\u2019", "'")))


def recall(expected, found):
    return sum((expected & found).values()) / max(1, sum(expected.values()))


def timed(command):
    """What a command printed, and the processor seconds of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ, OMP_THREAD_LIMIT="1")).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return out, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def truth_of(folder, name):
    stem = name
    while "." in stem:
        stem = stem.rsplit(".", 1)[0]
        path = os.path.join(folder, stem + ".gt.txt")
        if os.path.exists(path):
            return path
    return None


def pairs_of(folder):
    for name in sorted(os.listdir(folder)):
        truth = truth_of(folder, name)
        if truth and name.endswith((".png", ".jpg", ".jpeg", ".tif")):
            yield os.path.join(folder, name), truth


def reader_of(build, *options):
    return [os.path.join(build, "tests/eval/extract_files"), "--warm", *options, os.path.join(build, "extractor/medirecord-extract")]


def bare_of(path):
    return timed(["tesseract", path, "-", "-l", "fra"])


def recalls(build, pairs):
    """[(file, recall, bare recall)]"""
    out, _ = timed([*reader_of(build, "--text"), *(p for p, _ in pairs)])
    for line, (path, truth) in zip(out.splitlines(), pairs, strict=True):
        with open(truth, encoding="utf-8") as f:
            expected = words(f.read())
        pages = json.loads(line)["pages"]
        ours, bare = recall(expected, words("\n".join(p["text"] for p in pages))), recall(expected, words(bare_of(path)[0]))
        print(f"  {ours:6.3f} (bare {bare:.3f})  confidence {max(p['confidence'] for p in pages):3}  {os.path.basename(path)}")
        yield path, ours, bare


def seconds_of(build, files):
    """Processor seconds of both over the files."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(timed([*reader_of(build), *files])[1])
        bare.append(sum(bare_of(f)[1] for f in files))
    return min(ours), min(bare)


def measure(build, folder):
    """Prints the recall of each file of the folder, and recall and speed of those that lie straight at 200 dpi, or of all. False: worse than bare."""
    rows = list(recalls(build, list(pairs_of(folder))))
    rows = [r for r in rows if ".200dpi." in r[0]] or rows
    seconds, bare_seconds = seconds_of(build, [r[0] for r in rows])
    ours, bare = (sum(r[i] for r in rows) / len(rows) for i in (1, 2))
    print(f"  mean of {len(rows)}: {ours:.3f}, bare {bare:.3f}; {seconds / len(rows):.2f} s of processor a page, {bare_seconds / seconds:.2f} of bare, aim {SPEED_AIM}")
    return ours >= bare - 0.01


def measure_drawn(build):
    """The same of the spoilt pages that the tests draw."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.path.join(build, "tests/eval/draw_spoilt"), folder], check=True)
        print("drawn, and spoilt as scanners and telephones do:")
        return measure(build, folder)


def main():
    build = sys.argv[1]
    data = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(__file__), "../../../shared/data")
    folders = [os.path.join(data, f) for f in ("documents_fr_scanned", "ocr/typewritten_fr", "ocr/receipts")]
    if not shutil.which("tesseract"):
        print("skipped: no tesseract here")
        return 0
    good = measure_drawn(build)
    for folder in filter(os.path.isdir, folders):
        print(f"{os.path.relpath(folder, data)}:")
        good = measure(build, folder) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
