#!/usr/bin/env python3
"""Pages a second of PDFs with a text layer, against bare pdftotext (one process a file, both on one core at a time).

    text_speed.py BUILD [DATA] [ROUNDS]

Skips when the data or pdftotext is absent.
"""
import glob, json, os, resource, shutil, subprocess, sys, time

AIM = 0.7


def timed(command, env=None):
    """Wall and processor seconds of a command and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - start, cpu, out


def main():
    build = sys.argv[1]
    data = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(__file__), "../../../shared/data")
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    files = sorted(glob.glob(os.path.join(data, "documents_fr", "*.pdf")))
    if not files or not shutil.which("pdftotext"):
        print("skipped: no documents or no pdftotext here")
        return 0
    tool, extractor = os.path.join(build, "tests/eval/extract_files"), os.path.join(build, "extractor/medirecord-extract")
    wall, cpu, out = timed([tool, "--warm", extractor, *files * rounds])
    results = [json.loads(line) for line in out.splitlines()]
    pages = sum(len(r["pages"]) for r in results)
    ocr = sum(p["source"] == "ocr" for r in results for p in r["pages"])
    bare = [timed(["pdftotext", f, "/dev/null"]) for _ in range(rounds) for f in files]
    bare_wall, bare_cpu = sum(b[0] for b in bare), sum(b[1] for b in bare)
    print(f"text layer: {len(files)} files, {pages // rounds} pages, {ocr // rounds} of them by OCR")
    print(f"  extractor {pages / wall:6.1f} pages/s, {1000 * cpu / pages:5.1f} ms of processor a page")
    print(f"  pdftotext {pages / bare_wall:6.1f} pages/s, {1000 * bare_cpu / pages:5.1f} ms of processor a page")
    print(f"  ratio {bare_wall / wall:.2f} by the clock, {bare_cpu / cpu:.2f} by processor time, aim {AIM}")
    return 0 if bare_wall / wall >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
