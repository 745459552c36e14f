#include "base/config_values.h"

#include "base/http_url.h"
#include "base/zone.h"

static const struct message no_memory = { "no_memory", "Mémoire insuffisante pour {}.",
                                          "Not enough memory for {}." };
static const struct message bad_listen = {
    "setting_listen_invalid",
    "{} n’est pas valable : il faut « hôte:port » (127.0.0.1:8000) ou « unix:/chemin ».",
    "{} is not valid: it must be host:port (127.0.0.1:8000) or unix:/path."
};
static const struct message bad_url = {
    "setting_url_invalid", "{} n’est pas valable : il faut une adresse http:// ou https:// sans espace.",
    "{} is not valid: it must be an http:// or https:// address without spaces."
};
static const struct message bad_database = {
    "setting_database_invalid", "{} n’est pas valable : il faut sqlite:CHEMIN ou postgresql://….",
    "{} is not valid: it must be sqlite:PATH or postgresql://…."
};
static const struct message bad_threads = { "setting_threads_invalid",
                                            "{} n’est pas valable : il faut un nombre entier de 1 à 64.",
                                            "{} is not valid: it must be a whole number from 1 to 64." };
static const struct message bad_rate = { "setting_rate_invalid",
                                         "{} n’est pas valable : il faut un nombre entier de 1 à 100000.",
                                         "{} is not valid: it must be a whole number from 1 to 100000." };
static const struct message bad_region = {
    "setting_region_invalid", "{} n’est pas valable : il faut un code de pays de deux lettres, comme SN.",
    "{} is not valid: it must be a country code of two letters, like SN."
};
static const struct message bad_phone = { "setting_phone_invalid",
                                          "{} n’est pas valable : il faut un numéro de 2 à 16 chiffres.",
                                          "{} is not valid: it must be a number of 2 to 16 digits." };
static const struct message bad_level = { "setting_level_invalid",
                                          "{} n’est pas valable : il faut error, warn, info ou debug.",
                                          "{} is not valid: it must be error, warn, info or debug." };
static const struct message bad_format = { "setting_format_invalid",
                                           "{} n’est pas valable : il faut text ou json.",
                                           "{} is not valid: it must be text or json." };
static const struct message bad_channel = { "setting_channel_invalid",
                                            "{} n’est pas valable : il faut simulator, twilio ou meta.",
                                            "{} is not valid: it must be simulator, twilio or meta." };
static const struct message bad_sender = {
    "setting_sender_invalid",
    "{} n’est pas valable : il faut un numéro avec son indicatif, comme +221338000000.",
    "{} is not valid: it must be a number with its country code, like +221338000000."
};
static const struct message bad_service_url = {
    "setting_service_url_invalid",
    "{} n’est pas valable : il faut une adresse https:// (ou http:// vers cette machine, comme http://127.0.0.1:8080/v1).",
    "{} is not valid: it must be an https:// address (or http:// to this machine, like http://127.0.0.1:8080/v1)."
};
static const struct message bad_llm = { "setting_llm_invalid",
                                        "{} n’est pas valable : il faut gemini, openai ou local.",
                                        "{} is not valid: it must be gemini, openai or local." };
static const struct message bad_embedder = { "setting_embedder_invalid",
                                             "{} n’est pas valable : il faut gemini, openai ou none.",
                                             "{} is not valid: it must be gemini, openai or none." };
static const struct message bad_store = { "setting_vector_store_invalid",
                                          "{} n’est pas valable : il faut database ou pinecone.",
                                          "{} is not valid: it must be database or pinecone." };
static const struct message bad_key = {
    "setting_key_invalid",
    "{} n’est pas valable : une clé est faite de lettres, chiffres et signes, sans espace.",
    "{} is not valid: a key is made of letters, digits and signs, without spaces."
};
static const struct message bad_name = {
    "setting_name_invalid", "{} n’est pas valable : lettres, chiffres et . _ : / - seulement, 128 au plus.",
    "{} is not valid: only letters, digits and . _ : / -, at most 128."
};
static const struct message bad_timeout = {
    "setting_timeout_invalid", "{} n’est pas valable : il faut un nombre de secondes de 1 à 120.",
    "{} is not valid: it must be a number of seconds from 1 to 120."
};
static const struct message bad_reminder = {
    "setting_reminder_invalid", "{} n’est pas valable : il faut un nombre de minutes de 1 à 1440.",
    "{} is not valid: it must be a number of minutes from 1 to 1440."
};
static const struct message bad_hours = {
    "setting_hours_invalid",
    "{} n’est pas valable : il faut un nombre d’heures de 1 à 720, ou 0 pour jamais.",
    "{} is not valid: it must be a number of hours from 1 to 720, or 0 for never."
};
static const struct message bad_keep = { "setting_keep_invalid",
                                         "{} n’est pas valable : il faut un nombre de 1 à 365.",
                                         "{} is not valid: it must be a number from 1 to 365." };
