#include "test.h"

#include "base/config.h"
#include "base/dotenv.h"
#include "os/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *arena;
static char dir[64];

static const char *const names[] = {
    "MEDIRECORD_LISTEN",
    "MEDIRECORD_PUBLIC_URL",
    "MEDIRECORD_DATA_DIR",
    "MEDIRECORD_SECRET_KEY",
    "MEDIRECORD_SECRET_KEY_FILE",
    "MEDIRECORD_ADMIN_EMAIL",
    "MEDIRECORD_ADMIN_PASSWORD",
    "MEDIRECORD_WORKERS",
    "MEDIRECORD_HTTP_THREADS",
    "MEDIRECORD_DEFAULT_REGION",
    "MEDIRECORD_LOG_LEVEL",
    "MEDIRECORD_LOG_FILE",
    "MEDIRECORD_LOG_FORMAT",
    "MEDIRECORD_EXTRACTOR",
    "MEDIRECORD_WEB_DIR",
    "DATABASE_URL",
    "CHANNEL",
    "MESSAGE_RATE",
    "TIME_ZONE",
    "BROADCAST_QUIET_HOURS",
    "SENDER_PEOPLE_PER_DAY",
    "EMERGENCY_NUMBER",
};

static int start(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) unsetenv(names[i]);
    snprintf(dir, sizeof dir, "/tmp/medirecord-config-XXXXXX");
    arena = arena_new(1 << 20);
    return arena && mkdtemp(dir) && chdir(dir) == 0 && crypto_init(NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    unlink(".env");
    unlink("k");
    unlink("d/secret.key");
    rmdir("d");
    arena_free(arena);
    return chdir("/") == 0 && rmdir(dir) == 0 ? 0 : -1;
}

static void write_file(const char *name, const char *text, mode_t mode) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, mode);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static struct config load(void) {
    struct config c;
    struct err e = { 0 };
    if (config_load(arena, &c, &e) != OK) fail_msg("%s (%s)", e.detail, e.arg);
    return c;
}

static void has_the_defaults_of_the_contract(void **state) {
    (void)state;
    struct config c = load();
    assert_str_equal(c.listen, STR("127.0.0.1:8000"));
    assert_str_equal(c.public_url, STR("http://127.0.0.1:8000"));
    assert_str_equal(c.data_dir, STR("./data"));
    assert_str_equal(c.database_url, STR("sqlite:./data/medirecord.db"));
    assert_str_equal(c.default_region, STR("SN"));
    assert_str_equal(c.emergency_number, STR("1515"));
    assert_str_equal(c.log_file, STR(""));
    assert_true(str_ends(c.extractor_path, STR("/medirecord-extract")));
    assert_int_equal(c.log_level, LOG_INFO);
    assert_int_equal(c.channel, CHANNEL_SIMULATOR);
    assert_int_equal(c.message_rate, 80);
    assert_in_range(c.workers, 1, 64);
    assert_in_range(c.http_threads, 1, 64);
    assert_false(c.log_json);
}

static void the_environment_wins_over_the_file(void **state) {
    (void)state;
    write_file(".env",
               "MEDIRECORD_WORKERS=3\nMEDIRECORD_HTTP_THREADS=5\nMEDIRECORD_DATA_DIR=\"/srv/x/\"\n"
               "MEDIRECORD_HTTP_THREADS=6\nMEDIRECORD_DEFAULT_REGION=fr\nSOMETHING_ELSE=1\n"
               "MEDIRECORD_PUBLIC_URL=https://clinique.example/\nMEDIRECORD_LOG_FORMAT=json\nMESSAGE_RATE=\n",
               0600);
    setenv("MEDIRECORD_WORKERS", "7", 1);
    setenv("MEDIRECORD_LOG_LEVEL", "debug", 1);
    struct config c = load();
    assert_int_equal(c.workers, 7);
    assert_int_equal(c.http_threads, 6);
    assert_str_equal(c.data_dir, STR("/srv/x"));
    assert_str_equal(c.database_url, STR("sqlite:/srv/x/medirecord.db"));
    assert_str_equal(c.default_region, STR("FR"));
    assert_str_equal(c.public_url, STR("https://clinique.example"));
    assert_int_equal(c.log_level, LOG_DEBUG);
    assert_int_equal(c.message_rate, 80);
    assert_true(c.log_json);
}

