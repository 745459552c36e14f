#include "base/config.h"

#include "base/dotenv.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/config_values.h"

static const struct message no_sender = {
    "default_from_email_missing",
    "EMAIL_HOST est donné sans DEFAULT_FROM_EMAIL : dites de quelle adresse partent les courriels.",
    "EMAIL_HOST is given without DEFAULT_FROM_EMAIL: say from which address mails are sent."
};
static const struct message plain_mail = {
    "email_not_encrypted", "EMAIL_USE_TLS=false n’est permis que vers cette machine (EMAIL_HOST=localhost).",
    "EMAIL_USE_TLS=false is allowed only to this machine (EMAIL_HOST=localhost)."
};
static const struct message env_unreadable = { "env_unreadable",
                                               "Le fichier .env existe mais ne peut pas être lu.",
                                               "The .env file is there but cannot be read." };
static const struct message unknown_name = {
    "setting_unknown", "Le fichier .env contient un réglage inconnu : {}. Vérifiez l’orthographe.",
    "The .env file has an unknown setting: {}. Check the spelling."
};
static const struct message not_text = { "setting_not_text", "Le réglage {} n’est pas un texte UTF-8.",
                                         "The setting {} is not UTF-8 text." };
static const struct message password_alone = {
    "admin_email_missing", "MEDIRECORD_ADMIN_PASSWORD est donné sans MEDIRECORD_ADMIN_EMAIL.",
    "MEDIRECORD_ADMIN_PASSWORD is given without MEDIRECORD_ADMIN_EMAIL."
};

static const struct message twilio_incomplete = {
    "twilio_incomplete",
    "CHANNEL=twilio a besoin de TWILIO_ACCOUNT_SID, de TWILIO_AUTH_TOKEN et de TWILIO_WHATSAPP_NUMBER (ou de TWILIO_MESSAGING_SERVICE_SID).",
    "CHANNEL=twilio needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_NUMBER (or TWILIO_MESSAGING_SERVICE_SID)."
};
static const struct message meta_incomplete = {
    "meta_incomplete",
    "CHANNEL=meta a besoin de META_ACCESS_TOKEN, META_PHONE_NUMBER_ID, META_APP_SECRET et META_VERIFY_TOKEN.",
    "CHANNEL=meta needs META_ACCESS_TOKEN, META_PHONE_NUMBER_ID, META_APP_SECRET and META_VERIFY_TOKEN."
};

struct assignment {
    struct assignment *next;
    struct str name, value;
};

struct env_file {
    struct arena *arena;
    struct assignment *newest;
    const struct config_stored *stored;
    size_t stored_count;
};

static bool is_known(struct str name) {
    for (const struct setting *s = config_settings; s->name; s++)
        if (str_eq(name, str_from_c(s->name))) return true;
    return false;
}

static enum status keep_assignment(void *ctx, struct str name, struct str value, int line, struct err *e) {
    struct env_file *f = ctx;
    if (str_starts(name, STR("MEDIRECORD_")) && !is_known(name)) {
        enum status s = fail(e, E_INVALID, &unknown_name, "unknown setting in .env, line %d", line);
        err_arg(e, name);
        return s;
    }
    struct assignment *a = arena_alloc(f->arena, sizeof *a);
    if (!a) return fail(e, E_LIMIT, NULL, "no memory for the .env file");
    *a = (struct assignment) { f->newest, name, value };
    f->newest = a;
    return OK;
}

