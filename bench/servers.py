"""The two sides of a comparison: our program, and the Django baseline beside the checkout when it is there."""
import getpass
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

TICK = os.sysconf("SC_CLK_TCK")
PATIENTS = 10000
FIRST = ["Awa", "Moussa", "Fatou", "Jean", "Mariama", "Ibrahima", "Aïssatou", "Cheikh", "Ndeye", "Ousmane"]
LAST = ["Diop", "Ndiaye", "Fall", "Sow", "Ba", "Dupont", "Gueye", "Sarr", "Faye", "Diallo"]


def person(i):
    """The i-th patient, the same on both sides."""
    return {
        "first_name": FIRST[i % 10], "last_name": LAST[i // 10 % 10], "email": f"p{i}@example.com", "phone": f"+2217700{i:05d}",
        "date_of_birth": f"{1940 + i % 70}-{1 + i % 12:02d}-{1 + i % 28:02d}", "gender": "MF"[i % 2], "address": f"{i} Rue Test, Dakar",
        "medical_history": "Hypertension artérielle suivie depuis 2015", "allergies": "Pénicilline",
        "current_medications": "Lisinopril 10 mg",
    }


def family(pid):
    """A process and its descendants."""
    found = [pid]
    for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                found += family(int(child))
        except OSError:
            pass  # it ended meanwhile
    return found


def cpu_seconds(pids):
    """Processor time of process families so far, reaped children included."""
    total = 0
    for pid in (p for root in pids for p in family(root)):
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(f) for f in fields[11:15])
    return total / TICK


