"""Built objects: nothing that can change outlives a call, but for the few that are listed here."""
import re
import subprocess

from .tree import Finding

# (source file, symbol): why it may be there.
ALLOWED = {
    ("src/base/log.c", "sink"): "the log sink is the one global of the program",
}

CHANGING = re.compile(r"^\.(?:data|bss|tdata|tbss)(?:\.(?!rel\.ro)|$)")
SYMBOL = re.compile(r"^[0-9a-f]+ (.{7}) (\S+)\s+([0-9a-f]+)\s+(?:\.hidden )?(\S+)$")


def changing_symbols(listing):
    """Names of variables in writable sections, from `objdump -t`."""
    for line in listing.splitlines():
        m = SYMBOL.match(line)
        if m and "O" in m[1] and CHANGING.match(m[2]) and int(m[3], 16) > 0:
            yield m[4]


def source_of(path):
    """libmedirecord.a.p/src_base_log.c.o -> src/base/log.c, as far as Meson's name says it."""
    name = path.name.removesuffix(".o")
    return re.sub(r"^(src|extractor)_([a-z]+)_", r"\1/\2/", name) if name.startswith("src_") else name


def check_globals(tree, build):
    objects = [p for p in build.rglob("*.c.o") if "/tests/" not in str(p) and not p.parent.name.startswith(("test_", "seeds_"))]
    for path in sorted(objects):
        listing = subprocess.run(["objdump", "-t", str(path)], capture_output=True, text=True, check=True).stdout
        source = source_of(path)
        for symbol in changing_symbols(listing):
            if (source, re.sub(r"\.\d+$", "", symbol)) not in ALLOWED:
                yield Finding(source, 1, f"{symbol} can change and outlives the call: pass it in")
