"""What must not be written: dangerous calls, loose ends, traces of one machine, a patient's words in a log."""
import re

BANNED = {
    "sprintf": "snprintf or arena_printf", "vsprintf": "vsnprintf", "strcpy": "arena_dup", "stpcpy": "arena_dup",
    "strcat": "a buf", "strncpy": "arena_dup", "strncat": "a buf", "gets": "a bounded read", "atoi": "str_to_i64",
    "atol": "str_to_i64", "atoll": "str_to_i64", "atof": "strtod with its end checked", "sscanf": "a parser",
    "strtok": "str_find_char", "gmtime": "date_of_us", "localtime": "date_of_us", "rand": "crypto_random",
    "srand": "crypto_random", "random": "crypto_random", "system": "os/", "popen": "os/", "alloca": "the arena",
    "strerror": "strerrordesc_np", "ctime": "time_format_iso", "asctime": "time_format_iso", "getpwnam": "getpwnam_r", "tmpnam": "mkstemp", "mktemp": "mkstemp",
}
BANNED_CALL = re.compile(r"(?<![\w.>])(" + "|".join(BANNED) + r")\s*\(")
WAITING = re.compile(r"(?<![\w.>])(sleep|usleep|nanosleep|thrd_sleep)\s*\(")
JS_WAITING = re.compile(r"\bsetTimeout\s*\(")

LOOSE_END = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~$/}-])/(?:home|root|work|Users|mnt)/[\w.-]+")
DOWNLOAD_HOST = re.compile(r"\b(?:registry|deb|security|proxy|snapshot)\.[a-z]+\.(?:org|io|com)\b")
TEXT = (".c", ".h", ".py", ".js", ".sh", ".sql", ".md", ".txt", ".json", ".build", ".service", ".socket", ".conf", ".yml", ".npmrc")

# The words of a person. What stands in a log is a number, a constant or an identifier of ours.
PERSONAL = re.compile(r"\b\w*(?:phone|first_name|last_name|full_name|patient_name|e_?mail|birth|allerg|medical_history|"
                      r"medication|password|secret|token|quote|question|answer|title|filename|remote_addr)\w*\b")
# Arguments of a log line or of the detail of a failure that carry text.
TEXT_ARGUMENT = re.compile(r"\b(?:STR_ARG|LOG_TEXT)\s*\(")
LOG_OR_FAIL = re.compile(r"\b(?:log_(?:event|failure|fields)|fail|fail_errno)\s*\(")


def call_end(code, open_at):
    """The offset of the bracket that closes the one at open_at."""
    depth = 0
    for at in range(open_at, len(code)):
        if code[at] == "(":
            depth += 1
        elif code[at] == ")":
            depth -= 1
            if depth == 0:
                return at
    return len(code)


def check_banned(tree):
    for file in tree.all_c:
        for m in BANNED_CALL.finditer(file.code):
            yield file.finding(file.line_of(m.start()), f"{m[1]}() is banned: use {BANNED[m[1]]}")


def check_waiting(tree):
    """A test waits for the event, never for the clock."""
    for file in tree.files(".c", ".js", under="tests/"):
        pattern = JS_WAITING if file.path.endswith(".js") else WAITING
        if file.path in ("tests/api/harness.js", "tests/fakes/service.js"):  # one waits for all, one plays what is slow
            continue
        code = file.code
        for m in pattern.finditer(code):
            yield file.finding(file.line_of(m.start()), "a test waits for the event, never for the clock")


def check_loose_ends(tree):
    for file in tree.files(*TEXT):
        for number, line in enumerate(file.lines, 1):
            found = LOOSE_END.search(line)
            if found:
                yield file.finding(number, f"{found[0]}: finish it, or leave it out and say so")


def check_traces(tree):
    for file in tree.files(*TEXT):
        if file.path.endswith("package-lock.json"):
            continue
        for number, line in enumerate(file.lines, 1):
            found = MACHINE_PATH.search(line) or DOWNLOAD_HOST.search(line)
            if found:
                yield file.finding(number, f"{found[0]}: nothing here may depend on one machine")


def check_personal_data(tree):
    for file in tree.product_c:
        for call in LOG_OR_FAIL.finditer(file.code):
            end = call_end(file.code, call.end() - 1)
            for argument in TEXT_ARGUMENT.finditer(file.code, call.end(), end):
                inside = file.code[argument.end():call_end(file.code, argument.end() - 1)]
                found = PERSONAL.search(inside)
                if found:
                    yield file.finding(file.line_of(argument.start()),
                                       f"{found[0]} may hold a person's words: logs and details carry ids only")


RULES = [check_banned, check_waiting, check_loose_ends, check_traces, check_personal_data]
