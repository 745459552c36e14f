#include "messaging/word.h"
#include "base/crypto.h"
#include "base/utf8.h"

struct entry {
    const char *text; /* folded */
    enum word word;
};

static const struct entry entries[] = {
    { "stop", WORD_STOP },
    { "stopp", WORD_STOP },
    { "arret", WORD_STOP },
    { "arreter", WORD_STOP },
    { "arretez", WORD_STOP },
    { "desabonner", WORD_STOP },
    { "se desabonner", WORD_STOP },
    { "unsubscribe", WORD_STOP },
    { "taxaw", WORD_STOP },
    { "taxawal", WORD_STOP },
    { "start", WORD_START },
    { "demarrer", WORD_START },
    { "reprendre", WORD_START },
    { "tambali", WORD_START },
    { "tambalil", WORD_START },
    { "aide", WORD_HELP },
    { "help", WORD_HELP },
    { "menu", WORD_HELP },
    { "ndimbal", WORD_HELP },
    { "oui", WORD_YES },
    { "yes", WORD_YES },
    { "ok", WORD_YES },
    { "d'accord", WORD_YES },
    { "daccord", WORD_YES },
    { "waaw", WORD_YES },
    { "waw", WORD_YES },
    { "confirmer", WORD_YES },
    { "confirme", WORD_YES },
    { "confirm", WORD_YES },
    { "je confirme", WORD_YES },
    { "i confirm", WORD_YES },
    { "accepter", WORD_YES },
    { "j'accepte", WORD_YES },
    { "i accept", WORD_YES },
    { "activer", WORD_YES },
    { "activate", WORD_YES },
    { "non", WORD_NO },
    { "no", WORD_NO },
    { "deet", WORD_NO },
    { "deedeet", WORD_NO },
    { "refuser", WORD_NO },
    { "je refuse", WORD_NO },
};

enum { WORD_MESSAGE_MAX_BYTES = 40 }; /* longer messages are no single words */

static bool is_edge(char c) {
    return strchr(" \t\n.,;:!?\"'()*_-", c) != NULL && c != '\0';
}

bool word_of_message(struct arena *arena, struct str body, enum word *out) {
    struct str text;

    *out = WORD_NONE;
    body = str_trim(body);
    if (body.n == 0 || body.n > WORD_MESSAGE_MAX_BYTES) return true;
    if (!utf8_fold(arena, body, &text)) return false;
    while (text.n && is_edge(text.p[0])) text = str_sub(text, 1, text.n);
    while (text.n && is_edge(text.p[text.n - 1])) text.n--;
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        if (str_eq(text, str_from_c(entries[i].text))) *out = entries[i].word;
    }
    return true;
}

static bool is_token_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

struct str word_find_token(struct str body) {
    static const struct str lead = { "confirm-", 8 };
    size_t at = 0;

    while (at < body.n) {
        size_t end = at;
        while (end < body.n && is_token_char(body.p[end])) end++;
        struct str run = str_sub(body, at, end - at);
        if (str_starts(run, lead)) run = str_sub(run, lead.n, run.n);
        if (run.n == TOKEN_TEXT_BYTES - 1) return run;
        at = end + 1;
    }
    return STR("");
}