/* The bytes of .env; empty when there is none. */
static enum status read_env_file(struct arena *a, struct str *out, struct err *e) {
    enum status s = OK;
    size_t n = 0;
    char *p = NULL;
    *out = STR("");
    int fd = open(".env", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? OK : fail_errno(e, E_INVALID, &env_unreadable, ".env cannot be opened");

    p = arena_alloc(a, DOTENV_BYTES_MAX + 1);
    if (!p) {
        s = fail(e, E_LIMIT, NULL, "no memory for the .env file");
        goto out;
    }
    while (n <= DOTENV_BYTES_MAX) {
        ssize_t got = read(fd, p + n, DOTENV_BYTES_MAX + 1 - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            s = fail_errno(e, E_INVALID, &env_unreadable, ".env cannot be read");
            goto out;
        }
        if (got == 0) break;
        n += (size_t)got;
    }
    *out = (struct str) { p, n };
out:
    close(fd);
    return s;
}

static struct str stored_of(const struct setting *set, const struct env_file *f) {
    for (size_t i = 0; set->changeable && i < f->stored_count; i++)
        if (str_eq(f->stored[i].name, str_from_c(set->name))) return f->stored[i].value;
    return STR("");
}

/* The environment, else .env, else what was saved, else the default. An empty value counts as none. */
static struct str value_of(const struct setting *set, const struct env_file *f, enum config_source *source) {
    struct str name = str_from_c(set->name);
    struct str value = str_from_c(getenv(set->name));
    *source = value.n ? CONFIG_ENVIRONMENT : CONFIG_DEFAULT;
    for (const struct assignment *a = f->newest; a && value.n == 0; a = a->next)
        if (str_eq(a->name, name)) {
            value = a->value;
            if (value.n) *source = CONFIG_FILE;
            break;
        }
    if (value.n == 0 && (value = stored_of(set, f)).n) *source = CONFIG_STORED;
    return value.n ? value : str_from_c(set->fallback);
}

static enum status fail_setting(const struct setting *set, struct str value, const struct message *m,
                                struct err *e) {
    char shown[ERR_ARG_BYTES];
    struct str name = str_from_c(set->name);
    struct str text = set->secret ? STR("****") : utf8_prefix(value, sizeof shown - 2 - name.n);
    enum status s = fail(e, E_INVALID, m, "the setting %s has a bad value", set->name);
    memcpy(shown, name.p, name.n);
    shown[name.n] = '=';
    memcpy(shown + name.n + 1, text.p, text.n);
    err_arg(e, (struct str) { shown, name.n + 1 + text.n });
    return s;
}

static enum status load_setting(struct arena *a, const struct setting *set, const struct env_file *f,
                                struct config *c, struct err *e) {
    struct str value = value_of(set, f, &c->sources[set - config_settings]);
    if (!utf8_is_clean(value)) {
        enum status s = fail(e, E_INVALID, &not_text, "the setting %s is not UTF-8", set->name);
        err_arg(e, str_from_c(set->name));
        return s;
    }
    if (value.n == 0) return OK;
    const struct message *bad = setting_read(a, set, value, (char *)c + set->offset);
    return bad ? fail_setting(set, value, bad, e) : OK;
}

static int core_count(void) {
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > CONFIG_THREADS_MAX ? CONFIG_THREADS_MAX : n;
}

/* The folder of this program, with its slash; `exe` keeps it. */
static struct str program_dir(char *exe, size_t exe_bytes) {
    ssize_t n = readlink("/proc/self/exe", exe, exe_bytes);
    struct str dir = n > 0 ? (struct str) { exe, (size_t)n } : STR("./");
    while (dir.n > 0 && dir.p[dir.n - 1] != '/') dir.n--;
    return dir;
}

/* medirecord-extract beside the program, or where the build puts it. */
static bool default_extractor(struct arena *a, struct str *out) {
    char exe[4096];
    struct str dir = program_dir(exe, sizeof exe);
    if (!arena_printf(a, out, "%.*sextractor/medirecord-extract", STR_ARG(dir))) return false;
    if (access(out->p, X_OK) == 0) return true;
    return arena_printf(a, out, "%.*smedirecord-extract", STR_ARG(dir));
}

/* Where tools/web-build puts it, or where a package does. */
static bool default_web_dir(struct arena *a, struct str *out) {
    char exe[4096];
    struct str dir = program_dir(exe, sizeof exe);
    if (!arena_printf(a, out, "%.*sweb", STR_ARG(dir))) return false;
    if (access(out->p, R_OK) == 0) return true;
    return arena_printf(a, out, "%.*s../share/medirecord/web", STR_ARG(dir));
}

/* Mail and passwords go in plain text to nobody else. */
static bool is_this_machine(struct str host) {
    return str_eq(host, STR("localhost")) || str_starts(host, STR("127."));
}

/* What a carrier cannot do without. */
static enum status check_channel(const struct config *c, struct err *e) {
    bool twilio = c->twilio_account_sid.n && c->twilio_auth_token.n &&
                  (c->twilio_whatsapp_number.n || c->twilio_messaging_service_sid.n);
    bool meta =
        c->meta_access_token.n && c->meta_phone_number_id.n && c->meta_app_secret.n && c->meta_verify_token.n;
    if (c->channel == CHANNEL_TWILIO && !twilio)
        return fail(e, E_INVALID, &twilio_incomplete, "Twilio without its settings");
    if (c->channel == CHANNEL_META && !meta)
        return fail(e, E_INVALID, &meta_incomplete, "Meta without its settings");
    return OK;
}

static enum status fill_defaults(struct arena *a, struct config *c, struct err *e) {
    bool ok = true;
    if (c->workers == 0) c->workers = core_count();
    if (c->http_threads == 0) c->http_threads = core_count();
    if (c->database_url.n == 0)
        ok = arena_printf(a, &c->database_url, "sqlite:%.*s/medirecord.db", STR_ARG(c->data_dir));
    if (c->backup_dir.n == 0)
        ok = ok && arena_printf(a, &c->backup_dir, "%.*s/backups", STR_ARG(c->data_dir));
    if (c->extractor_path.n == 0) ok = ok && default_extractor(a, &c->extractor_path);
    if (c->web_dir.n == 0) ok = ok && default_web_dir(a, &c->web_dir);
    if (c->llm == LLM_BY_KEY) c->llm = c->gemini_api_key.n ? LLM_GEMINI : LLM_LOCAL;
    if (c->embedder == EMBEDDER_BY_KEY) c->embedder = c->gemini_api_key.n ? EMBEDDER_GEMINI : EMBEDDER_NONE;
    if (!ok) return fail(e, E_LIMIT, NULL, "no memory for the configuration");
    if (c->email_host.n && c->default_from_email.n == 0)
        return fail(e, E_INVALID, &no_sender, "a mail server without a sender");
    if (c->email_host.n && !c->email_use_tls && !is_this_machine(c->email_host))
        return fail(e, E_INVALID, &plain_mail, "a mail server elsewhere without TLS");
    if (c->admin_password.n && c->admin_email.n == 0)
        return fail(e, E_INVALID, &password_alone, "an administrator password without an address");
    return check_channel(c, e);
}

enum status config_load(struct arena *a, struct config *out, struct err *e) {
    struct config c = { 0 };
    enum status s = config_load_stored(a, NULL, 0, &c, e);
    if (s == OK) *out = c;
    return s;
}

const struct message *config_value_check(struct arena *a, struct str name, struct str value) {
    struct config scratch = { 0 };
    for (const struct setting *set = config_settings; set->name; set++)
        if (str_eq(name, str_from_c(set->name)))
            return utf8_is_clean(value) ? setting_read(a, set, value, (char *)&scratch + set->offset)
                                        : &not_text;
    return &unknown_name;
}

enum status config_load_stored(struct arena *a, const struct config_stored *stored, size_t count,
                               struct config *out, struct err *e) {
    struct env_file file = { a, NULL, stored, count };
    struct config c = { .root_key = out->root_key };
    struct str text;
    enum status s;
    if ((s = read_env_file(a, &text, e)) != OK) return s;
    if ((s = dotenv_parse(a, text, keep_assignment, &file, e)) != OK) return s;
    for (const struct setting *set = config_settings; set->name; set++)
        if ((s = load_setting(a, set, &file, &c, e)) != OK) return s;
    if ((s = fill_defaults(a, &c, e)) != OK) return s;
    *out = c;
    return OK;
}

void config_done(struct config *c) {
    crypto_wipe(&c->root_key, sizeof c->root_key);
}
