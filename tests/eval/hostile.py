#!/usr/bin/env python3
"""Every hostile file must end with text or a reason, in bounded time and memory.

    hostile.py BUILD [DATA] [--files PART]

Each file is read as the server reads it, by a keeper of its own. Prints how many ended how, and the worst time and memory. Skips when the
data is absent. --files: only those whose path contains PART.
"""
import argparse, collections, json, os, subprocess, sys

SECONDS_MAX, MEMORY_MB_MAX = 60, 1000
REASONS = {"empty", "unsupported", "encrypted", "encrypted_office", "old_office", "damaged", "no_pages", "too_many_pages", "too_large_picture",
           "too_complex", "timeout", "unreadable"}


def files_of(folder, part):
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(root, name)
            if name != "manifest.json" and part in path:
                yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("data", nargs="?", default=os.path.join(os.path.dirname(__file__), "../../../shared/data"))
    parser.add_argument("--files", default="")
    args = parser.parse_args()
    folder = os.path.join(args.data, "hostile")
    if not os.path.isdir(folder):
        print("skipped: no hostile files here")
        return 0
    files = sorted(files_of(folder, args.files))
    command = [os.path.join(args.build, "tests/eval/extract_files"), os.path.join(args.build, "extractor/medirecord-extract"), *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        results = [json.loads(line) for line in run.stdout]
    bad = [r for r in results if not (r["status"] == "OK" or (r["status"] == "E_INVALID" and r["code"] in REASONS))
           or r["wall_ms"] > SECONDS_MAX * 1000 or r["memory_mb"] > MEMORY_MB_MAX]
    print(f"hostile: {len(results)} of {len(files)} files ended")
    for code, count in collections.Counter(r["code"] for r in results).most_common():
        print(f"  {count:4} {code}")
    for key, unit in (("wall_ms", "ms"), ("memory_mb", "MB")):
        worst = max(results, key=lambda r: r[key])
        print(f"  worst {worst[key]:.0f} {unit}: {os.path.relpath(worst['file'], folder)}")
    for r in bad:
        print(f"  BAD {os.path.relpath(r['file'], folder)}: {r['status']} {r['code']} {r['wall_ms']:.0f} ms {r['memory_mb']} MB")
    return 1 if bad or len(results) != len(files) else 0


if __name__ == "__main__":
    sys.exit(main())
