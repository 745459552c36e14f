#include "base/log.h"

#include "base/clock.h"
#include "base/json_out.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_BYTES_MAX = 8 * 1024 };

/* The one global of the program: where the log goes. Set by log_open() before threads start. */
static struct {
    pthread_mutex_t lock;
    enum log_level level;
    int fd;
    bool json, own_fd;
} sink = { .lock = PTHREAD_MUTEX_INITIALIZER, .level = LOG_INFO, .fd = STDERR_FILENO };

static const struct message cannot_open = {
    "log_file_cannot_open", "Le fichier journal {} ne peut pas être ouvert (MEDIRECORD_LOG_FILE).",
    "The log file {} cannot be opened (MEDIRECORD_LOG_FILE)."
};

static const char *const level_names[] = { "error", "warn", "info", "debug" };

enum status log_open(const struct log_options *o, struct err *e) {
    int fd = STDERR_FILENO;
    if (o->file) {
        fd = open(o->file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) {
            enum status s = fail_errno(e, E_INVALID, &cannot_open, "the log file cannot be opened");
            err_arg(e, str_from_c(o->file));
            return s;
        }
    }
    log_close();
    sink.level = o->level;
    sink.json = o->json;
    sink.fd = fd;
    sink.own_fd = o->file != NULL;
    return OK;
}

void log_close(void) {
    if (sink.own_fd) close(sink.fd);
    sink.own_fd = false;
    sink.fd = STDERR_FILENO;
}

static void add_text_value(struct buf *b, const char *text) {
    bool plain = *text != '\0';
    for (const char *c = text; *c; c++)
        plain = plain && (unsigned char)*c > ' ' && *c != '"' && *c != '=' && *c != 127;
    if (plain) {
        buf_add(b, str_from_c(text));
    } else {
        struct json_out j = json_out_to(b); /* quotes and escapes: one event stays one line */
        json_put_str(&j, str_from_c(text));
    }
}

static void add_text_fields(struct buf *b, const struct log_field *fields, size_t count) {
    for (size_t i = 0; i < count && fields[i].key; i++) {
        buf_addf(b, " %s=", fields[i].key);
        if (fields[i].text) {
            add_text_value(b, fields[i].text);
        } else {
            buf_add_i64(b, fields[i].number);
        }
    }
}

static void add_json_fields(struct json_out *j, const struct log_field *fields, size_t count) {
    for (size_t i = 0; i < count && fields[i].key; i++) {
        json_put_key(j, fields[i].key);
        if (fields[i].text) {
            json_put_str(j, str_from_c(fields[i].text));
        } else {
            json_put_int(j, fields[i].number);
        }
    }
}

/* One write a line, so that lines of several processes in one file stay whole. */
static void write_line(struct str line) {
    pthread_mutex_lock(&sink.lock);
    while (line.n > 0) {
        ssize_t n = write(sink.fd, line.p, line.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break; /* nowhere left to complain */
        line = str_sub(line, (size_t)n, line.n);
    }
    pthread_mutex_unlock(&sink.lock);
}

static void write_event(enum log_level level, const char *event, const struct log_field *a, size_t a_count,
                        const struct log_field *b, size_t b_count) {
    int kept_errno = errno;
    struct buf line;
    char now[TIME_ISO_BYTES];
    struct clock clock = clock_system();
    time_format_iso(clock_now_us(&clock), now);
    buf_init(&line, LINE_BYTES_MAX);
    if (sink.json) {
        struct json_out j = json_out_to(&line);
        json_put_object(&j);
        json_field_str(&j, "time", str_from_c(now));
        json_field_str(&j, "level", str_from_c(level_names[level]));
        json_field_str(&j, "event", str_from_c(event));
        add_json_fields(&j, a, a_count);
        add_json_fields(&j, b, b_count);
        json_put_object_end(&j);
    } else {
        buf_addf(&line, "%s %-5s %s", now, level_names[level], event);
        add_text_fields(&line, a, a_count);
        add_text_fields(&line, b, b_count);
    }
    buf_add_char(&line, '\n');
    if (buf_ok(&line)) {
        write_line(buf_str(&line));
    } else {
        write_line(STR("{\"level\":\"error\",\"event\":\"log_line_lost\"}\n"));
    }
    buf_done(&line);
    errno = kept_errno;
}

void log_event(enum log_level level, const char *event, const struct log_field *fields, size_t count) {
    if (level <= sink.level) write_event(level, event, fields, count, NULL, 0);
}

void log_failure(enum log_level level, const char *event, enum status s, const struct err *e,
                 const struct log_field *fields, size_t count) {
    struct log_field why[4];
    size_t n = 0;
    if (level > sink.level) return;
    why[n++] = LOG_TEXT("status", status_name(s));
    if (e && e->message) why[n++] = LOG_TEXT("code", e->message->code);
    if (e && e->detail[0]) why[n++] = LOG_TEXT("detail", e->detail);
    if (e && e->sys) {
        const char *sys = strerrorname_np(e->sys);
        why[n++] = sys ? LOG_TEXT("errno", sys) : LOG_INT("errno", e->sys);
    }
    write_event(level, event, fields, count, why, n);
}
