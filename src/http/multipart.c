#include "http/multipart.h"

#include "http/part_head.h"

const struct message multipart_malformed = { "multipart_malformed", "Le formulaire envoyé est mal formé.",
                                             "The multipart form is malformed." };
const struct message multipart_incomplete = { "multipart_incomplete",
                                              "L’envoi s’est arrêté avant la fin du formulaire.",
                                              "The upload stopped before the end of the form." };

/* bcharsnospace and space of RFC 2046, section 5.1.1 */
static bool is_boundary(struct str s) {
    static const char marks[] = "'()+_,-./:=? ";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = is_ascii_letter(c) || is_digit(c);
        if (!letter && !memchr(marks, c, sizeof marks - 1)) return false;
    }
    return s.n > 0 && s.n <= BOUNDARY_MAX && s.p[s.n - 1] != ' ';
}

bool multipart_init(struct multipart *m, struct str boundary, const struct multipart_events *events) {
    if (!is_boundary(boundary)) return false;
    m->events = *events;
    m->state = MULTIPART_START;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.p, boundary.n);
    m->delimiter_n = 4 + boundary.n;
    m->matched = 2; /* the body starts as if an empty line stood before it */
    m->in_part = false;
    m->head_n = 0;
    return true;
}

static enum status malformed(struct err *e, const char *where) {
    return fail(e, E_INVALID, &multipart_malformed, "multipart: %s", where);
}

static enum status emit(struct multipart *m, struct str bytes, struct err *e) {
    return bytes.n ? m->events.data(m->events.ctx, bytes, e) : OK;
}

/* What looked like a delimiter is data. Before the first part there is none, so that only empty lines may stand there. */
static enum status give_back(struct multipart *m, struct err *e) {
    size_t whole = m->matched < m->delimiter_n ? m->matched : m->delimiter_n;
    bool one_more = m->matched > m->delimiter_n;
    m->matched = 0;
    if (m->state == MULTIPART_START)
        return whole == 2 && !one_more ? OK : malformed(e, "no boundary at the start");
    enum status s = emit(m, (struct str) { m->delimiter, whole }, e);
    if (s == OK && one_more) s = emit(m, (struct str) { &m->behind, 1 }, e);
    return s;
}

/* Both bytes behind a delimiter are there. */
static enum status after_delimiter(struct multipart *m, bool last, struct err *e) {
    enum status s = m->in_part ? m->events.end(m->events.ctx, e) : OK;
    m->in_part = false;
    m->matched = 0;
    m->head_n = 0;
    m->state = last ? MULTIPART_DONE : MULTIPART_HEAD;
    return s;
}

/* Looks at one byte that may continue a delimiter. *taken: it did, or began one. */
static enum status match_byte(struct multipart *m, char c, bool *taken, struct err *e) {
    *taken = true;
    if (m->matched < m->delimiter_n) {
        if (c == m->delimiter[m->matched]) {
            m->matched++;
            return OK;
        }
    } else if (m->matched == m->delimiter_n) {
        if (c == '\r' || c == '-') {
            m->behind = c;
            m->matched++;
            return OK;
        }
    } else if (c == (m->behind == '\r' ? '\n' : '-')) {
        return after_delimiter(m, c == '-', e);
    }
    enum status s = give_back(m, e);
    *taken = c == '\r';
    if (*taken) m->matched = 1;
    return s;
}

/* Data up to the next possible delimiter goes out as it lies in the input. */
static enum status feed_data(struct multipart *m, struct str bytes, size_t *at, struct err *e) {
    if (m->matched > 0) {
        bool taken;
        enum status s = match_byte(m, bytes.p[*at], &taken, e);
        if (s == OK && taken) (*at)++;
        return s;
    }
    if (m->state == MULTIPART_START && bytes.p[*at] != '\r') return malformed(e, "no boundary at the start");
    const char *from = bytes.p + *at, *stop = memchr(from, '\r', bytes.n - *at);
    size_t n = stop ? (size_t)(stop - from) : bytes.n - *at;
    *at += n;
    if (stop) {
        m->matched = 1;
        (*at)++;
    }
    return emit(m, (struct str) { from, n }, e);
}

static enum status feed_head(struct multipart *m, char c, struct err *e) {
    if (m->head_n == sizeof m->head) return malformed(e, "headers of a part are too long");
    m->head[m->head_n++] = c;
    if (c != '\n') return OK;
    struct str head = { m->head, m->head_n };
    if (!str_ends(head, STR("\r\n"))) return malformed(e, "bare line feed");
    if (head.n != 2 && !str_ends(head, STR("\r\n\r\n"))) return OK;

    struct part part;
    if (!part_head_parse(m->head, m->head_n - 2, &part)) return malformed(e, "headers of a part");
    m->state = MULTIPART_DATA;
    m->in_part = true;
    return m->events.begin(m->events.ctx, &part, e);
}

enum status multipart_feed(struct multipart *m, struct str bytes, struct err *e) {
    enum status s = OK;
    for (size_t at = 0; at < bytes.n && s == OK;) {
        switch (m->state) {
        case MULTIPART_HEAD: s = feed_head(m, bytes.p[at++], e); break;
        case MULTIPART_START:
        case MULTIPART_DATA: s = feed_data(m, bytes, &at, e); break;
        case MULTIPART_DONE: at = bytes.n; break;
        }
    }
    return s;
}

enum status multipart_finish(const struct multipart *m, struct err *e) {
    if (m->state == MULTIPART_DONE) return OK;
    return fail(e, E_INVALID, &multipart_incomplete, "multipart: no closing boundary");
}