static const struct {
    const char *name, *value, *code;
} bad_values[] = {
    { "MEDIRECORD_LISTEN", "8000", "setting_listen_invalid" },
    { "MEDIRECORD_LISTEN", "localhost:65536", "setting_listen_invalid" },
    { "MEDIRECORD_LISTEN", "unix:", "setting_listen_invalid" },
    { "MEDIRECORD_PUBLIC_URL", "clinique.example", "setting_url_invalid" },
    { "MEDIRECORD_WORKERS", "0", "setting_threads_invalid" },
    { "MEDIRECORD_WORKERS", "65", "setting_threads_invalid" },
    { "MEDIRECORD_HTTP_THREADS", "two", "setting_threads_invalid" },
    { "MEDIRECORD_DEFAULT_REGION", "SEN", "setting_region_invalid" },
    { "MEDIRECORD_LOG_LEVEL", "loud", "setting_level_invalid" },
    { "MEDIRECORD_LOG_FORMAT", "xml", "setting_format_invalid" },
    { "MEDIRECORD_ADMIN_EMAIL", "admin", "setting_email_invalid" },
    { "DATABASE_URL", "mysql://x", "setting_database_invalid" },
    { "CHANNEL", "smoke", "setting_channel_invalid" },
    { "TWILIO_WHATSAPP_NUMBER", "77 123 45 67", "setting_sender_invalid" },
    { "MESSAGE_RATE", "100001", "setting_rate_invalid" },
    { "TIME_ZONE", "Africa/Tombouctou2", "setting_time_zone_invalid" },
    { "TIME_ZONE", "../../../etc/passwd", "setting_time_zone_invalid" },
    { "BROADCAST_QUIET_HOURS", "21h-8h", "setting_hours_invalid" },
    { "BROADCAST_QUIET_HOURS", "21:00-24:00", "setting_hours_invalid" },
    { "SENDER_PEOPLE_PER_DAY", "0", "setting_people_invalid" },
    { "EMERGENCY_NUMBER", "SAMU", "setting_phone_invalid" },
    { "LLM", "gpt", "setting_llm_invalid" },
    { "LLM", "none", "setting_llm_invalid" },
    { "EMBEDDER", "local", "setting_embedder_invalid" },
    { "VECTOR_STORE", "qdrant", "setting_vector_store_invalid" },
    { "MODEL_TIMEOUT", "0", "setting_timeout_invalid" },
    { "MODEL_TIMEOUT", "121", "setting_timeout_invalid" },
    { "GEMINI_MODEL", "../files", "setting_name_invalid" },
    { "GEMINI_MODEL", "a model", "setting_name_invalid" },
    { "GEMINI_API_BASE_URL", "http://models.example", "setting_service_url_invalid" },
    { "OPENAI_BASE_URL", "http://192.168.1.7:8080/v1", "setting_service_url_invalid" },
    { "PINECONE_API_BASE_URL", "ftp://127.0.0.1", "setting_service_url_invalid" },
    { "MODEL_PRICE_IN", "cheap", "setting_price_invalid" },
    { "MODEL_PRICE_IN", ".5", "setting_price_invalid" },
    { "MODEL_PRICE_OUT", "1.2.3", "setting_price_invalid" },
    { "EMBED_PRICE", "0.1234567", "setting_price_invalid" },
    { "EMBED_PRICE", "-1", "setting_price_invalid" },
};