static const struct message bad_days = { "setting_days_invalid",
                                         "{} n’est pas valable : il faut un nombre de jours de 1 à 3650.",
                                         "{} is not valid: it must be a number of days from 1 to 3650." };
static const struct message bad_month_days = {
    "setting_month_days_invalid", "{} n’est pas valable : il faut un nombre de jours de 31 à 3650.",
    "{} is not valid: it must be a number of days from 31 to 3650."
};
static const struct message bad_session = { "setting_session_invalid",
                                            "{} n’est pas valable : il faut un nombre d’heures de 1 à 168.",
                                            "{} is not valid: it must be a number of hours from 1 to 168." };
static const struct message bad_price = { "setting_price_invalid",
                                          "{} n’est pas valable : il faut des dollars, comme 0.30.",
                                          "{} is not valid: it must be dollars, like 0.30." };
static const struct message bad_zone = {
    "setting_time_zone_invalid",
    "{} n’est pas valable : il faut un fuseau horaire que cette machine connaît (paquet tzdata), comme Africa/Dakar.",
    "{} is not valid: it must be a time zone that this machine knows (package tzdata), like Africa/Dakar."
};
static const struct message bad_span = { "setting_hours_invalid",
                                         "{} n’est pas valable : il faut deux heures, comme 21:00-08:00.",
                                         "{} is not valid: it must be two times, like 21:00-08:00." };
static const struct message bad_people = { "setting_people_invalid",
                                           "{} n’est pas valable : il faut un nombre entier de 1 à 10000000.",
                                           "{} is not valid: it must be a whole number from 1 to 10000000." };
static const struct message bad_email = { "setting_email_invalid",
                                          "{} n’est pas valable : il faut une adresse comme nom@exemple.sn.",
                                          "{} is not valid: it must be an address like name@example.sn." };
static const struct message bad_emails = {
    "setting_emails_invalid",
    "{} n’est pas valable : il faut des adresses comme nom@exemple.sn, séparées par des virgules.",
    "{} is not valid: it must be addresses like name@example.sn, separated by commas."
};
static const struct message bad_host = {
    "setting_host_invalid", "{} n’est pas valable : il faut un nom de serveur, comme smtp.exemple.sn.",
    "{} is not valid: it must be the name of a server, like smtp.example.sn."
};
static const struct message bad_port = { "setting_port_invalid",
                                         "{} n’est pas valable : il faut un nombre entier de 1 à 65535.",
                                         "{} is not valid: it must be a whole number from 1 to 65535." };
static const struct message bad_flag = { "setting_flag_invalid",
                                         "{} n’est pas valable : il faut true ou false.",
                                         "{} is not valid: it must be true or false." };
static const struct message bad_path = { "setting_path_invalid",
                                         "{} n’est pas valable : le chemin est trop long.",
                                         "{} is not valid: the path is too long." };

enum { PATH_BYTES_MAX = 3072 }; /* leaves room for the names that we add below it */
enum {
    KEY_BYTES_MAX = 512,
    NAME_BYTES_MAX = 128,
    PORT_MAX = 65535,
    HOST_BYTES_MAX = 253,
    EMAIL_BYTES_MAX = 254
};

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

static const struct message *read_reminder(struct arena *a, struct str value, void *field) {
    (void)a;
    return read_number(value, CONFIG_REMINDER_MAX, field) ? NULL : &bad_reminder;
}

static const struct message *read_hours(struct arena *a, struct str value, void *field) {
    enum { HOURS_MAX = 720 };
    (void)a;
    if (str_eq(value, STR("0"))) {
        *(int *)field = 0;
        return NULL;
    }
    return read_number(value, HOURS_MAX, field) ? NULL : &bad_hours;
}

