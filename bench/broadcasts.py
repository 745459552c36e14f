"""Messages to many through the whole program: how fast, how evenly, how long people wait meanwhile, and what a list of a million costs."""
import datetime
import os
import sqlite3
import subprocess
import threading
import time

from sending import ACCOUNT, PEOPLE as ASKING, PUBLIC, SECRET, SENDER, Stub, write_webhooks
from servers import Ours, cpu_seconds, resident_mb

PEOPLE, MILLION, RATE_MAX = 10000, 1_000_000, 100000
PACED_SECONDS, SETTLING_SECONDS, QUESTIONS_A_SECOND = 30, 3, 5
TIP = {"title": "Conseil", "content": "Bonjour {{prenom}}, buvez de l'eau souvent quand il fait chaud, et passez à la pesée ce mois-ci.", "target_all_patients": True}

# Active people who agreed and wrote today: all of them get it.
PATIENTS = """
INSERT INTO patient (first_name, last_name, phone, phone_key, status, language, record_version, created_at_us, updated_at_us, search_text, last_name_folded,
                     first_name_folded, date_of_birth, gender, tags)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
SELECT 'Awa' || i, 'Diop', printf(:phone, i), printf(:phone, i), 'active', 'fr', 1, :now, :now, 'awa diop', 'diop', 'awa', '1986-03-14', 'F',
       '["tous"]' FROM n;
INSERT INTO consent (patient_id, purpose, granted, source, created_at_us)
SELECT id, 'messages', 1, 'confirm', :now FROM patient WHERE id > (SELECT COALESCE(max(patient_id), 0) FROM consent);
INSERT OR IGNORE INTO contact (phone, last_in_at_us) SELECT phone, :now FROM patient;
"""


def now_us():
    return time.time_ns() // 1000


def micro(iso):
    return int(datetime.datetime.fromisoformat(iso.replace("Z", "+00:00")).timestamp() * 1e6)


class Clinic(Ours):
    """The program before bench/stub, with so many patients."""

    def __init__(self, build, folder, stub, rate, patients):
        super().__init__(build, folder)
        self.env |= {"CHANNEL": "twilio", "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": SECRET, "TWILIO_WHATSAPP_NUMBER": SENDER,
                     "TWILIO_API_BASE_URL": stub.url, "MEDIRECORD_PUBLIC_URL": PUBLIC, "MESSAGE_RATE": str(rate)}
        self.start()
        self.stop()
        self.write(ASKING, "+2217699%05d")
        self.write(patients - ASKING, "+22177%07d")
        self.start()
        self.login()

    def write(self, count, phone):
        db = sqlite3.connect(self.data / "medirecord.db")
        for statement in PATIENTS.split(";")[:-1]:
            db.execute(statement, {"count": count, "phone": phone, "now": now_us()})
        db.commit()
        db.close()

    def ask(self, sql, *args):
        db = sqlite3.connect(f"file:{self.data / 'medirecord.db'}?mode=ro", uri=True)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def send(self):
        """Starts a broadcast to all: its number, and the seconds until the answer."""
        number = self.call("POST", "/api/messaging/broadcast/", TIP)["id"]
        begin = time.monotonic()
        self.call("POST", f"/api/messaging/broadcast/{number}/send_now/")
        return number, time.monotonic() - begin

    def look(self, number):
        return self.call("GET", f"/api/messaging/broadcast/{number}/")

    def wait(self, number, until, pause=0.05):
        while not until(found := self.look(number)):
            time.sleep(pause)
        return found


def speed(build, folder, stub):
    """Messages a second from the start to the last recorded one, and processor time a message."""
    clinic = Clinic(build, folder, stub, RATE_MAX, PEOPLE)
    try:
        before = cpu_seconds(clinic.pids)
        number, _ = clinic.send()
        done = clinic.wait(number, lambda b: b["status"] == "sent")
        spent = cpu_seconds(clinic.pids) - before
        (last,), = clinic.ask("SELECT max(sent_at_us) FROM broadcast_recipient WHERE broadcast_id = ? AND sent_at_us IS NOT NULL", number)
        if done["counts"]["sent"] != PEOPLE:
            raise SystemExit(f"bench: {done['counts']}")
    finally:
        clinic.stop()
    return {"rate": PEOPLE / ((last - micro(done["started_at"])) / 1e6), "cpu_us": spent / PEOPLE * 1e6}


