#include "base/config_values.h"

static const struct message no_memory = { "no_memory", "Mémoire insuffisante pour {}.",
                                          "Not enough memory for {}." };
static const struct message bad_listen = {
    "setting_listen_invalid",
    "{} n'est pas valable : il faut « hôte:port » (127.0.0.1:8000) ou « unix:/chemin ».",
    "{} is not valid: it must be host:port (127.0.0.1:8000) or unix:/path."
};
static const struct message bad_url = {
    "setting_url_invalid", "{} n'est pas valable : il faut une adresse http:// ou https:// sans espace.",
    "{} is not valid: it must be an http:// or https:// address without spaces."
};
static const struct message bad_database = {
    "setting_database_invalid", "{} n'est pas valable : il faut sqlite:CHEMIN ou postgresql://….",
    "{} is not valid: it must be sqlite:PATH or postgresql://…."
};
static const struct message bad_threads = { "setting_threads_invalid",
                                            "{} n'est pas valable : il faut un nombre entier de 1 à 64.",
                                            "{} is not valid: it must be a whole number from 1 to 64." };
static const struct message bad_rate = { "setting_rate_invalid",
                                         "{} n'est pas valable : il faut un nombre entier de 1 à 1000.",
                                         "{} is not valid: it must be a whole number from 1 to 1000." };
static const struct message bad_region = {
    "setting_region_invalid", "{} n'est pas valable : il faut un code de pays de deux lettres, comme SN.",
    "{} is not valid: it must be a country code of two letters, like SN."
};
static const struct message bad_phone = { "setting_phone_invalid",
                                          "{} n'est pas valable : il faut un numéro de 2 à 16 chiffres.",
                                          "{} is not valid: it must be a number of 2 to 16 digits." };
static const struct message bad_level = { "setting_level_invalid",
                                          "{} n'est pas valable : il faut error, warn, info ou debug.",
                                          "{} is not valid: it must be error, warn, info or debug." };
static const struct message bad_format = { "setting_format_invalid",
                                           "{} n'est pas valable : il faut text ou json.",
                                           "{} is not valid: it must be text or json." };
static const struct message bad_channel = { "setting_channel_invalid",
                                            "{} n'est pas valable : il faut simulator, twilio ou meta.",
                                            "{} is not valid: it must be simulator, twilio or meta." };
static const struct message channel_not_built = {
    "setting_channel_not_built", "{} : cette version ne connaît que le simulateur. Mettez CHANNEL=simulator.",
    "{}: this version has the simulator only. Set CHANNEL=simulator."
};
static const struct message bad_email = { "setting_email_invalid",
                                          "{} n'est pas valable : il faut une adresse comme nom@exemple.sn.",
                                          "{} is not valid: it must be an address like name@example.sn." };
static const struct message bad_path = { "setting_path_invalid",
                                         "{} n'est pas valable : le chemin est trop long.",
                                         "{} is not valid: the path is too long." };

enum { PATH_BYTES_MAX = 3072 }; /* leaves room for the names that we add below it */

static const struct message *keep(struct arena *a, struct str value, void *field) {
    return arena_dup(a, value, field) ? NULL : &no_memory;
}

static const struct message *read_text(struct arena *a, struct str value, void *field) {
    return keep(a, value, field);
}

static const struct message *read_path(struct arena *a, struct str value, void *field) {
    while (value.n > 1 && value.p[value.n - 1] == '/') value.n--;
    return value.n > PATH_BYTES_MAX ? &bad_path : keep(a, value, field);
}

static bool has_space(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ') return true;
    return false;
}

static const struct message *read_listen(struct arena *a, struct str value, void *field) {
    int64_t port;
    if (str_starts(value, STR("unix:"))) return value.n > 5 ? keep(a, value, field) : &bad_listen;
    size_t colon = value.n;
    while (colon > 0 && value.p[colon - 1] != ':') colon--;
    if (colon < 2 || has_space(value)) return &bad_listen;
    if (!str_to_i64(str_sub(value, colon, value.n), &port) || port < 0 || port > 65535) return &bad_listen;
    return keep(a, value, field);
}

