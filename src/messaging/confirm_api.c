/*
 * confirm_api -- /webhook/confirm-{token}: the page behind the link, and the confirmation itself.
 *
 * GET changes nothing, so that programs which look at links ahead activate nobody. The page shows no word
 * of any record.
 */
#include "http/fields.h"
#include "messaging/messaging_handlers.h"
#include "patients/activation.h"
#include "patients/phone.h"

/* The words of the page in one language. */
struct page_words {
    const char *lang, *title, *lead, *open, *here, *done;
};

static const struct page_words words_fr = {
    "fr",
    "Activer mon dossier",
    "Pour recevoir des réponses de votre cabinet sur WhatsApp, envoyez le message préparé.",
    "Ouvrir WhatsApp",
    "Activer sans WhatsApp",
    "C’est fait : votre dossier est actif. Vous pouvez fermer cette page et écrire sur WhatsApp.",
};
static const struct page_words words_en = {
    "en",
    "Activate my record",
    "To receive answers from your clinic on WhatsApp, send the prepared message.",
    "Open WhatsApp",
    "Activate without WhatsApp",
    "Done: your record is active. You can close this page and write on WhatsApp.",
};

static const struct page_words *words_of(const struct request *rq) {
    return rq->lang == LANG_EN ? &words_en : &words_fr;
}

static void begin_page(struct reply *re, const struct page_words *w) {
    re->type = "text/html; charset=utf-8";
    buf_addf(&re->body,
             "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<meta name=\"robots\" content=\"noindex\">"
             "<title>%s</title><main><h1>%s</h1>",
             w->lang, w->title, w->title);
}

/* The token needs no escaping: it was found in the database, so it is one of ours. */
static void write_link_page(struct reply *re, const struct page_words *w, const struct channel *channel,
                            struct str token) {
    struct str number = channel->sender.n ? str_sub(channel->sender, 1, channel->sender.n) : STR("");

    begin_page(re, w);
    buf_addf(&re->body,
             "<p>%s</p><p><a href=\"https://wa.me/%.*s?text=confirm-%.*s\">%s</a></p>"
             "<form method=\"post\"><button>%s</button></form></main></html>",
             w->lead, STR_ARG(number), STR_ARG(token), w->open, w->here);
}

/* words: ours, without anything to escape. */
static void write_words_page(struct reply *re, const struct page_words *w, const char *words) {
    begin_page(re, w);
    buf_addf(&re->body, "<p>%s</p></main></html>", words);
}

static bool wants_page(const struct request *rq) {
    struct str accept = request_header(rq, "Accept");
    return str_find(accept, STR("text/html")) < accept.n;
}

/* A link that is no good is explained to a person as a page, to a program as any error. */
static enum status explain(const struct request *rq, struct reply *re, enum status s, const struct err *why,
                           struct err *e) {
    char words[400];

    if ((s != E_NOT_FOUND && s != E_CONFLICT) || !why->message || !wants_page(rq)) {
        if (e) *e = *why;
        return s;
    }
    (void)message_text(why->message, rq->lang, STR(""), words, sizeof words);
    write_words_page(re, words_of(rq), words);
    re->http = s == E_NOT_FOUND ? 404 : 409;
    return OK;
}

enum status webhook_confirm_get(struct request *rq, struct reply *re, struct err *e) {
    const struct messaging *room = rq->room;
    struct err why = { 0 };
    struct patient p;
    enum status s = activation_find(rq->db, rq->arena, rq->path_args[0], rq->now_us, &p, &why);

    if (s != OK) return explain(rq, re, s, &why, e);
    write_link_page(re, words_of(rq), room->channel, rq->path_args[0]);
    return OK;
}

/*
 * A workflow may send what the person wrote along; a number, if there is one, must be the one that the link
 * was made for.
 */
static enum status check_body(const struct request *rq, bool *valid, struct err *e) {
    const struct messaging *room = rq->room;
    struct str typed = STR(""), ignored;
    struct phone phone;
    struct patient p;
    struct fields *f;
    enum status s;

    *valid = true;
    if (str_trim(rq->body).n == 0) return OK;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_bool(f, "valid", FIELD_OPTIONAL, valid);
    fields_str(f, "message", FIELD_OPTIONAL, MESSAGE_BODY_MAX_CHARS, &ignored);
    fields_str(f, "phone", FIELD_OPTIONAL, PHONE_INPUT_MAX_BYTES, &typed);
    if (typed.n) {
        if ((s = activation_find(rq->db, rq->arena, rq->path_args[0], rq->now_us, &p, e)) != OK) return s;
        if (!phone_parse(typed, room->default_region, &phone) || !str_eq(phone_str(&phone), p.phone)) {
            fields_fail(f, "phone", &phone_invalid, STR(""));
        }
    }
    return fields_done(f);
}

enum status webhook_confirm_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct messaging *room = rq->room;
    struct err why = { 0 };
    struct patient p;
    bool valid;
    enum status s;

    if ((s = check_body(rq, &valid, e)) != OK) return s;
    s = messaging_confirm(room, rq->db, rq->arena, rq->path_args[0], valid, rq->now_us, &p, &why);
    if (s != OK) return explain(rq, re, s, &why, e);
    if (valid && wants_page(rq)) {
        write_words_page(re, words_of(rq), words_of(rq)->done);
        return OK;
    }
    json_put_object(&json);
    json_field_str(&json, "status", str_from_c(patient_status_name(p.status)));
    json_put_object_end(&json);
    return OK;
}