static void a_carrier_needs_its_settings(void **state) {
    static const struct {
        const char *channel, *code;
    } carriers[] = { { "twilio", "twilio_incomplete" }, { "meta", "meta_incomplete" } };
    struct config c;

    (void)state;
    setenv("TWILIO_ACCOUNT_SID", "AC1", 1);
    for (size_t i = 0; i < COUNT_OF(carriers); i++) {
        struct err e = { 0 };
        setenv("CHANNEL", carriers[i].channel, 1);
        assert_int_equal(config_load(arena, &c, &e), E_INVALID);
        assert_string_equal(e.message->code, carriers[i].code);
    }
    setenv("CHANNEL", "twilio", 1);
    setenv("TWILIO_AUTH_TOKEN", "t", 1);
    setenv("TWILIO_WHATSAPP_NUMBER", "whatsapp:+14155238886", 1);
    assert_int_equal(config_load(arena, &c, NULL), OK);
    assert_str_equal(c.twilio_whatsapp_number, STR("+14155238886"));
    unsetenv("CHANNEL");
    unsetenv("TWILIO_ACCOUNT_SID");
    unsetenv("TWILIO_AUTH_TOKEN");
    unsetenv("TWILIO_WHATSAPP_NUMBER");
}

static void bad_values_name_the_setting(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_values); i++) {
        struct config c;
        struct err e = { 0 };
        char shown[128];
        setenv(bad_values[i].name, bad_values[i].value, 1);
        assert_int_equal(config_load(arena, &c, &e), E_INVALID);
        assert_string_equal(e.message->code, bad_values[i].code);
        snprintf(shown, sizeof shown, "%s=%s", bad_values[i].name, bad_values[i].value);
        assert_string_equal(e.arg, shown);
        unsetenv(bad_values[i].name);
    }
    setenv("MEDIRECORD_ADMIN_PASSWORD", "\xFFsecret", 1);
    struct config c;
    struct err e = { 0 };
    assert_int_equal(config_load(arena, &c, &e), E_INVALID);
    assert_null(strstr(e.arg, "secret"));
    unsetenv("MEDIRECORD_ADMIN_PASSWORD");
    setenv("GEMINI_API_KEY", "a secret of two words", 1);
    e = (struct err) { 0 };
    assert_int_equal(config_load(arena, &c, &e), E_INVALID);
    assert_string_equal(e.message->code, "setting_key_invalid");
    assert_string_equal(e.arg, "GEMINI_API_KEY=****");
    unsetenv("GEMINI_API_KEY");
}

static void a_key_chooses_the_model_unless_it_is_said(void **state) {
    (void)state;
    struct config c = load();
    assert_int_equal(c.llm, LLM_LOCAL);
    assert_int_equal(c.embedder, EMBEDDER_NONE);
    assert_int_equal(c.vector_store, VECTOR_STORE_DATABASE);
    assert_int_equal(c.model_timeout_s, 8);
    assert_str_equal(c.gemini_api_base_url, STR("https://generativelanguage.googleapis.com"));
    assert_false(c.model_price_in.known);
    setenv("GEMINI_API_KEY", "AIza-something", 1);
    c = load();
    assert_int_equal(c.llm, LLM_GEMINI);
    assert_int_equal(c.embedder, EMBEDDER_GEMINI);
    setenv("LLM", "local", 1);
    setenv("EMBEDDER", "openai", 1);
    setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1/", 1);
    setenv("OPENAI_MODEL", "hf.co/someone/llama-3.2:3b_q4", 1);
    c = load();
    assert_int_equal(c.llm, LLM_LOCAL);
    assert_int_equal(c.embedder, EMBEDDER_OPENAI);
    assert_str_equal(c.openai_base_url, STR("http://127.0.0.1:8080/v1"));
    assert_str_equal(c.openai_model, STR("hf.co/someone/llama-3.2:3b_q4"));
    unsetenv("GEMINI_API_KEY"), unsetenv("LLM"), unsetenv("EMBEDDER");
    unsetenv("OPENAI_BASE_URL"), unsetenv("OPENAI_MODEL");
}

