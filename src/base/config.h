#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H
/*
 * config -- the settings of docs and contract, read once at start, constant afterwards.
 *
 * Values come from the environment, else from `.env` in the working directory, else from what an administrator saved in the dashboard (of
 * some settings, once the database is open), else from the default. A bad value is an error
 * that names the setting, what it was not and what it can be (never the value of a secret). Unknown names in `.env`
 * that start with MEDIRECORD_ are an error too: a typing mistake must not pass silently.
 */
#include "base/arena.h"
#include "base/crypto.h"
#include "base/buf.h"
#include "base/log.h"

enum channel_kind { CHANNEL_SIMULATOR, CHANNEL_TWILIO, CHANNEL_META };

/* …_BY_KEY: not set; config_load() makes it Gemini when its key is there, else none. */
enum llm_kind { LLM_BY_KEY, LLM_LOCAL, LLM_GEMINI, LLM_OPENAI };
enum embedder_kind { EMBEDDER_BY_KEY, EMBEDDER_NONE, EMBEDDER_GEMINI, EMBEDDER_OPENAI };
enum vector_store_kind { VECTOR_STORE_DATABASE, VECTOR_STORE_PINECONE };

/* What a million tokens cost, or one message, in millionths of a dollar. */
struct price {
    bool known;
    int64_t micro_usd;
};

/* Where the value of a setting comes from. */
enum config_source { CONFIG_DEFAULT, CONFIG_STORED, CONFIG_FILE, CONFIG_ENVIRONMENT };
const char *config_source_name(enum config_source); /* "default", "dashboard", "file", "environment" */
enum { CONFIG_SETTINGS_MAX = 96 };

struct config {
    enum config_source sources[CONFIG_SETTINGS_MAX]; /* in the order of the settings */
    struct str listen;                               /* "127.0.0.1:8000", "unix:/path" */
    struct str public_url;                           /* without trailing slash */
    struct str data_dir;
    struct str database_url;                /* "sqlite:PATH" */
    struct str admin_email, admin_password; /* empty: not set */
    struct str default_region;              /* ISO 3166 alpha-2 */
    struct str emergency_number;
    struct str log_file;       /* empty: stderr */
    struct str extractor_path; /* medirecord-extract: MEDIRECORD_EXTRACTOR, default beside the program */
    struct str web_dir;        /* the built dashboard: MEDIRECORD_WEB_DIR, default web/ beside the program */
    struct str secret_key, secret_key_file; /* as given; empty: not set */
    struct key root_key;
    enum log_level log_level;
    bool log_json;
    enum channel_kind channel;
    struct str twilio_account_sid, twilio_auth_token, twilio_messaging_service_sid;
    struct str twilio_whatsapp_number, twilio_sms_number; /* E.164; empty: none */
    struct str twilio_api_base_url, twilio_content_base_url, twilio_messaging_base_url;
    struct str meta_access_token, meta_phone_number_id, meta_business_account_id, meta_app_secret,
        meta_verify_token;
    struct str meta_whatsapp_number; /* E.164, for links; empty: none */
    struct str meta_api_base_url, meta_api_version;
    int workers, http_threads; /* 1..64 */
    int message_rate;          /* messages a second */
    struct str time_zone;      /* the clinic's, of tzdata: "Africa/Dakar" */
    struct str quiet_hours;    /* no broadcast leaves then: "21:00-08:00"; empty: none */
    int people_per_day; /* different people whom the sender may write to with templates in 24 hours; 0: not known */
    struct str backup_dir;      /* default backups/ in the data directory */
    int backup_every_h;         /* 0: only when somebody asks */
    int backup_keep;            /* so many are kept; older ones go */
    int metrics_retention_days; /* how long samples of the services are kept */
    int model_call_retention_days; /* … the log of what was sent to models: by default a year and a month, to compare with the year before */
    int job_retention_days;         /* … jobs that are done */
    int backup_list_retention_days; /* … rows of backups whose files may be gone */
    int session_hours;              /* who signed in in a browser signs in again after so many */
    int take_over_reminder_min;     /* a doctor who does not answer is reminded after so many minutes */

    struct str email_host; /* empty: no mail is sent */
    int email_port;
    struct str email_user, email_password, default_from_email;
    bool email_use_tls;
    struct str admins; /* addresses, a comma between */

    enum llm_kind llm;
    enum embedder_kind embedder;
    int model_timeout_s; /* how long an answer may wait for models */
    struct str gemini_api_key, gemini_model, gemini_embed_model, gemini_api_base_url;
    struct str openai_base_url, openai_api_key, openai_model, openai_embed_model;
    struct price model_price_in, model_price_out, embed_price;
    struct price message_price, template_price_marketing, template_price_utility;
    enum vector_store_kind vector_store;
    struct str pinecone_api_key, pinecone_index_name, pinecone_api_base_url;
};

/* Everything but the root key. Strings live in the arena. */
enum status config_load(struct arena *, struct config *, struct err *) MUST_CHECK;

/* A value that somebody saved, as it would stand in .env. */
struct config_stored {
    struct str name, value;
};

/*
 * The same with saved values, by the same rules: each counts where neither the environment nor .env says anything. Those of settings that are not for
 * people to change are left out. The root key stays as it is in *config.
 */
enum status config_load_stored(struct arena *, const struct config_stored *, size_t count, struct config *,
                               struct err *) MUST_CHECK;

/* NULL when the value may stand for the setting, else what it can be ("{}" stands for the value). */
const struct message *config_value_check(struct arena *, struct str name, struct str value);

/* Reads MEDIRECORD_SECRET_KEY, its _FILE, or data_dir/secret.key, which is made (0600, its folder too) when `create` is set. */
enum status config_load_key(struct config *, bool create, struct err *) MUST_CHECK;

/* Wipes the root key. */
void config_done(struct config *);

/* A setting as people look at it: index from 0, false behind the last one. */
struct config_entry {
    const char *name;
    enum config_source source;
    bool secret, set;    /* set: it has a value */
    bool changeable;     /* in the dashboard, unless the environment or .env says it */
    struct str fallback; /* the default; empty: none, or worked out */
    /* In the arena. Of a secret its last four characters, if it is long enough to keep the others hidden; passwords in addresses are masked. */
    struct str value;
    const char *const *words; /* the values that it can have, up to NULL; NULL: not a choice */
};
bool config_entry_at(const struct config *, struct arena *, size_t index, struct config_entry *) MUST_CHECK;

/* One line a setting, "NAME=value", secrets as "NAME=****"; with_sources: " # environment" behind it. */
void config_print(const struct config *, bool with_sources, struct buf *out);

#endif
