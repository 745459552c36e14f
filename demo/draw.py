#!/usr/bin/python3
"""Draws the documents of the made-up clinic from clinic.json, and writes what can be read in them to expected.json.

    demo/draw.py            (Debian: python3-reportlab python3-pil python3-numpy poppler-utils fonts-liberation fonts-dejavu-core)

What it makes is committed, so that neither the product nor its tests need these packages. Drawing again gives the same files: dates
and the grain of the paper are fixed. A document with "scan" is printed, laid a little askew on a scanner and kept as a picture only.
"""
import io
import json
import pathlib
import subprocess
import tempfile

import numpy
from PIL import Image, ImageFilter
from reportlab import rl_config
from reportlab.lib.pagesizes import A5, A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "documents"
FONTS = "/usr/share/fonts/truetype"
FACES = {
    "serif": f"{FONTS}/liberation/LiberationSerif-Regular.ttf", "serif-bold": f"{FONTS}/liberation/LiberationSerif-Bold.ttf",
    "sans": f"{FONTS}/liberation/LiberationSans-Regular.ttf", "sans-bold": f"{FONTS}/liberation/LiberationSans-Bold.ttf",
    "wide": f"{FONTS}/dejavu/DejaVuSans.ttf", "wide-bold": f"{FONTS}/dejavu/DejaVuSans-Bold.ttf",
}
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]