static void prices_are_read_and_told_alike(void **state) {
    (void)state;
    static const struct {
        const char *set, *told;
        int64_t micro_usd;
    } prices[] = { { "0.30", "0.3", 300000 }, { "2", "2", 2000000 },     { "0,000001", "0.000001", 1 },
                   { "12.", "12", 12000000 }, { "0.05", "0.05", 50000 }, { "0", "0", 0 } };
    for (size_t i = 0; i < COUNT_OF(prices); i++) {
        char line[64];
        struct buf out;
        setenv("MODEL_PRICE_IN", prices[i].set, 1);
        struct config c = load();
        assert_true(c.model_price_in.known);
        assert_int_equal(c.model_price_in.micro_usd, prices[i].micro_usd);
        buf_init(&out, 1 << 16);
        config_print(&c, false, &out);
        snprintf(line, sizeof line, "\nMODEL_PRICE_IN=%s\n", prices[i].told);
        assert_true(str_find(buf_str(&out), str_from_c(line)) < out.n);
        buf_done(&out);
    }
    unsetenv("MODEL_PRICE_IN");
}

static void what_was_saved_counts_where_nothing_else_says_it(void **state) {
    (void)state;
    const struct config_stored saved[] = { { STR("EMERGENCY_NUMBER"), STR("15") },
                                           { STR("MESSAGE_RATE"), STR("7") },
                                           { STR("TAKE_OVER_REMINDER"), STR("9") },
                                           { STR("GEMINI_API_KEY"), STR("stolen") },
                                           { STR("MEDIRECORD_DATA_DIR"), STR("/elsewhere") },
                                           { STR("NO_SUCH_SETTING"), STR("1") } };
    struct config c = { .root_key = { { 5 } } };
    struct buf out;
    setenv("MESSAGE_RATE", "20", 1);
    write_file(".env", "TAKE_OVER_REMINDER=30\n", 0600);
    assert_int_equal(config_load_stored(arena, saved, COUNT_OF(saved), &c, NULL), OK);
    assert_str_equal(c.emergency_number, STR("15"));
    assert_int_equal(c.message_rate, 20);
    assert_int_equal(c.take_over_reminder_min, 30);
    assert_int_equal(c.gemini_api_key.n, 0); /* no secret, and no place */
    assert_str_equal(c.data_dir, STR("./data"));
    assert_int_equal(c.root_key.b[0], 5);
    buf_init(&out, 1 << 16);
    config_print(&c, true, &out);
    const char *const lines[] = { "\nEMERGENCY_NUMBER=15 # dashboard\n", "\nMESSAGE_RATE=20 # environment\n",
                                  "\nTAKE_OVER_REMINDER=30 # file\n", "\nBACKUP_KEEP=3 # default\n" };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        assert_true(str_find(buf_str(&out), str_from_c(lines[i])) < out.n);
    buf_done(&out);
    unsetenv("MESSAGE_RATE");
}

static void a_saved_value_is_judged_like_any_other(void **state) {
    (void)state;
    const struct config_stored bad = { STR("TIME_ZONE"), STR("Mars/Olympus") },
                               alone = { STR("CHANNEL"), STR("twilio") };
    struct config c = { 0 };
    struct err e = { 0 };
    assert_int_equal(config_load_stored(arena, &bad, 1, &c, &e), E_INVALID);
    assert_string_equal(e.arg, "TIME_ZONE=Mars/Olympus");
    e = (struct err) { 0 };
    assert_int_equal(config_load_stored(arena, &alone, 1, &c, &e), E_INVALID);
    assert_string_equal(e.message->code, "twilio_incomplete");
    assert_null(config_value_check(arena, STR("TIME_ZONE"), STR("Europe/Paris")));
    assert_non_null(config_value_check(arena, bad.name, bad.value));
    assert_non_null(config_value_check(arena, STR("NO_SUCH_SETTING"), STR("1")));
    assert_non_null(config_value_check(arena, STR("ADMINS"), STR("a\xff@b.sn")));
}