static const struct message *read_keep(struct arena *a, struct str value, void *field) {
    enum { KEEP_MAX = 365 };
    (void)a;
    return read_number(value, KEEP_MAX, field) ? NULL : &bad_keep;
}

static const struct message *read_days(struct arena *a, struct str value, void *field) {
    (void)a;
    return read_number(value, CONFIG_RETENTION_DAYS_MAX, field) ? NULL : &bad_days;
}

/* What a month's account is made of, or what tells where last month's went, lasts at least that month. */
static const struct message *read_month_days(struct arena *a, struct str value, void *field) {
    enum { MONTH_DAYS = 31 };
    (void)a;
    return read_number(value, CONFIG_RETENTION_DAYS_MAX, field) && *(int *)field >= MONTH_DAYS
               ? NULL
               : &bad_month_days;
}

/* A computer that is left alone must not stay open for more than a week. */
static const struct message *read_session(struct arena *a, struct str value, void *field) {
    enum { WEEK_HOURS = 168 };
    (void)a;
    return read_number(value, WEEK_HOURS, field) ? NULL : &bad_session;
}

static const struct message *read_people(struct arena *a, struct str value, void *field) {
    enum { PEOPLE_MAX = 10000000 };
    (void)a;
    return read_number(value, PEOPLE_MAX, field) ? NULL : &bad_people;
}

/* Dakar keeps UTC all year, so that a machine without tzdata is right as well. */
static const struct message *read_zone(struct arena *a, struct str value, void *field) {
    if (str_eq(value, STR("Africa/Dakar")) && !zone_is_known(value)) value = STR("UTC");
    return zone_is_known(value) ? keep(a, value, field) : &bad_zone;
}

static const struct message *read_span(struct arena *a, struct str value, void *field) {
    struct day_span span;
    return day_span_parse(value, &span) ? keep(a, value, field) : &bad_span;
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
        bool digit = is_digit(value.p[i]);
        if (!digit && value.p[i] != ' ' && !(i == 0 && value.p[i] == '+')) return &bad_phone;
        digits += digit;
    }
    return digits >= 2 && digits <= 16 ? keep(a, value, field) : &bad_phone;
}

static bool is_email(struct str s) {
    size_t at = str_find_char(s, '@');
    bool quoted = str_find_char(s, '<') < s.n || str_find_char(s, '>') < s.n;
    return at > 0 && at + 1 < s.n && !has_space(s) && !quoted && s.n <= EMAIL_BYTES_MAX;
}

static const struct message *read_email(struct arena *a, struct str value, void *field) {
    return is_email(value) ? keep(a, value, field) : &bad_email;
}

static const struct message *read_emails(struct arena *a, struct str value, void *field) {
    struct str rest = value;
    for (struct str one = str_next_word(&rest, ", "); one.n; one = str_next_word(&rest, ", "))
        if (!is_email(one)) return &bad_emails;
    return keep(a, value, field);
}

static const struct message *read_host(struct arena *a, struct str value, void *field) {
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        bool ok = is_ascii_letter(c) || is_digit(c) || c == '.' || c == '-';
        if (!ok) return &bad_host;
    }
    return value.n <= HOST_BYTES_MAX ? keep(a, value, field) : &bad_host;
}

static const struct message *read_port(struct arena *a, struct str value, void *field) {
    (void)a;
    return read_number(value, PORT_MAX, field) ? NULL : &bad_port;
}

static const struct message *read_service_url(struct arena *a, struct str value, void *field) {
    while (value.n > 0 && value.p[value.n - 1] == '/') value.n--;
    return http_base_url_is_valid(value) ? keep(a, value, field) : &bad_service_url;
}

/* It becomes a header. */
static const struct message *read_key(struct arena *a, struct str value, void *field) {
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] <= ' ' || value.p[i] > '~') return &bad_key;
    return value.n <= KEY_BYTES_MAX ? keep(a, value, field) : &bad_key;
}

/* It becomes a part of an address. */
static const struct message *read_name(struct arena *a, struct str value, void *field) {
    for (size_t i = 0; i < value.n; i++) {
        char c = upper(value.p[i]);
        bool ok = (c >= 'A' && c <= 'Z') || is_digit(c) || strchr("._:/-", c);
        if (!ok) return &bad_name;
    }
    bool climbs = str_find(value, STR("..")) < value.n || str_find(value, STR("//")) < value.n;
    return value.n <= NAME_BYTES_MAX && !climbs ? keep(a, value, field) : &bad_name;
}

