"""How long answers take, without a model: a patient with about 1,000 chunks, questions of every kind."""
import http.client
import json
import statistics
import subprocess
import time

from servers import person

PHONE = person(0)["phone"]  # the first patient of the seeded ones
QUESTIONS = ["Quelle est ma dernière ordonnance ?", "Quelle est la posologie du medicament numero 17 ?", "Quel est mon taux de glycemie ?",
             "Mobilité de la hanche ?", "Quelles sont mes allergies ?"]
SEARCHED = "Mobilité de la hanche ?"  # no fact answers it: the passages are searched


def long_document(number, paragraphs):
    """A report with headings: a chunk or so each paragraph, no two alike."""
    places = ["genou", "épaule", "dos", "poignet", "cheville", "coude", "hanche"]
    lines = [f"COMPTE RENDU DE CONSULTATION numéro {number}", "Dakar, le 3 mars 2026", ""]
    for i in range(paragraphs):
        at = number * paragraphs + i
        lines += [f"OBSERVATION {at}", f"Le patient décrit une douleur au {places[at % 7]} apparue il y a {at % 90 + 1} jours, d'intensité "
                  f"{at % 10} sur 10, soulagée par le repos. L'examen retrouve une mobilité de {at % 140 + 20} degrés. La tension "
                  f"artérielle est à {110 + at % 50}/{60 + at % 30} mmHg, le poids à {50 + at % 60} kg. Conduite à tenir : repos, glace, "
                  f"surveillance et nouvelle consultation dans {at % 8 + 1} semaines si la douleur persiste.", ""]
    return "\n".join(lines).encode()


def upload(ours, patient_id, name, data):
    body = (f'--b\r\nContent-Disposition: form-data; name="patient_id"\r\n\r\n{patient_id}\r\n--b\r\nContent-Disposition: form-data; '
            f'name="file"; filename="{name}"\r\n\r\n').encode() + data + b"\r\n--b--\r\n"
    return ours.call("POST", "/api/documents/", body, "multipart/form-data; boundary=b")


def wait_until_read(ours, patient_id):
    """Until no document of the patient waits or is being read; answers how many failed."""
    for status in ("pending", "processing"):
        while ours.call("GET", f"/api/documents/?patient={patient_id}&status={status}&page_size=1")["count"]:
            time.sleep(0.02)
    return ours.call("GET", f"/api/documents/?patient={patient_id}&status=failed&page_size=1")["count"]


def activate(ours, phone=PHONE):
    return ours.call("POST", "/api/patients/confirm/", {"phone": phone, "valid": True})["id"]


def ask(connection, ours, query):
    """One question on a kept connection: seconds, and what the program says of its own time."""
    body = json.dumps({"patient_phone": PHONE, "query": query})
    begin = time.monotonic()
    connection.request("POST", "/api/rag/query/", body, {"Content-Type": "application/json", "Authorization": f"Token {ours.token}"})
    answer = json.load(connection.getresponse())
    return time.monotonic() - begin, answer["timings_ms"]


def in_program(build):
    """The same without HTTP, by bench_answers.c: medians of several runs, each with an assistant of its own."""
    subprocess.run(["ninja", "-C", build, "bench/bench_answers"], check=True, stdout=subprocess.DEVNULL)
    said = subprocess.run([build / "bench" / "bench_answers", build / "extractor" / "medirecord-extract"], check=True, capture_output=True, text=True).stdout
    found = dict(word.split("=") for word in said.split() if "=" in word)
    return [("retrieval for about 1,000 chunks in the program, cached / cold, medians of 7 runs",
             f"{found['retrieval_cached_ms']} / {found['retrieval_cold_ms']} ms", "", "", "≤ 0.3 / ≤ 5 ms"),
            ("answer without a model in the program, question to logged answer, p99, median of 7 runs",
             f"{found['answer_p99_ms']} ms (p50 {found['answer_p50_ms']})", "", "", "≤ 20 ms")]


def measure(ours):
    patient_id = activate(ours)
    for number in range(10):
        upload(ours, patient_id, f"{number}.txt", long_document(number, 100))
    failed = wait_until_read(ours, patient_id)
    if failed:
        return [("answers", f"{failed} documents could not be read", "", "", "")]
    ours.stop()
    ours.start()
    connection = http.client.HTTPConnection("127.0.0.1", ours.port)
    _, cold = ask(connection, ours, SEARCHED)
    times, retrieval = [], []
    for i in range(600):
        seconds, timings = ask(connection, ours, QUESTIONS[i % len(QUESTIONS)])
        times.append(seconds * 1000)
        if QUESTIONS[i % len(QUESTIONS)] == SEARCHED:
            retrieval.append(timings["record"] + timings["retrieve"])
    times.sort()
    rows = [("answer without a model, question to reply, p99", f"{times[len(times) * 99 // 100]:.1f} ms (p50 {statistics.median(times):.1f})", "", "", "≤ 20 ms")]
    rows.append(("retrieval for a patient with about 1,000 chunks, cached / cold",
                 f"{statistics.median(retrieval):.2f} / {cold['record'] + cold['retrieve']:.2f} ms", "", "", "≤ 0.3 / ≤ 5 ms"))
    return rows