static void a_typing_mistake_does_not_pass(void **state) {
    (void)state;
    struct config c;
    struct err e = { 0 };
    write_file(".env", "MEDIRECORD_WORKER=3\n", 0600);
    assert_int_equal(config_load(arena, &c, &e), E_INVALID);
    assert_string_equal(e.message->code, "setting_unknown");
    assert_string_equal(e.arg, "MEDIRECORD_WORKER");
    unlink(".env");
    setenv("MEDIRECORD_ADMIN_PASSWORD", "a long password", 1);
    e = (struct err) { 0 };
    assert_int_equal(config_load(arena, &c, &e), E_INVALID);
    assert_string_equal(e.message->code, "admin_email_missing");
    unsetenv("MEDIRECORD_ADMIN_PASSWORD");
    assert_int_equal(mkdir(".env", 0700), 0);
    e = (struct err) { 0 };
    assert_int_equal(config_load(arena, &c, &e), E_INVALID);
    assert_string_equal(e.message->code, "env_unreadable");
    rmdir(".env");
}

static void prints_without_secrets(void **state) {
    (void)state;
    setenv("MEDIRECORD_ADMIN_EMAIL", "a@b.sn", 1);
    setenv("MEDIRECORD_ADMIN_PASSWORD", "passe-partout", 1);
    setenv("MEDIRECORD_SECRET_KEY", "abcdefabcdefabcdefabcdefabcdefabcdef", 1);
    setenv("DATABASE_URL", "postgresql://medi:tresor@db/medi", 1);
    setenv("GEMINI_API_KEY", "AIza-cle-cachee", 1);
    setenv("OPENAI_API_KEY", "sk-cle-cachee", 1);
    setenv("PINECONE_API_KEY", "pc-cle-cachee", 1);
    struct config c = load();
    struct buf out;
    buf_init(&out, 1 << 16);
    config_print(&c, false, &out);
    struct str text = buf_str(&out);
    assert_true(str_find(text, STR("passe-partout")) == text.n);
    assert_true(str_find(text, STR("abcdef")) == text.n);
    assert_true(str_find(text, STR("tresor")) == text.n);
    assert_true(str_find(text, STR("cle-cachee")) == text.n);
    assert_true(str_find(text, STR("\nGEMINI_API_KEY=****\n")) < text.n);
    assert_true(str_find(text, STR("\nDATABASE_URL=postgresql://****@db/medi\n")) < text.n);
    assert_true(str_find(text, STR("\nMEDIRECORD_ADMIN_PASSWORD=****\n")) < text.n);
    for (size_t i = 0; i < COUNT_OF(names); i++) assert_true(str_find(text, str_from_c(names[i])) < text.n);
    buf_done(&out);
}

static struct str printed(struct buf *out) {
    struct config c = load();
    buf_init(out, 1 << 16);
    config_print(&c, false, out);
    return buf_str(out);
}

/* Has the text a line that starts with NAME=, taken from the line of config_print() at `line`? */
static bool assigns(struct str text, struct str line) {
    char start_of_line[64];
    size_t equals = str_find_char(line, '=');
    snprintf(start_of_line, sizeof start_of_line, "\n%.*s=", (int)equals, line.p);
    return str_find(text, str_from_c(start_of_line)) < text.n;
}

static void the_example_file_says_each_setting_and_changes_none(void **state) {
    (void)state;
    char path[4096];
    struct buf before, after;
    struct str file, example, defaults = printed(&before);
    snprintf(path, sizeof path, "%s/.env.example", getenv("MEDIRECORD_SOURCE_ROOT"));
    assert_int_equal(file_read(arena, path, DOTENV_BYTES_MAX, &file, NULL), OK);
    assert_true(arena_dup(arena, file, &example));
    for (size_t at = 0, end; at < defaults.n; at = end + 1) {
        end = at + str_find_char(str_sub(defaults, at, defaults.n), '\n');
        struct str line = str_sub(defaults, at, end - at);
        if (!assigns(example, line)) fail_msg(".env.example does not say %.*s", STR_ARG(line));
    }
    write_file(".env", example.p, 0600);
    assert_str_equal(printed(&after), defaults);
    buf_done(&before);
    buf_done(&after);
}