static const struct message *read_timeout(struct arena *a, struct str value, void *field) {
    (void)a;
    return read_number(value, CONFIG_MODEL_TIMEOUT_MAX, field) ? NULL : &bad_timeout;
}

/* Dollars with up to six decimals: "0.30", "0,30". */
static const struct message *read_price(struct arena *a, struct str value, void *field) {
    enum { DIGITS_MAX = 4, DECIMALS = 6 };
    struct price price = { .known = true };
    size_t whole = 0;

    (void)a;
    while (whole < value.n && value.p[whole] != '.' && value.p[whole] != ',') whole++;
    if (whole == 0 || whole > DIGITS_MAX || value.n > whole + 1 + DECIMALS) return &bad_price;
    for (size_t i = 0; i < whole + 1 + DECIMALS; i++) {
        char digit = i < value.n ? value.p[i] : '0';
        if (i == whole) continue;
        if (digit < '0' || digit > '9') return &bad_price;
        price.micro_usd = price.micro_usd * 10 + (digit - '0');
    }
    *(struct price *)field = price;
    return NULL;
}

/* The place of value in a list of words that ends with NULL; -1: none of them. */
static int word_index(struct str value, const char *const *words) {
    for (int i = 0; words[i]; i++)
        if (str_eq(value, str_from_c(words[i]))) return i;
    return -1;
}

static const char *const level_words[] = { "error", "warn", "info", "debug", NULL };
static const char *const format_words[] = { "text", "json", NULL };
static const char *const flag_words[] = { "false", "true", NULL };
static const char *const channel_words[] = { "simulator", "twilio", "meta", NULL };
/* The first is never read: it stands for "not set". */
static const char *const llm_words[] = { "", "local", "gemini", "openai", NULL };
static const char *const embedder_words[] = { "", "none", "gemini", "openai", NULL };
static const char *const store_words[] = { "database", "pinecone", NULL };

/* As Django reads it, and as people write it. */
static const struct message *read_flag(struct arena *a, struct str value, void *field) {
    static const char *const yes = "true True TRUE 1 yes on", *const no = "false False FALSE 0 no off";
    (void)a;
    if (!str_in_words(value, yes) && !str_in_words(value, no)) return &bad_flag;
    *(bool *)field = str_in_words(value, yes);
    return NULL;
}

/* "whatsapp:+14155238886" as Twilio writes it, or the number alone. */
static const struct message *read_sender(struct arena *a, struct str value, void *field) {
    static const struct str scheme = { "whatsapp:", 9 };
    enum { DIGITS_MIN = 8, DIGITS_MAX = 15 };
    if (str_starts(value, scheme)) value = str_sub(value, scheme.n, value.n);
    if (value.n < 1 + DIGITS_MIN || value.n > 1 + DIGITS_MAX || value.p[0] != '+') return &bad_sender;
    for (size_t i = 1; i < value.n; i++)
        if (!is_digit(value.p[i])) return &bad_sender;
    return keep(a, value, field);
}

const struct message *setting_read(struct arena *a, const struct setting *set, struct str value,
                                   void *field) {
    if (set->read) return set->read(a, value, field);
    int i = word_index(value, set->words);
    if (i < 0) return set->bad_word;
    if (set->shape == SHAPE_FLAG)
        *(bool *)field = i == 1;
    else
        *(int *)field = i;
    return NULL;
}

#define AT(member) offsetof(struct config, member)
#define SECRET     .secret = true
/* For people to change. */
#define PEOPLE .changeable = true

