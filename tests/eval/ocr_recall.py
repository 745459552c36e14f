#!/usr/bin/env python3
"""Word recall of the extractor's OCR against the true text of scanned pages, and its processor time, beside bare Tesseract.

    ocr_recall.py BUILD [DATA]

Recall: of the words of the true text (runs of letters and digits, case kept), how many stand in what was read, each counted as often as it
occurs. Part of the true text is not on the paper (words that a table cell cuts off), so the mark is what bare Tesseract reads on the same
pages in the same run. Skips when the data or tesseract is absent.
"""
import collections, json, os, re, resource, shutil, subprocess, sys

WORD = re.compile(r"[^\W_]+")
SPEED_AIM = 0.95


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


def measure(build, folder):
    """[(file, recall, bare recall)], and the processor seconds of both over all pages that lie straight at 200 dpi or more."""
    pairs = list(pairs_of(folder))
    tool, extractor = os.path.join(build, "tests/eval/extract_files"), os.path.join(build, "extractor/medirecord-extract")
    out, _ = timed([tool, "--text", "--warm", extractor, *(p for p, _ in pairs)])
    rows = []
    for line, (path, truth) in zip(out.splitlines(), pairs):
        with open(truth, encoding="utf-8") as f:
            expected = words(f.read())
        pages = json.loads(line)["pages"]
        bare, seconds = timed(["tesseract", path, "-", "-l", "fra"])
        rows.append((path, recall(expected, words("\n".join(p["text"] for p in pages))), recall(expected, words(bare)), seconds))
        print(f"  {rows[-1][1]:6.3f} (bare {rows[-1][2]:.3f})  confidence {max(p['confidence'] for p in pages):3}  {os.path.basename(path)}")
    straight = [r for r in rows if ".200dpi." in r[0]] or rows
    _, ours = timed([tool, "--warm", extractor, *(r[0] for r in straight)])
    return straight, ours


def main():
    build = sys.argv[1]
    data = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(__file__), "../../../shared/data")
    folders = [os.path.join(data, f) for f in ("documents_fr_scanned", "ocr/typewritten_fr", "ocr/receipts")]
    if not os.path.isdir(folders[0]) or not shutil.which("tesseract"):
        print("skipped: no scanned pages or no tesseract here")
        return 0
    good = True
    for folder in folders:
        print(f"{os.path.relpath(folder, data)}:")
        rows, seconds = measure(build, folder)
        ours, bare = (sum(r[i] for r in rows) / len(rows) for i in (1, 2))
        speed = sum(r[3] for r in rows) / seconds
        print(f"  mean of {len(rows)}: {ours:.3f}, bare {bare:.3f}; {seconds / len(rows):.2f} s of processor a page, {speed:.2f} of bare, aim {SPEED_AIM}")
        good = good and ours >= bare - 0.01
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
