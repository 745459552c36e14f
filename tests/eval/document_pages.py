"""Pages of words with boxes from a PDF (pdftotext -bbox-layout) or a picture (tesseract tsv), in the form that eval_read takes."""
import html
import os
import re
import subprocess

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
OCR_LANGUAGES = "fra+eng"


def of_pdf(path):
    out = subprocess.run(["pdftotext", "-bbox-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for width, height, body in PAGE.findall(out):
        words = []
        for found in WORD.finditer(body):
            x0, y0, x1, y1 = (round(float(v) * 10) for v in found.groups()[:4])
            for part in html.unescape(found.group(5)).split():
                words.append([part, x0, y0, x1 - x0, y1 - y0, 100])
        pages.append({"width": round(float(width) * 10), "height": round(float(height) * 10), "ocr": False, "words": words})
    return pages


def of_picture(path, dpi=200):
    out = subprocess.run(["tesseract", path, "-", "-l", OCR_LANGUAGES, "--dpi", str(dpi), "tsv"], check=True, capture_output=True,
                         text=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout
    page = {"width": 0, "height": 0, "ocr": True, "words": []}
    for line in out.splitlines()[1:]:
        field = line.split("\t")
        box = [round(int(v) * 720 / dpi) for v in field[6:10]]
        if field[0] == "1":
            page["width"], page["height"] = box[2], box[3]
        if field[0] == "5" and field[11].strip():
            for part in field[11].split():
                page["words"].append([part, *box, max(0, min(100, round(float(field[10]))))])
    return [page]


def of_document(path):
    return of_pdf(path) if path.lower().endswith(".pdf") else of_picture(path)


def of_scan(path, dpi=200, first=1, last=0):
    """A PDF as it comes back from a scanner: drawn at `dpi` and read by OCR."""
    import tempfile
    pages = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", "-f", str(first), *(["-l", str(last)] if last else []), path,
                        os.path.join(folder, "page")], check=True)
        for name in sorted(os.listdir(folder)):
            pages += of_picture(os.path.join(folder, name), dpi)
    return pages
