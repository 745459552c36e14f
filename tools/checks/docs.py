"""The Markdown pages: no link that leads nowhere."""
import re
import unicodedata

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1[^\S\n]*$", re.M | re.S)
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$", re.M)


def without_code(text):
    """The text with fenced blocks and `code` made blank, lines kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match[0])
    return re.sub(r"`[^`\n]*`", blank, FENCE.sub(blank, text))


def anchors(text):
    """What the headings of a page are called in links, as Git hosts make them."""
    found = set()
    for m in HEADING.finditer(FENCE.sub("", text)):
        words = unicodedata.normalize("NFC", re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", m[1])).lower()
        anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        count = 1
        while anchor in found:
            anchor = f"{anchor.rpartition('-')[0] if count > 1 else anchor}-{count}"
            count += 1
        found.add(anchor)
    return found


def check_links(tree):
    for file in tree.files(".md"):
        for m in LINK.finditer(without_code(file.text)):
            target, _, anchor = m[1].partition("#")
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            line = file.line_of(m.start())
            base = file.path.rpartition("/")[0]
            where = (tree.root / base / target).resolve() if target else tree.root / file.path
            if target and not where.exists():
                yield file.finding(line, f"dead link: {m[1]}")
            elif anchor and where.suffix == ".md" and anchor not in anchors(where.read_text(encoding="utf-8")):
                yield file.finding(line, f"no heading #{anchor} in {target or file.path}")


RULES = [check_links]
