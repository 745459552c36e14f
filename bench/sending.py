"""How messages leave: a broadcast, replies that overtake it, and webhooks that come in meanwhile."""
import base64
import hashlib
import hmac
import re
import subprocess
import urllib.parse

from servers import Ours

ACCOUNT, SECRET, SENDER, PUBLIC = "AC00000000000000000000000000000001", "secret", "+14155238886", "https://clinique.example"
MESSAGES, WEBHOOKS_A_SECOND, WEBHOOK_SECONDS, PEOPLE = 10000, 500, 10, 40


class Stub:
    """bench/stub: a carrier that takes everything at once."""

    def __init__(self, build):
        self.process = subprocess.Popen([build / "bench" / "stub"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)


def signed(number):
    """A webhook as Twilio posts it, signed as Twilio signs (https://www.twilio.com/docs/usage/security)."""
    form = {"MessageSid": f"SM{number:032x}", "AccountSid": ACCOUNT, "From": f"whatsapp:+2217699{number % PEOPLE:05d}",
            "To": f"whatsapp:{SENDER}", "Body": "Bonjour docteur, quand est mon prochain rendez-vous ?", "NumMedia": "0"}
    text = f"{PUBLIC}/webhook/whatsapp-rag" + "".join(k + form[k] for k in sorted(form))
    signature = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest()).decode()
    body = urllib.parse.urlencode(form)
    return (f"POST /webhook/whatsapp-rag HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()


def write_webhooks(path, count):
    with open(path, "wb") as out:
        for number in range(count):
            whole = signed(number)
            out.write(f"{len(whole)}\n".encode() + whole)


def webhooks(build, folder, stub):
    """p99 in ms of accepting webhooks while a broadcast runs, and how many were refused."""
    ours = Ours(build, folder)
    ours.data.mkdir(parents=True)
    subprocess.run([build / "bench" / "bench_send", ours.data, stub.url, str(MESSAGES), "0"], check=True)
    ours.env |= {"CHANNEL": "twilio", "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": SECRET, "TWILIO_WHATSAPP_NUMBER": SENDER,
                 "TWILIO_API_BASE_URL": stub.url, "MEDIRECORD_PUBLIC_URL": PUBLIC}
    ours.start()
    try:
        ours.login()
        write_webhooks(folder / "webhooks", WEBHOOKS_A_SECOND * WEBHOOK_SECONDS + 100)
        said = subprocess.run([build / "bench" / "paced", str(ours.port), str(WEBHOOKS_A_SECOND), str(WEBHOOK_SECONDS), "32",
                               folder / "webhooks"], check=True, capture_output=True, text=True).stdout
        waiting = ours.call("GET", "/api/health/")["sending"]["waiting"]["bulk"]["count"]
    finally:
        ours.stop()
    _, p50, p99, longest, bad = (float(w) for w in said.split())
    return {"p50": p50 / 1000, "p99": p99 / 1000, "longest": longest / 1000, "bad": bad, "waiting": waiting}


def measure(build, folder):
    programs = [f"bench/{name}" for name in ("stub", "bench_send", "paced")]
    subprocess.run(["ninja", "-C", build, *programs], check=True, stdout=subprocess.DEVNULL)
    with Stub(build) as stub:
        inside = folder / "sending"
        inside.mkdir()
        said = subprocess.run([build / "bench" / "bench_send", inside, stub.url, str(MESSAGES)], check=True, capture_output=True, text=True).stdout
        rate, spent = re.search(r"broadcast (\d+) messages/s, ([\d.]+) us", said).groups()
        paced = re.search(r"rate 80: ([\d.]+) messages/s", said)[1]
        p50, p99 = re.search(r"p50 ([\d.]+) ms, p99 ([\d.]+) ms", said).groups()
        inbound = webhooks(build, folder / "webhooks-in", stub)
    bad = f" ({inbound['bad']:.0f} not 2xx)" if inbound["bad"] else ""
    return [
        (f"broadcast of {MESSAGES:,} to an instant stub, each step recorded", f"{rate}/s, {spent} µs CPU a message", "", "", "≥ 10× Celery's 797–1,244/s"),
        ("the same at MESSAGE_RATE=80", f"{paced}/s", "", "", "within 2 %"),
        ("a reply, from its commit to its recorded acceptance, meanwhile: p99", f"{p99} ms (p50 {p50})", "", "", ""),
        (f"webhooks at {WEBHOOKS_A_SECOND}/s while {inbound['waiting']:,} bulk wait: p99", f"{inbound['p99']:.2f} ms (p50 {inbound['p50']:.2f}){bad}", "", "",
         "≤ 5 ms"),
    ]
