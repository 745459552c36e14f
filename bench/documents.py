"""How fast papers become searchable, against the bare tools on the same files."""
import os
import pathlib
import subprocess
import time

from answers import activate, upload, wait_until_read
from servers import person

DEMO = pathlib.Path(__file__).resolve().parent.parent / "demo" / "documents"
PDF_COPIES, SCAN_COPIES = 20, 2


def unlike(data, number):
    """The same paper with other bytes, so that it is not recognised: both formats allow bytes after their end."""
    return data + b"\n%" + str(number).encode()


def indexed_in(ours, patient, files, copies):
    """Seconds from the first upload until every file is searchable."""
    patient_id = activate(ours, person(patient)["phone"])
    begin = time.monotonic()
    for number in range(copies):
        for file in files:
            upload(ours, patient_id, file.name, unlike(file.read_bytes(), number))
    failed = wait_until_read(ours, patient_id)
    if failed:
        raise SystemExit(f"bench: {failed} documents could not be read")
    return time.monotonic() - begin


def side_by_side(command, files, copies):
    """Seconds for a bare tool over the files, as many at once as there are cores."""
    cores = len(os.sched_getaffinity(0))
    names = "\n".join(str(f) for _ in range(copies) for f in files)
    begin = time.monotonic()
    subprocess.run(["xargs", "-P", str(cores), "-I", "{}", "sh", "-c", f"{command} >/dev/null 2>&1"], input=names, text=True, check=True)
    return time.monotonic() - begin


def measure(ours):
    pdfs = sorted(DEMO.glob("*.pdf"))
    scans = sorted([*DEMO.glob("*.jpg"), *DEMO.glob("*.png")])
    mine = indexed_in(ours, 1, pdfs, PDF_COPIES)
    bare = side_by_side("pdftotext {} -", pdfs, PDF_COPIES)
    count = len(pdfs) * PDF_COPIES
    rows = [("text-layer PDF to searchable", f"{count / mine:.0f} documents/s", f"{count / bare:.0f}/s (pdftotext)", f"{bare / mine:.2f}", "≥ 0.7")]
    mine = indexed_in(ours, 2, scans, SCAN_COPIES)
    bare = side_by_side("OMP_THREAD_LIMIT=1 tesseract {} - -l fra", scans, SCAN_COPIES)
    count = len(scans) * SCAN_COPIES
    rows.append(("scan to searchable", f"{count / mine:.2f} documents/s", f"{count / bare:.2f}/s (tesseract)", f"{bare / mine:.2f}", "≥ 0.95"))
    return rows
