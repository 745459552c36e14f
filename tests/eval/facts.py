#!/usr/bin/env python3
"""How well documents are read: kind, date, people, and the fields of medication lines and laboratory values.

    facts.py BUILD-DIRECTORY [--data DIRECTORY] [--misses]

Sets: real documents with labels written by hand from looking at them (labels/*.json; the documents lie in DATA/documents_fr and are
left out where they are not there), and the fixtures of the unit tests set as pages in a proportional font. Each set is read from its text
layer and from a scan (200 dpi, OCR). Prints precision, recall and F1 over fields: a field is right when it says the same
letters and digits; a field that was found but is wrong counts as a false one and a missing one.
"""
import argparse
import collections
import difflib
import json
import pathlib
import subprocess
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "unit" / "documents" / "fixtures"
SCAN_DPI = 200
FIELDS = {
    "medication": ("name", "strength", "form", "dose", "route", "frequency", "duration", "renewals"),
    "lab_value": ("name", "value", "unit", "reference"),
    "vaccination": ("name", "value", "dose", "lot", "due"),
}
CORE = ("name", "dose", "frequency", "duration")  # what PRODUCT counts of a medication line
HEADS = ("kind", "date", "author", "patient", "birth")


def plain(text):
    text = unicodedata.normalize("NFKD", text.lower().replace("µ", "u").replace("μ", "u").replace("×", "x"))
    return "".join(c for c in text if c.isalnum() or c in "./<>%+=").replace(",", ".").strip(".")


class Counts:
    def __init__(self):
        self.right = collections.Counter()
        self.found = collections.Counter()
        self.wanted = collections.Counter()

    def add(self, key, wanted, found):
        self.wanted[key] += bool(wanted)
        self.found[key] += bool(found)
        same = bool(wanted) and plain(wanted) == plain(found)
        self.right[key] += same
        return same or not (wanted or found)

    def line(self, title, keys):
        right, found, wanted = (sum(c[k] for k in keys) for c in (self.right, self.found, self.wanted))
        precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{title:<34} n={wanted:<4} precision={precision:.3f} recall={recall:.3f} F1={f1:.3f}"


def likeness(kind, a, b):
    score = difflib.SequenceMatcher(None, plain(a.get("name", "")), plain(b.get("name", ""))).ratio()
    if kind == "lab_value":
        score += 0.6 * (plain(a.get("value", "")) == plain(b.get("value", ""))) + 0.2 * (a.get("unit") == b.get("unit"))
    return score


def pair(kind, wanted, found):
    """Each wanted fact with the found one that is most like it; what is left on either side with None."""
    scores = sorted(((likeness(kind, w, f), -i, -k) for i, w in enumerate(wanted) for k, f in enumerate(found)), reverse=True)
    left_w, left_f, pairs = set(range(len(wanted))), set(range(len(found))), []
    for score, i, k in scores:
        if score >= 0.6 and -i in left_w and -k in left_f:
            pairs.append((wanted[-i], found[-k]))
            left_w.discard(-i)
            left_f.discard(-k)
    return pairs + [(wanted[i], {}) for i in left_w] + [({}, found[k]) for k in left_f]


def compare(label, got, counts, misses):
    for head in HEADS:
        if head not in label:
            continue
        if not counts.add(head, label[head], got.get(head, "")) and misses is not None:
            misses.append(f"{label['document']}: {head} {got.get(head)!r}, not {label[head]!r}")
    for kind, fields in FIELDS.items():
        wanted = [f for f in label["facts"] if f["type"] == kind]
        found = [f for f in got["facts"] if f["type"] == kind]
        for w, f in pair(kind, wanted, found):
            for field in fields:
                if not counts.add((kind, field), w.get(field, ""), f.get(field, "")) and misses is not None:
                    misses.append(f"{label['document']}: {w.get('name') or f.get('name')}: {field} {f.get(field)!r}, "
                                  f"not {w.get(field)!r}")