def paced(build, folder, stub):
    """At 80 a second: what leaves in a second, and how long who asks meanwhile waits for the answer to have left."""
    clinic = Clinic(build, folder, stub, 80, PEOPLE)
    try:
        number, _ = clinic.send()
        clinic.wait(number, lambda b: b["counts"]["sent"] > 80 * SETTLING_SECONDS)
        write_webhooks(folder / "questions", QUESTIONS_A_SECOND * PACED_SECONDS + 10)
        begin = now_us()
        subprocess.run([build / "bench" / "paced", str(clinic.port), str(QUESTIONS_A_SECOND), str(PACED_SECONDS), "1", folder / "questions"], check=True,
                       stdout=subprocess.DEVNULL)
        end = now_us()
        clinic.call("POST", f"/api/messaging/broadcast/{number}/pause/")
        (left,), = clinic.ask("SELECT count(*) FROM message WHERE direction = 'out' AND attempted_at_us >= ? AND attempted_at_us < ?", begin, end)
        waits = sorted(us for us, in clinic.ask("SELECT o.sent_at_us - i.created_at_us FROM message AS i JOIN message AS o ON o.answers_id = i.id"
                                                " WHERE o.sent_at_us IS NOT NULL AND i.created_at_us >= ?", begin))
    finally:
        clinic.stop()
    return {"rate": left / ((end - begin) / 1e6), "replies": len(waits), "p50": waits[len(waits) // 2] / 1e3, "p99": waits[len(waits) * 99 // 100] / 1e3}


class Watch(threading.Thread):
    """The most memory that was resident."""

    def __init__(self, pids):
        super().__init__(daemon=True)
        self.pids, self.most, self.ends = pids, 0, threading.Event()

    def run(self):
        while not self.ends.wait(0.02):
            self.most = max(self.most, resident_mb(self.pids))

    def stop(self):
        self.ends.set()
        self.join()
        return self.most


def million(build, folder, stub):
    """A list of a million: until the start is answered, until the first message leaves, until the list is whole; memory meanwhile."""
    clinic = Clinic(build, folder, stub, 80, MILLION)
    try:
        idle = resident_mb(clinic.pids)
        watch = Watch(clinic.pids)
        watch.start()
        begin = time.monotonic()
        number, answered = clinic.send()
        clinic.wait(number, lambda b: b["counts"]["sent"] > 0, 0.01)
        first = time.monotonic() - begin
        whole = clinic.wait(number, lambda b: b["frozen_at"], 0.2)
        most = watch.stop()
        listed = (micro(whole["frozen_at"]) - micro(whole["started_at"])) / 1e6
        if whole["counts"]["recipients"] != MILLION:
            raise SystemExit(f"bench: {whole['counts']}")
    finally:
        clinic.stop()
    return {"answered": answered, "first": first, "listed": listed, "idle": idle, "most": most}


def measure(build, folder):
    subprocess.run(["ninja", "-C", build, "bench/stub", "bench/paced", "medirecord"], check=True, stdout=subprocess.DEVNULL)
    with Stub(build) as stub:
        fast = speed(build, folder / "fast", stub)
        even = paced(build, folder / "even", stub)
        large = million(build, folder / "large", stub)
    load = os.getloadavg()[0]
    return [
        (f"broadcast of {PEOPLE:,} through the whole program to an instant stub, ledger and all", f"{fast['rate']:.0f}/s, {fast['cpu_us']:.0f} µs CPU a message",
         "", "", f"≥ 10× Celery's 797–1,244/s (load {load:.0f})"),
        ("the same at MESSAGE_RATE=80", f"{even['rate']:.2f}/s", "", "", "within 2 %"),
        (f"a question, from its arrival to the answer's acceptance, meanwhile: p99 of {even['replies']}", f"{even['p99']:.0f} ms (p50 {even['p50']:.0f})", "", "", "≤ 1 s"),
        ("1,000,000 patients: start answered / first message / list whole", f"{large['answered']:.2f} / {large['first']:.2f} / {large['listed']:.1f} s", "", "", "≤ 2 s"),
        ("resident memory meanwhile, most (idle)", f"{large['most']:.0f} ({large['idle']:.0f}) MB", "", "", "< 64 MB"),
    ]
