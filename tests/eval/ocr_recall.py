#!/usr/bin/env python3
"""Word recall of the extractor's OCR against the true text of scanned pages.

    ocr_recall.py BUILD [DATA]

Recall: of the words of the true text (runs of letters and digits, case kept), how many stand in what was read, each counted as often as it
occurs. Skips when the data is absent.
"""
import collections, json, os, re, subprocess, sys

WORD = re.compile(r"[^\W_]+")
AIM_200_DPI = 0.97


def words(text):
    return collections.Counter(WORD.findall(text.replace("\u2019", "'")))


def read(build, files):
    tool, extractor = os.path.join(build, "tests/eval/extract_files"), os.path.join(build, "extractor/medirecord-extract")
    out = subprocess.run([tool, "--text", extractor, *files], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


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
        if truth and not name.endswith(".txt"):
            yield os.path.join(folder, name), truth


def measure(build, folder):
    pairs = list(pairs_of(folder))
    results = {}
    for result, (path, truth) in zip(read(build, [p for p, _ in pairs]), pairs):
        with open(truth, encoding="utf-8") as f:
            expected = words(f.read())
        found = words("\n".join(page["text"] for page in result["pages"]))
        recall = sum((expected & found).values()) / max(1, sum(expected.values()))
        confidence = max((page["confidence"] for page in result["pages"]), default=0)
        results[os.path.basename(path)] = recall
        print(f"  {recall:6.3f}  confidence {confidence:3}  {result['cpu_ms'] / 1000:6.2f} s  {os.path.basename(path)}  {result['code']}")
    return results


def main():
    build = sys.argv[1]
    data = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(__file__), "../../../shared/data")
    folder = os.path.join(data, "documents_fr_scanned")
    if not os.path.isdir(folder):
        print("skipped: no scanned pages here")
        return 0
    print("scanned pages:")
    at_200 = [recall for name, recall in measure(build, folder).items() if ".200dpi." in name]
    mean = sum(at_200) / len(at_200)
    print(f"  mean at 200 dpi {mean:.3f}, aim {AIM_200_DPI}")
    return 0 if mean >= AIM_200_DPI else 1


if __name__ == "__main__":
    sys.exit(main())