static const struct message *read_url(struct arena *a, struct str value, void *field) {
    while (value.n > 0 && value.p[value.n - 1] == '/') value.n--;
    bool http = str_starts(value, STR("http://")) && value.n > 7;
    bool https = str_starts(value, STR("https://")) && value.n > 8;
    return (http || https) && !has_space(value) ? keep(a, value, field) : &bad_url;
}

static const struct message *read_database(struct arena *a, struct str value, void *field) {
    bool known = (str_starts(value, STR("sqlite:")) && value.n > 7) ||
                 str_starts(value, STR("postgresql://")) || str_starts(value, STR("postgres://"));
    return known ? keep(a, value, field) : &bad_database;
}

static bool read_number(struct str value, int64_t max, void *field) {
    int64_t n;
    if (!str_to_i64(value, &n) || n < 1 || n > max) return false;
    *(int *)field = (int)n;
    return true;
}

static const struct message *read_threads(struct arena *a, struct str value, void *field) {
    (void)a;
    return read_number(value, CONFIG_THREADS_MAX, field) ? NULL : &bad_threads;
}

static const struct message *read_rate(struct arena *a, struct str value, void *field) {
    (void)a;
    return read_number(value, CONFIG_MESSAGE_RATE_MAX, field) ? NULL : &bad_rate;
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static const struct message *read_region(struct arena *a, struct str value, void *field) {
    char code[2];
    if (value.n != 2) return &bad_region;
    for (size_t i = 0; i < 2; i++) {
        code[i] = upper(value.p[i]);
        if (code[i] < 'A' || code[i] > 'Z') return &bad_region;
    }
    return keep(a, (struct str) { code, 2 }, field);
}

static const struct message *read_phone(struct arena *a, struct str value, void *field) {
    size_t digits = 0;
    for (size_t i = 0; i < value.n; i++) {
        bool digit = value.p[i] >= '0' && value.p[i] <= '9';
        if (!digit && value.p[i] != ' ' && !(i == 0 && value.p[i] == '+')) return &bad_phone;
        digits += digit;
    }
    return digits >= 2 && digits <= 16 ? keep(a, value, field) : &bad_phone;
}

static const struct message *read_email(struct arena *a, struct str value, void *field) {
    size_t at = str_find_char(value, '@');
    bool ok = at > 0 && at + 1 < value.n && !has_space(value) && value.n <= 254;
    return ok ? keep(a, value, field) : &bad_email;
}

/* The place of value in a list of words; -1: none of them. */
static int word_index(struct str value, const char *const *words, int count) {
    for (int i = 0; i < count; i++)
        if (str_eq(value, str_from_c(words[i]))) return i;
    return -1;
}

static const char *const level_words[] = { "error", "warn", "info", "debug" };
static const char *const format_words[] = { "text", "json" };
static const char *const channel_words[] = { "simulator", "twilio", "meta" };

static const struct message *read_level(struct arena *a, struct str value, void *field) {
    (void)a;
    int i = word_index(value, level_words, COUNT_OF(level_words));
    if (i < 0) return &bad_level;
    *(enum log_level *)field = (enum log_level)i;
    return NULL;
}

static const struct message *read_format(struct arena *a, struct str value, void *field) {
    (void)a;
    int i = word_index(value, format_words, COUNT_OF(format_words));
    if (i < 0) return &bad_format;
    *(bool *)field = i == 1;
    return NULL;
}

static const struct message *read_channel(struct arena *a, struct str value, void *field) {
    (void)a;
    int i = word_index(value, channel_words, COUNT_OF(channel_words));
    if (i < 0) return &bad_channel;
    if (i != CHANNEL_SIMULATOR) return &channel_not_built;
    *(enum channel_kind *)field = CHANNEL_SIMULATOR;
    return NULL;
}

#define AT(member) offsetof(struct config, member)

const struct setting config_settings[] = {
    { "MEDIRECORD_LISTEN", "127.0.0.1:8000", read_listen, AT(listen), SHAPE_TEXT, false },
    { "MEDIRECORD_PUBLIC_URL", "http://127.0.0.1:8000", read_url, AT(public_url), SHAPE_TEXT, false },
    { "MEDIRECORD_DATA_DIR", "./data", read_path, AT(data_dir), SHAPE_TEXT, false },
    { "MEDIRECORD_SECRET_KEY", NULL, read_text, AT(secret_key), SHAPE_TEXT, true },
    { "MEDIRECORD_SECRET_KEY_FILE", NULL, read_path, AT(secret_key_file), SHAPE_TEXT, false },
    { "MEDIRECORD_ADMIN_EMAIL", NULL, read_email, AT(admin_email), SHAPE_TEXT, false },
    { "MEDIRECORD_ADMIN_PASSWORD", NULL, read_text, AT(admin_password), SHAPE_TEXT, true },
    { "MEDIRECORD_WORKERS", NULL, read_threads, AT(workers), SHAPE_NUMBER, false },
    { "MEDIRECORD_HTTP_THREADS", NULL, read_threads, AT(http_threads), SHAPE_NUMBER, false },
    { "MEDIRECORD_DEFAULT_REGION", "SN", read_region, AT(default_region), SHAPE_TEXT, false },
    { "MEDIRECORD_LOG_LEVEL", "info", read_level, AT(log_level), SHAPE_LEVEL, false },
    { "MEDIRECORD_LOG_FILE", NULL, read_path, AT(log_file), SHAPE_TEXT, false },
    { "MEDIRECORD_LOG_FORMAT", "text", read_format, AT(log_json), SHAPE_FORMAT, false },
    { "MEDIRECORD_EXTRACTOR", NULL, read_path, AT(extractor_path), SHAPE_TEXT, false },
    { "DATABASE_URL", NULL, read_database, AT(database_url), SHAPE_TEXT, false },
    { "CHANNEL", "simulator", read_channel, AT(channel), SHAPE_CHANNEL, false },
    { "MESSAGE_RATE", "80", read_rate, AT(message_rate), SHAPE_NUMBER, false },
    { "EMERGENCY_NUMBER", "1515", read_phone, AT(emergency_number), SHAPE_TEXT, false },
    { NULL, NULL, NULL, 0, SHAPE_TEXT, false },
};

/* A database address may hold a password: everything between :// and the last @. */
static void print_text(struct str value, struct buf *out) {
    size_t scheme = str_find(value, STR("://"));
    size_t at = value.n;
    while (at > 0 && value.p[at - 1] != '@') at--;
    if (scheme == value.n || at == 0 || at < scheme) {
        buf_add(out, value);
        return;
    }
    buf_add(out, str_sub(value, 0, scheme + 3));
    buf_add(out, STR("****@"));
    buf_add(out, str_sub(value, at, value.n));
}

static void print_field(const struct setting *set, const void *field, struct buf *out) {
    switch (set->shape) {
    case SHAPE_TEXT: {
        const struct str *text = field;
        if (set->secret)
            buf_add(out, text->n ? STR("****") : STR(""));
        else
            print_text(*text, out);
        break;
    }
    case SHAPE_NUMBER: buf_add_i64(out, *(const int *)field); break;
    case SHAPE_LEVEL: buf_add(out, str_from_c(level_words[*(const enum log_level *)field])); break;
    case SHAPE_FORMAT: buf_add(out, str_from_c(format_words[*(const bool *)field])); break;
    case SHAPE_CHANNEL: buf_add(out, str_from_c(channel_words[*(const enum channel_kind *)field])); break;
    }
}

void config_print(const struct config *c, struct buf *out) {
    for (const struct setting *set = config_settings; set->name; set++) {
        buf_addf(out, "%s=", set->name);
        print_field(set, (const char *)c + set->offset, out);
        buf_add_char(out, '\n');
    }
}