def fixture_label(path):
    text, _, expected = path.read_text(encoding="utf-8").partition("\n---\n")
    label = {"document": path.stem, "facts": []}
    for line in expected.splitlines():
        word, _, rest = line.partition(" ")
        if " | " in line:
            fact = dict(part.split("=", 1) for part in rest.split(" | ") if "=" in part)
            first = rest.lstrip("| ").split(" | ")[0]
            fact.update([first.split("=", 1)])
            fact["type"] = {"lab": "lab_value"}.get(word, word)
            label["facts"].append(fact)
        elif word in HEADS:
            label[word] = rest.strip().replace("0000-00-00", "")
    return text, label


def pdf_of_text(text):
    """One page: words where they stand in the text, in Helvetica 9.5 point."""
    lines, content = text.split("\n"), ["BT /F 9.5 Tf"]
    height, width = max(842, 13 * len(lines) + 100), max(595, 6 * max(map(len, lines)) + 90)
    for row, line in enumerate(lines):
        column = 0
        for part in line.split("  "):  # cells keep their column, words inside flow
            word = part.strip()
            if word:
                column = line.index(word, column)
                shown = word.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
                content.append(f"1 0 0 1 {45 + column * 5.9:.1f} {height - 50 - row * 13:.1f} Tm ({shown.decode('latin-1')}) Tj")
                column += len(word)
    stream = "\n".join(content + ["ET"]).encode("latin-1")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>"
               % (width, height),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)


class Reader:
    def __init__(self, build):
        self.command = [str(build / "tests/eval/eval_read"), str(build / "extractor/medirecord-extract")]

    def read(self, files):
        done = subprocess.run(self.command + [str(f) for f in files], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{files[0]}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def read_scan(self, path, folder):
        if path.suffix.lower() != ".pdf":
            return self.read([path])
        stem = folder / "page"
        subprocess.run(["pdftoppm", "-r", str(SCAN_DPI), "-gray", "-png", str(path), str(stem)], check=True)
        pages = sorted(folder.glob("page*.png"))
        got = self.read(pages)
        for page in pages:
            page.unlink()
        return got


def report(title, counts, misses):
    print(f"== {title}")
    for head in HEADS:
        if counts.wanted[head]:
            print(f"{head:<34} n={counts.wanted[head]:<4} right={counts.right[head] / counts.wanted[head]:.3f}")
    for kind, fields in FIELDS.items():
        if not any(counts.wanted[(kind, f)] for f in fields):
            continue
        for field in fields:
            print(counts.line(f"{kind} {field}", [(kind, field)]))
        print(counts.line(f"{kind} all fields", [(kind, f) for f in fields]))
        if kind == "medication":
            print(counts.line("medication drug, dose, how often, how long", [(kind, f) for f in CORE]))
    for miss in misses or []:
        print("   " + miss)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent.parent / "shared" / "data")
    parser.add_argument("--misses", action="store_true", help="print each field that is wrong")
    args = parser.parse_args()
    reader = Reader(args.build)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        sets = {"documents": [], "fixtures": []}
        for path in sorted((HERE / "labels").glob("*.json")):
            label = json.loads(path.read_text(encoding="utf-8"))
            document = args.data / "documents_fr" / label["document"]
            if document.exists():
                sets["documents"].append((document, label))
        for path in sorted(FIXTURES.glob("*/*.txt")):
            text, label = fixture_label(path)
            drawn = folder / f"{path.parent.name}-{path.stem}.pdf"
            drawn.write_bytes(pdf_of_text(text))
            sets["fixtures"].append((drawn, label))
        for title, items in sets.items():
            if not items:
                print(f"== {title}: not there, left out")
                continue
            for way in ("text layer", f"scan {SCAN_DPI} dpi"):
                counts, misses = Counts(), [] if args.misses else None
                for document, label in items:
                    got = reader.read([document]) if way == "text layer" else reader.read_scan(document, folder)
                    compare(label, got, counts, misses)
                report(f"{title}, {way}", counts, misses)


main()