static void the_key_is_made_once(void **state) {
    (void)state;
    setenv("MEDIRECORD_DATA_DIR", "d", 1);
    struct config a = load(), b = load();
    struct err e = { 0 };
    assert_int_equal(config_load_key(&a, false, &e), E_NOT_FOUND);
    assert_string_equal(e.message->code, "secret_key_missing");
    assert_int_equal(config_load_key(&a, true, NULL), OK);
    assert_int_equal(config_load_key(&b, true, NULL), OK);
    assert_memory_equal(&a.root_key, &b.root_key, sizeof a.root_key);
    assert_memory_not_equal(&a.root_key, &(struct key) { 0 }, sizeof a.root_key);

    struct stat st;
    assert_int_equal(stat("d/secret.key", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat("d", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);

    assert_int_equal(chmod("d/secret.key", 0644), 0);
    e = (struct err) { 0 };
    assert_int_equal(config_load_key(&b, true, &e), E_INVALID);
    assert_string_equal(e.message->code, "secret_key_too_open");
    config_done(&a);
    assert_memory_equal(&a.root_key, &(struct key) { 0 }, sizeof a.root_key);
}

static void the_key_may_be_given(void **state) {
    (void)state;
    struct err e = { 0 };
    setenv("MEDIRECORD_SECRET_KEY", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", 1);
    struct config c = load();
    assert_int_equal(config_load_key(&c, false, NULL), OK);
    assert_memory_equal(c.root_key.b, "\x00\x11\x22\x33", 4);
    setenv("MEDIRECORD_SECRET_KEY", "too short a key", 1);
    c = load();
    assert_int_equal(config_load_key(&c, false, &e), E_INVALID);
    assert_string_equal(e.message->code, "secret_key_too_short");
    assert_null(strstr(e.arg, "too short"));
    unsetenv("MEDIRECORD_SECRET_KEY");

    setenv("MEDIRECORD_SECRET_KEY_FILE", "k", 1);
    c = load();
    e = (struct err) { 0 };
    assert_int_equal(config_load_key(&c, true, &e), E_INVALID);
    assert_string_equal(e.message->code, "secret_key_unreadable");
    write_file("k", "a passphrase of more than thirty-two characters\n", 0444);
    assert_int_equal(config_load_key(&c, true, NULL), OK);
    struct hash want = crypto_hash_of(STR("a passphrase of more than thirty-two characters"));
    assert_memory_equal(c.root_key.b, want.b, sizeof want.b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(has_the_defaults_of_the_contract, start, stop),
        cmocka_unit_test_setup_teardown(the_environment_wins_over_the_file, start, stop),
        cmocka_unit_test_setup_teardown(a_carrier_needs_its_settings, start, stop),
        cmocka_unit_test_setup_teardown(bad_values_name_the_setting, start, stop),
        cmocka_unit_test_setup_teardown(a_key_chooses_the_model_unless_it_is_said, start, stop),
        cmocka_unit_test_setup_teardown(prices_are_read_and_told_alike, start, stop),
        cmocka_unit_test_setup_teardown(what_was_saved_counts_where_nothing_else_says_it, start, stop),
        cmocka_unit_test_setup_teardown(a_saved_value_is_judged_like_any_other, start, stop),
        cmocka_unit_test_setup_teardown(a_typing_mistake_does_not_pass, start, stop),
        cmocka_unit_test_setup_teardown(prints_without_secrets, start, stop),
        cmocka_unit_test_setup_teardown(the_example_file_says_each_setting_and_changes_none, start, stop),
        cmocka_unit_test_setup_teardown(the_key_is_made_once, start, stop),
        cmocka_unit_test_setup_teardown(the_key_may_be_given, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
