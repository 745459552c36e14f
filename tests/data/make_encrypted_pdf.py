#!/usr/bin/env python3
"""Makes encrypted.pdf: one page, RC4 with 40 bits and a user password, after ISO 32000-1, 7.6.3 (algorithms 2 to 4)."""
import hashlib
import pathlib

PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
PERMISSIONS = -4
ID = b"0123456789abcdef"


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def padded(password):
    return (password + PAD)[:32]


def main():
    user, owner = padded(b"secret"), padded(b"owner")
    o = rc4(hashlib.md5(owner).digest()[:5], user)
    key = hashlib.md5(user + o + (PERMISSIONS & 0xFFFFFFFF).to_bytes(4, "little") + ID).digest()[:5]
    u = rc4(key, PAD)
    content = rc4(hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10], b"BT /F 12 Tf 20 100 Td (Doliprane) Tj ET")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>" % (PERMISSIONS, o.hex().encode(), u.hex().encode()),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 7/Root 1 0 R/Encrypt 6 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (ID.hex().encode(), ID.hex().encode(), start)
    pathlib.Path(__file__).with_name("encrypted.pdf").write_bytes(out)


if __name__ == "__main__":
    main()