def long_date(iso):
    year, month, day = (int(n) for n in iso.split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"


def short_date(iso):
    return "/".join(reversed(iso.split("-")))


class Sheet:
    """A page with a cursor that goes down. Lengths in points, `y` from the top."""

    def __init__(self, size, face):
        self.bytes = io.BytesIO()
        self.canvas = Canvas(self.bytes, pagesize=size, pageCompression=1)
        self.width, self.height = size
        self.margin = 0.09 * self.width
        self.face = face
        self.y = 42

    def at(self, x, text, size=10, bold=False, align="left"):
        face = self.face + ("-bold" if bold else "")
        self.canvas.setFont(face, size)
        if align == "center":
            x -= stringWidth(text, face, size) / 2
        elif align == "right":
            x -= stringWidth(text, face, size)
        self.canvas.drawString(x, self.height - self.y, text)

    def line(self, text, size=10, bold=False, indent=0, gap=1.45):
        self.at(self.margin + indent, text, size, bold)
        self.y += size * gap

    def center(self, text, size=10, bold=False, gap=1.45):
        self.at(self.width / 2, text, size, bold, "center")
        self.y += size * gap

    def paragraph(self, text, size=10, indent=0):
        words, row = text.split(), ""
        room = self.width - 2 * self.margin - indent
        for word in words:
            longer = f"{row} {word}".strip()
            if stringWidth(longer, self.face, size) > room:
                self.line(row, size, indent=indent)
                longer = word
            row = longer
        self.line(row, size, indent=indent)

    def rule(self, gap=10):
        y = self.height - self.y + 6
        self.canvas.setLineWidth(0.6)
        self.canvas.line(self.margin, y, self.width - self.margin, y)
        self.y += gap

    def skip(self, points):
        self.y += points

    def done(self):
        self.canvas.save()
        return self.bytes.getvalue()


def name_of(patient):
    title = "M." if patient["gender"] == "M" else "Mme"
    if patient["date_of_birth"] >= "2010":
        title = "Enfant"
    return f"{title} {patient['first_name']} {patient['last_name'].upper()}"


def head(sheet, clinic):
    first, *rest = clinic["head"]
    sheet.line(first, 13, bold=True)
    for row in rest:
        sheet.line(row, 9)
    sheet.skip(6)
    sheet.rule(16)


def whose(sheet, doc, patient, label="Patient"):
    sheet.at(sheet.width - sheet.margin, f"Dakar, le {long_date(doc['date'])}", 10, align="right")
    sheet.y += 20
    born = "née" if patient["gender"] == "F" else "né"
    sheet.line(f"{label} : {name_of(patient)}", 10.5)
    sheet.line(f"{born[0].upper()}{born[1:]} le {short_date(patient['date_of_birth'])}", 10)
    sheet.skip(12)


def signed(sheet, clinic):
    sheet.skip(26)
    sheet.at(sheet.width - sheet.margin, clinic["doctor"], 10.5, bold=True, align="right")
    # A hand that nobody can read: it must not become words.
    x, y = sheet.width - sheet.margin - 90, sheet.height - sheet.y - 26
    pen = sheet.canvas.beginPath()
    pen.moveTo(x, y)
    for step in range(1, 6):
        pen.curveTo(x + 14 * step - 10, y + 16, x + 14 * step - 6, y - 12, x + 14 * step, y + 3)
    sheet.canvas.setLineWidth(1.1)
    sheet.canvas.drawPath(pen)


def dosage(m):
    """How to take it, in one line: dose, rhythm, duration, advice."""
    text = f"{m['dose']} {m['frequency']} pendant {m['duration']}"
    return text + (f", {m['instruction']}" if m.get("instruction") else "")


def draw_numbered(sheet, doc):
    sheet.center("ORDONNANCE", 15, bold=True, gap=2.2)
    for number, m in enumerate(doc["medications"], 1):
        sheet.line(f"{number}) {m['name']} {m['strength']}, {m['form']}", 11, bold=True)
        sheet.paragraph(dosage(m), 10.5, indent=18)
        sheet.skip(8)


def draw_dashed(sheet, doc):
    sheet.center("Ordonnance médicale", 14, bold=True, gap=2.2)
    for m in doc["medications"]:
        sheet.paragraph(f"- {m['name']} {m['strength']} {m['form']} : {dosage(m)}", 10.5)
        sheet.skip(7)


def draw_table(sheet, doc):
    sheet.center("ORDONNANCE", 14, bold=True, gap=2.2)
    columns = [(0, "Médicament"), (0.42, "Posologie"), (0.82, "Durée")]
    room = sheet.width - 2 * sheet.margin
    for share, title in columns:
        sheet.at(sheet.margin + share * room, title, 10, bold=True)
    sheet.y += 15
    sheet.rule(12)
    for m in doc["medications"]:
        for share, text in ((0, f"{m['name']} {m['strength']}"), (0.42, f"{m['dose']} {m['frequency']}"), (0.82, m["duration"])):
            sheet.at(sheet.margin + share * room, text, 10)
        sheet.y += 13
        sheet.at(sheet.margin, m["form"], 9)
        sheet.y += 18
    sheet.rule(10)


def draw_prescription(sheet, doc):
    {"numbered": draw_numbered, "dashed": draw_dashed, "table": draw_table}[doc["layout"]](sheet, doc)
    if doc.get("note"):
        sheet.skip(6)
        sheet.paragraph(doc["note"], 10)


def draw_values_table(sheet, doc):
    room = sheet.width - 2 * sheet.margin
    columns = (0, 0.44, 0.60, 0.76)
    for share, title in zip(columns, ("Analyse", "Résultat", "Unité", "Valeurs de référence")):
        sheet.at(sheet.margin + share * room, title, 9.5, bold=True)
    sheet.y += 14
    sheet.rule(14)
    section = None
    for v in doc["values"]:
        if v["section"] != section:
            section = v["section"]
            sheet.skip(4)
            sheet.line(section, 10.5, bold=True, gap=1.7)
        reference = f"({v['reference']})" if v["reference"] else ""
        for share, text in zip(columns, (v["name"], v["value"] + (" *" if v["flag"] else ""), v["unit"], reference)):
            sheet.at(sheet.margin + share * room, text, 10)
        sheet.y += 17
    sheet.skip(6)
    sheet.line("* hors des valeurs de référence", 8.5)


def draw_values_dotted(sheet, doc):
    section = None
    for v in doc["values"]:
        if v["section"] != section:
            section = v["section"]
            sheet.skip(6)
            sheet.line(section, 10.5, bold=True, gap=1.8)
        right = " ".join(w for w in (v["value"], v["unit"]) if w) + (f"   ({v['reference']})" if v["reference"] else "")
        left, size = v["name"] + " ", 10.5
        room = sheet.width - 2 * sheet.margin - stringWidth(left + right + " ", sheet.face, size)
        dots = "." * max(3, int(min(room, 200) / stringWidth(".", sheet.face, size)))
        sheet.line(f"{left}{dots} {right}", size, gap=1.6)


def draw_laboratory(sheet, doc):
    sheet.center("RÉSULTATS D'ANALYSES", 14, bold=True, gap=2)
    sheet.line(f"Prescripteur : {doc['prescriber']}", 9.5)
    sheet.line(f"Prélèvement du {short_date(doc['date'])} - {doc['specimen']}", 9.5)
    sheet.skip(10)
    (draw_values_table if doc["layout"] == "table" else draw_values_dotted)(sheet, doc)


def draw_letter(sheet, doc):
    sheet.center(doc["title"], 14, bold=True, gap=2.2)
    if doc.get("prescriber"):
        sheet.line(f"Médecin prescripteur : {doc['prescriber']}", 9.5)
        sheet.skip(8)
    for heading, text in doc["paragraphs"]:
        if heading:
            sheet.line(f"{heading} :", 11, bold=True)
        sheet.paragraph(text, 10.5)
        sheet.skip(9)


def draw(doc, clinic, patient):
    """The PDF of one document."""
    small = doc["kind"] in ("prescription", "certificate")
    face = {"kane": "serif", "baobabs": "sans", "hopital": "serif", "labo": "sans", "imagerie": "wide"}[doc["clinic"]]
    sheet = Sheet(A5 if small else A4, face)
    sheet.canvas.setTitle(doc.get("title", {"prescription": "Ordonnance", "laboratory": "Résultats d'analyses"}.get(doc["kind"], "")))
    head(sheet, clinic)
    whose(sheet, doc, patient)
    if doc["kind"] == "prescription":
        draw_prescription(sheet, doc)
    elif doc["kind"] == "laboratory":
        draw_laboratory(sheet, doc)
    else:
        draw_letter(sheet, doc)
    signed(sheet, clinic)
    return sheet.done()


def scan(pdf, how, seed):
    """The picture that a scanner makes of the print: grey paper, grain, soft edges, a little askew."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "a.pdf"
        source.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(how["dpi"]), "-gray", "-png", "-singlefile", source, f"{folder}/a"], check=True)
        picture = Image.open(f"{folder}/a.png").convert("L")
    picture = picture.rotate(how["skew"], resample=Image.BICUBIC, expand=False, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    grain = numpy.random.default_rng(seed)
    ink = numpy.asarray(picture, dtype=numpy.float32)
    shade = numpy.linspace(236, 246, ink.shape[1], dtype=numpy.float32)[None, :]
    ink = 35 + (ink / 255) * (shade - 35) + grain.normal(0, how["noise"], ink.shape)
    return Image.fromarray(numpy.clip(ink, 0, 255).astype(numpy.uint8))


def save(doc, pdf, seed):
    target = OUT / doc["file"]
    if "scan" not in doc:
        target.write_bytes(pdf)
        return
    picture, dpi = scan(pdf, doc["scan"], seed), doc["scan"]["dpi"]
    if target.suffix == ".png":  # black and white, as a copier sends it
        picture.point(lambda grey: 255 if grey > 150 else 0).convert("1").save(target, optimize=True, dpi=(dpi, dpi))
    else:
        picture.save(target, quality=42, optimize=True, dpi=(dpi, dpi))


def expected(doc, clinic):
    """What a reader should find in the document."""
    return {
        "file": doc["file"], "patient": doc["patient"], "kind": doc["kind"], "date": doc["date"], "author": clinic["doctor"],
        "source": "ocr" if "scan" in doc else "text",
        "medications": [{k: m[k] for k in ("name", "strength", "form", "dose", "frequency", "duration")}
                        for m in doc.get("medications", [])],
        "values": [{k: v[k] for k in ("name", "value", "unit", "reference", "flag")} for v in doc.get("values", [])],
    }


def main():
    rl_config.invariant = 1
    for name, path in FACES.items():
        pdfmetrics.registerFont(TTFont(name, path))
    clinic = json.loads((HERE / "clinic.json").read_text())
    patients = {p["key"]: p for p in clinic["patients"]}
    OUT.mkdir(exist_ok=True)
    for seed, doc in enumerate(clinic["documents"]):
        where = clinic["clinics"][doc["clinic"]]
        save(doc, draw(doc, where, patients[doc["patient"]]), seed)
    tour = clinic["tour"]
    save(tour["document"], draw(tour["document"], clinic["clinics"][tour["document"]["clinic"]], tour["patient"]), 0)
    answers = [expected(d, clinic["clinics"][d["clinic"]]) for d in clinic["documents"]]
    (HERE / "expected.json").write_text(json.dumps({"documents": answers, "questions": clinic["questions"]},
                                                   ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