const struct setting config_settings[] = {
    { "MEDIRECORD_LISTEN", "127.0.0.1:8000", read_listen, AT(listen) },
    { "MEDIRECORD_PUBLIC_URL", "http://127.0.0.1:8000", read_url, AT(public_url) },
    { "MEDIRECORD_DATA_DIR", "./data", read_path, AT(data_dir) },
    { "MEDIRECORD_SECRET_KEY", NULL, read_text, AT(secret_key), SECRET },
    { "MEDIRECORD_SECRET_KEY_FILE", NULL, read_path, AT(secret_key_file) },
    { "MEDIRECORD_ADMIN_EMAIL", NULL, read_email, AT(admin_email) },
    { "MEDIRECORD_ADMIN_PASSWORD", NULL, read_text, AT(admin_password), SECRET },
    { "MEDIRECORD_WORKERS", NULL, read_threads, AT(workers), SHAPE_NUMBER },
    { "MEDIRECORD_HTTP_THREADS", NULL, read_threads, AT(http_threads), SHAPE_NUMBER },
    { "MEDIRECORD_DEFAULT_REGION", "SN", read_region, AT(default_region), PEOPLE },
    { "MEDIRECORD_LOG_LEVEL", "info", NULL, AT(log_level), SHAPE_WORD, .words = level_words,
      .bad_word = &bad_level },
    { "MEDIRECORD_LOG_FILE", NULL, read_path, AT(log_file) },
    { "MEDIRECORD_LOG_FORMAT", "text", NULL, AT(log_json), SHAPE_FLAG, .words = format_words,
      .bad_word = &bad_format },
    { "MEDIRECORD_EXTRACTOR", NULL, read_path, AT(extractor_path) },
    { "MEDIRECORD_WEB_DIR", NULL, read_path, AT(web_dir) },
    { "DATABASE_URL", NULL, read_database, AT(database_url) },
    { "CHANNEL", "simulator", NULL, AT(channel), SHAPE_WORD, .words = channel_words, .bad_word = &bad_channel,
      PEOPLE },
    { "TWILIO_ACCOUNT_SID", NULL, read_name, AT(twilio_account_sid) },
    { "TWILIO_AUTH_TOKEN", NULL, read_key, AT(twilio_auth_token), SECRET },
    { "TWILIO_WHATSAPP_NUMBER", NULL, read_sender, AT(twilio_whatsapp_number) },
    { "TWILIO_MESSAGING_SERVICE_SID", NULL, read_name, AT(twilio_messaging_service_sid) },
    { "TWILIO_SMS_NUMBER", NULL, read_sender, AT(twilio_sms_number) },
    { "TWILIO_API_BASE_URL", "https://api.twilio.com", read_service_url, AT(twilio_api_base_url) },
    { "TWILIO_CONTENT_BASE_URL", "https://content.twilio.com", read_service_url,
      AT(twilio_content_base_url) },
    { "TWILIO_MESSAGING_BASE_URL", "https://messaging.twilio.com", read_service_url,
      AT(twilio_messaging_base_url) },
    { "META_ACCESS_TOKEN", NULL, read_key, AT(meta_access_token), SECRET },
    { "META_PHONE_NUMBER_ID", NULL, read_name, AT(meta_phone_number_id) },
    { "META_BUSINESS_ACCOUNT_ID", NULL, read_name, AT(meta_business_account_id) },
    { "META_APP_SECRET", NULL, read_key, AT(meta_app_secret), SECRET },
    { "META_VERIFY_TOKEN", NULL, read_key, AT(meta_verify_token), SECRET },
    { "META_WHATSAPP_NUMBER", NULL, read_sender, AT(meta_whatsapp_number) },
    { "META_API_VERSION", "v26.0", read_name, AT(meta_api_version) },
    { "META_API_BASE_URL", "https://graph.facebook.com", read_service_url, AT(meta_api_base_url) },
    { "MESSAGE_RATE", "80", read_rate, AT(message_rate), SHAPE_NUMBER, PEOPLE },
    { "TIME_ZONE", "Africa/Dakar", read_zone, AT(time_zone), PEOPLE },
    { "BROADCAST_QUIET_HOURS", NULL, read_span, AT(quiet_hours), PEOPLE },
    { "SENDER_PEOPLE_PER_DAY", NULL, read_people, AT(people_per_day), SHAPE_NUMBER, PEOPLE },
    { "TAKE_OVER_REMINDER", "15", read_reminder, AT(take_over_reminder_min), SHAPE_NUMBER, PEOPLE },
    { "BACKUP_DIR", NULL, read_path, AT(backup_dir) },
    { "BACKUP_EVERY_HOURS", "24", read_hours, AT(backup_every_h), SHAPE_NUMBER, PEOPLE },
    { "BACKUP_KEEP", "3", read_keep, AT(backup_keep), SHAPE_NUMBER, PEOPLE },
    { "METRICS_RETENTION_DAYS", "30", read_days, AT(metrics_retention_days), SHAPE_NUMBER, PEOPLE },
    { "MODEL_CALL_RETENTION_DAYS", "396", read_month_days, AT(model_call_retention_days), SHAPE_NUMBER,
      PEOPLE },
    { "JOB_RETENTION_DAYS", "7", read_days, AT(job_retention_days), SHAPE_NUMBER, PEOPLE },
    { "BACKUP_LIST_RETENTION_DAYS", "180", read_month_days, AT(backup_list_retention_days), SHAPE_NUMBER,
      PEOPLE },
    { "SESSION_HOURS", "12", read_session, AT(session_hours), SHAPE_NUMBER, PEOPLE },
    { "EMERGENCY_NUMBER", "1515", read_phone, AT(emergency_number), PEOPLE },
    { "EMAIL_HOST", NULL, read_host, AT(email_host) },
    { "EMAIL_PORT", "587", read_port, AT(email_port), SHAPE_NUMBER },
    { "EMAIL_USER", NULL, read_text, AT(email_user) },
    { "EMAIL_PASSWORD", NULL, read_text, AT(email_password), SECRET },
    { "EMAIL_USE_TLS", "true", read_flag, AT(email_use_tls), SHAPE_FLAG, .words = flag_words },
    { "DEFAULT_FROM_EMAIL", NULL, read_email, AT(default_from_email) },
    { "ADMINS", NULL, read_emails, AT(admins), PEOPLE },
    { "LLM", NULL, NULL, AT(llm), SHAPE_WORD, .words = llm_words, .bad_word = &bad_llm, PEOPLE },
    { "EMBEDDER", NULL, NULL, AT(embedder), SHAPE_WORD, .words = embedder_words, .bad_word = &bad_embedder,
      PEOPLE },
    { "MODEL_TIMEOUT", "8", read_timeout, AT(model_timeout_s), SHAPE_NUMBER, PEOPLE },
    { "GEMINI_API_KEY", NULL, read_key, AT(gemini_api_key), SECRET },
    { "GEMINI_MODEL", "gemini-3.5-flash-lite", read_name, AT(gemini_model), PEOPLE },
    { "GEMINI_EMBED_MODEL", "gemini-embedding-2", read_name, AT(gemini_embed_model), PEOPLE },
    { "GEMINI_API_BASE_URL", "https://generativelanguage.googleapis.com", read_service_url,
      AT(gemini_api_base_url) },
    { "OPENAI_BASE_URL", NULL, read_service_url, AT(openai_base_url) },
    { "OPENAI_API_KEY", NULL, read_key, AT(openai_api_key), SECRET },
    { "OPENAI_MODEL", NULL, read_name, AT(openai_model), PEOPLE },
    { "OPENAI_EMBED_MODEL", NULL, read_name, AT(openai_embed_model), PEOPLE },
    { "MESSAGE_PRICE", NULL, read_price, AT(message_price), SHAPE_PRICE, PEOPLE },
    { "TEMPLATE_PRICE_MARKETING", NULL, read_price, AT(template_price_marketing), SHAPE_PRICE, PEOPLE },
    { "TEMPLATE_PRICE_UTILITY", NULL, read_price, AT(template_price_utility), SHAPE_PRICE, PEOPLE },
    { "MODEL_PRICE_IN", NULL, read_price, AT(model_price_in), SHAPE_PRICE, PEOPLE },
    { "MODEL_PRICE_OUT", NULL, read_price, AT(model_price_out), SHAPE_PRICE, PEOPLE },
    { "EMBED_PRICE", NULL, read_price, AT(embed_price), SHAPE_PRICE, PEOPLE },
    { "VECTOR_STORE", "database", NULL, AT(vector_store), SHAPE_WORD, .words = store_words,
      .bad_word = &bad_store },
    { "PINECONE_API_KEY", NULL, read_key, AT(pinecone_api_key), SECRET },
    { "PINECONE_INDEX_NAME", NULL, read_name, AT(pinecone_index_name) },
    { "PINECONE_API_BASE_URL", "https://api.pinecone.io", read_service_url, AT(pinecone_api_base_url) },
    { 0 },
};

_Static_assert(COUNT_OF(config_settings) <= CONFIG_SETTINGS_MAX, "room for the source of each");