def resident_mb(pids):
    """Resident memory of process families, MB."""
    pages = 0
    for pid in (p for root in pids for p in family(root)):
        try:
            pages += int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def wait_for(url, seconds=60):
    """Asks until there is a 200; answers how long that took."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - start
        except (urllib.error.URLError, OSError):
            time.sleep(0.001)
    raise SystemExit(f"bench: {url} does not answer")


class Ours:
    name = "medirecord"
    phone = "+22176%07d"

    def __init__(self, build, folder):
        self.program = build / "medirecord"
        self.data = folder / "data"
        self.token = None
        self.port = None
        self.process = None
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "MEDIRECORD_LISTEN": "127.0.0.1:0", "MEDIRECORD_DATA_DIR": str(self.data),
            "MEDIRECORD_ADMIN_EMAIL": "bench@example.com", "MEDIRECORD_ADMIN_PASSWORD": "a long enough bench password",
            "MEDIRECORD_LOG_LEVEL": "warn",
        }

    def start(self):
        """Starts it; answers the seconds until the first answer."""
        begin = time.monotonic()
        self.data.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen([self.program, "serve"], cwd=self.data, env=self.env, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        said = ""
        for line in self.process.stdout:
            said += line
            found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found[1])
                break
        else:
            raise SystemExit(f"bench: the program did not start:\n{said}")
        wait_for(f"http://127.0.0.1:{self.port}/api/health/")
        return time.monotonic() - begin

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        self.process.wait(60)

    @property
    def pids(self):
        return [self.process.pid]

    def call(self, method, path, body=None, content_type="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, method=method)
        if data is not None:
            request.add_header("Content-Type", content_type)
        if self.token:
            request.add_header("Authorization", f"Token {self.token}")
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    def login(self):
        self.token = self.call("POST", "/api/auth/token/", {"email": self.env["MEDIRECORD_ADMIN_EMAIL"],
                                                            "password": self.env["MEDIRECORD_ADMIN_PASSWORD"]})["token"]

    def wait_for_jobs(self):
        """Until what creating the patients caused is done: it must not be measured with what follows. Other work waits for its hour."""
        for kind in ("patient.send_activation", "outbox.send"):
            for state in ("ready", "running"):
                while self.call("GET", f"/api/jobs/?state={state}&kind={kind}&page_size=1")["count"]:
                    time.sleep(0.2)

    def seed(self, requests_file, paced):
        """Creates the patients through the API, as a clinic would."""
        write_requests(requests_file, [("POST", "/api/patients/", person(i)) for i in range(PATIENTS)], self.token)
        subprocess.run([paced, str(self.port), str(PATIENTS / 10), "10", "32", requests_file], check=True, stdout=subprocess.PIPE)
        count = self.call("GET", "/api/patients/?page_size=1")["count"]
        if count != PATIENTS:
            raise SystemExit(f"bench: {count} patients after seeding, not {PATIENTS}")
        self.wait_for_jobs()

    def first_id(self):
        return self.call("GET", "/api/patients/?page_size=1&ordering=created_at")["results"][0]["id"]


def write_requests(path, requests, token):
    """Whole HTTP requests for bench/paced, each after its length."""
    with open(path, "wb") as out:
        for method, where, body in requests:
            data = json.dumps(body).encode() if body is not None else b""
            head = f"{method} {where} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token {token}\r\n"
            if data:
                head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
            whole = head.encode() + b"\r\n" + data
            out.write(f"{len(whole)}\n".encode() + whole)


class Baseline:
    """Django, Gunicorn and PostgreSQL with kept connections: the tuned form of what the specification names."""
    name = "Django (tuned)"
    token = "0123456789abcdef0123456789abcdef01234567"
    phone = "+1%011d"
    port = 8003

    @staticmethod
    def folder():
        """Where its sources lie, or None."""
        where = os.environ.get("MEDIRECORD_BENCH_BASELINE")
        source = pathlib.Path(where) if where else pathlib.Path(__file__).resolve().parents[2] / "shared" / "bench"
        return source if (source / "django_peer" / "manage.py").exists() else None

    def __init__(self, source, folder):
        self.home = folder / "baseline"
        self.source = self.home / "src"
        shutil.copytree(source, self.source)
        for file in self.source.rglob("*"):
            if file.is_file():
                file.chmod(0o644)
                text = file.read_bytes()
                if b"@P@" in text:
                    file.write_bytes(text.replace(b"@P@", str(self.home).encode()))
            else:
                file.chmod(0o755)
        self.process = None

    def shell(self, command):
        """Runs a line with the baseline's own helpers."""
        script = f". {self.source}/common.sh; cd {self.source}/django_peer; export PEER_RUN=$RUN PEER_DB=pg PEER_CONN_MAX_AGE=60; {command}"
        return subprocess.run(["bash", "-c", script], check=True, capture_output=True, text=True).stdout

    def start(self):
        begin = time.monotonic()
        script = (f". {self.source}/common.sh; cd {self.source}/django_peer; export PEER_RUN=$RUN PEER_DB=pg PEER_CONN_MAX_AGE=60; "
                  f"exec gunicorn --workers 3 --bind 127.0.0.1:{self.port} --access-logfile $RUN/a.log --error-logfile $RUN/e.log "
                  "mediServe.wsgi:application")
        self.process = subprocess.Popen(["bash", "-c", script], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(f"http://127.0.0.1:{self.port}/api/health/")
        return time.monotonic() - begin

    def seed(self):
        self.shell("pg_up && $PY manage.py migrate && $PY seed.py")

    @property
    def pids(self):
        postmaster = int((self.home / "pg" / "data" / "postmaster.pid").read_text().split()[0])
        return [self.process.pid, postmaster]

    def first_id(self):
        return int(self.shell("psql -Atc 'select min(id) from patients_patient'"))

    def forget_created(self):
        """Drops what a round of creating made, so that each round pages through the same patients."""
        self.shell("psql -qc \"delete from patients_patient where phone like '+1%'\" -c 'vacuum analyze patients_patient'")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(30)
        self.shell("pg_down")

    @staticmethod
    def why_not():
        """What stands in the way of running it here, or None."""
        if getpass.getuser() != "root":
            return "its PostgreSQL cluster is made by root"
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return "there is no PostgreSQL"
        missing = [t for t in ("gunicorn", "psql", "wrk") if not shutil.which(t)]
        return f"no {', '.join(missing)}" if missing else None
