#include "messaging/word.h"
#include "base/crypto.h"
#include "base/utf8.h"

/* Folded, letters and digits alone: what stands between does not count ("Mon dossier", "S.T.O.P", "J'accepte"). */
static const struct entry {
    const char *text;
    enum word word;
} entries[] = {
    { "stop", WORD_STOP },
    { "stopp", WORD_STOP },
    { "stopall", WORD_STOP },
    { "arret", WORD_STOP },
    { "arrets", WORD_STOP },
    { "arreter", WORD_STOP },
    { "arrete", WORD_STOP },
    { "arretez", WORD_STOP },
    { "arretezlesmessages", WORD_STOP },
    { "arreterlesmessages", WORD_STOP },
    { "stopmessages", WORD_STOP },
    { "stoplesmessages", WORD_STOP },
    { "stopmessage", WORD_STOP },
    { "desabonner", WORD_STOP },
    { "desabonne", WORD_STOP },
    { "sedesabonner", WORD_STOP },
    { "desabonnement", WORD_STOP },
    { "medesabonner", WORD_STOP },
    { "desabonnezmoi", WORD_STOP },
    { "desinscrire", WORD_STOP },
    { "desinscription", WORD_STOP },
    { "desinscrivezmoi", WORD_STOP },
    { "plusdemessages", WORD_STOP },
    { "plusdemessage", WORD_STOP },
    { "unsubscribe", WORD_STOP },
    { "cancel", WORD_STOP },
    { "end", WORD_STOP },
    { "quit", WORD_STOP },
    { "optout", WORD_STOP },
    { "nomoremessages", WORD_STOP },
    { "stopthemessages", WORD_STOP },
    { "taxaw", WORD_STOP },
    { "taxawal", WORD_STOP },
    { "taxawleen", WORD_STOP },
    { "taxawlu", WORD_STOP },
    { "bayi", WORD_STOP },
    { "bayil", WORD_STOP },
    { "bayileen", WORD_STOP },
    { "dakkal", WORD_STOP },
    { "dakkalal", WORD_STOP },
    { "bulmabind", WORD_STOP },
    { "buleenmabind", WORD_STOP },
    { "bulmabindati", WORD_STOP },
    { "start", WORD_START },
    { "unstop", WORD_START },
    { "resume", WORD_START },
    { "subscribe", WORD_START },
    { "restart", WORD_START },
    { "demarrer", WORD_START },
    { "demarre", WORD_START },
    { "reprendre", WORD_START },
    { "reprise", WORD_START },
    { "recommencer", WORD_START },
    { "recommence", WORD_START },
    { "abonner", WORD_START },
    { "sabonner", WORD_START },
    { "reabonner", WORD_START },
    { "reabonnement", WORD_START },
    { "tambali", WORD_START },
    { "tambalil", WORD_START },
    { "tambaliwaat", WORD_START },
    { "tambaliwaatal", WORD_START },
    { "dooraat", WORD_START },
    { "dooraatal", WORD_START },
    { "bindaatma", WORD_START },
    { "aide", WORD_HELP },
    { "laide", WORD_HELP },
    { "menu", WORD_HELP },
    { "help", WORD_HELP },
    { "info", WORD_HELP },
    { "infos", WORD_HELP },
    { "ndimbal", WORD_HELP },
    { "ndimbel", WORD_HELP },
    { "ndimbeul", WORD_HELP },
    { "medecin", WORD_DOCTOR },
    { "medecins", WORD_DOCTOR },
    { "unmedecin", WORD_DOCTOR },
    { "lemedecin", WORD_DOCTOR },
    { "docteur", WORD_DOCTOR },
    { "ledocteur", WORD_DOCTOR },
    { "undocteur", WORD_DOCTOR },
    { "doctor", WORD_DOCTOR },
    { "doctors", WORD_DOCTOR },
    { "adoctor", WORD_DOCTOR },
    { "thedoctor", WORD_DOCTOR },
    { "parleraumedecin", WORD_DOCTOR },
    { "parleraunmedecin", WORD_DOCTOR },
    { "parleraudocteur", WORD_DOCTOR },
    { "jeveuxparleraumedecin", WORD_DOCTOR },
    { "jeveuxparleraunmedecin", WORD_DOCTOR },
    { "jeveuxunmedecin", WORD_DOCTOR },
    { "talktoadoctor", WORD_DOCTOR },
    { "talktothedoctor", WORD_DOCTOR },
    { "ineedadoctor", WORD_DOCTOR },
    { "iwantadoctor", WORD_DOCTOR },
    { "humain", WORD_DOCTOR },
    { "unhumain", WORD_DOCTOR },
    { "human", WORD_DOCTOR },
    { "fajkat", WORD_DOCTOR },
    { "fajjkat", WORD_DOCTOR },
    { "fajekat", WORD_DOCTOR },
    { "doktoor", WORD_DOCTOR },
    { "doktor", WORD_DOCTOR },
    { "doctoor", WORD_DOCTOR },
    { "begnaafajkat", WORD_DOCTOR },
    { "waxakfajkat", WORD_DOCTOR },
    { "beggnaawaxakfajkat", WORD_DOCTOR },
    { "effacer", WORD_ERASE },
    { "efface", WORD_ERASE },
    { "effacez", WORD_ERASE },
    { "effacement", WORD_ERASE },
    { "effacertout", WORD_ERASE },
    { "effacermesdonnees", WORD_ERASE },
    { "effacermondossier", WORD_ERASE },
    { "effacezmesdonnees", WORD_ERASE },
    { "supprimer", WORD_ERASE },
    { "supprimez", WORD_ERASE },
    { "suppression", WORD_ERASE },
    { "supprimermesdonnees", WORD_ERASE },
    { "supprimermondossier", WORD_ERASE },
    { "supprimezmesdonnees", WORD_ERASE },
    { "oublier", WORD_ERASE },
    { "oubliezmoi", WORD_ERASE },
    { "erase", WORD_ERASE },
    { "erasemydata", WORD_ERASE },
    { "delete", WORD_ERASE },
    { "deletemydata", WORD_ERASE },
    { "deletemyrecord", WORD_ERASE },
    { "forgetme", WORD_ERASE },
    { "far", WORD_ERASE },
    { "faral", WORD_ERASE },
    { "farleen", WORD_ERASE },
    { "farsamaydone", WORD_ERASE },
    { "dindi", WORD_ERASE },
    { "dindil", WORD_ERASE },
    { "dindisamaydone", WORD_ERASE },
    { "dindisamadosiye", WORD_ERASE },
    { "confirmer", WORD_CONFIRM },
    { "confirme", WORD_CONFIRM },
    { "confirmez", WORD_CONFIRM },
    { "confirm", WORD_CONFIRM },
    { "confirmed", WORD_CONFIRM },
    { "jeconfirme", WORD_CONFIRM },
    { "iconfirm", WORD_CONFIRM },
    { "deggal", WORD_CONFIRM },
    { "deggalna", WORD_CONFIRM },
    { "mondossier", WORD_RECORD },
    { "dossier", WORD_RECORD },
    { "lemondossier", WORD_RECORD },
    { "voirmondossier", WORD_RECORD },
    { "mesdonnees", WORD_RECORD },
    { "voirmesdonnees", WORD_RECORD },
    { "mydata", WORD_RECORD },
    { "myrecord", WORD_RECORD },
    { "myfile", WORD_RECORD },
    { "showmydata", WORD_RECORD },
    { "samadosiye", WORD_RECORD },
    { "samadosie", WORD_RECORD },
    { "samadossier", WORD_RECORD },
    { "samaydone", WORD_RECORD },
    { "changer", WORD_CHANGE },
    { "change", WORD_CHANGE },
    { "changez", WORD_CHANGE },
    { "changerdepersonne", WORD_CHANGE },
    { "autrepersonne", WORD_CHANGE },
    { "uneautrepersonne", WORD_CHANGE },
    { "switch", WORD_CHANGE },
    { "switchperson", WORD_CHANGE },
    { "anotherperson", WORD_CHANGE },
    { "someoneelse", WORD_CHANGE },
    { "soppi", WORD_CHANGE },
    { "soppil", WORD_CHANGE },
    { "soppali", WORD_CHANGE },
    { "weccoo", WORD_CHANGE },
    { "weccil", WORD_CHANGE },
    { "keneen", WORD_CHANGE },
    { "oui", WORD_YES },
    { "ouii", WORD_YES },
    { "yes", WORD_YES },
    { "ok", WORD_YES },
    { "okay", WORD_YES },
    { "daccord", WORD_YES },
    { "dac", WORD_YES },
    { "waaw", WORD_YES },
    { "waw", WORD_YES },
    { "waawaw", WORD_YES },
    { "accepter", WORD_YES },
    { "jaccepte", WORD_YES },
    { "iaccept", WORD_YES },
    { "activer", WORD_YES },
    { "activate", WORD_YES },
    { "non", WORD_NO },
    { "no", WORD_NO },
    { "deet", WORD_NO },
    { "dedet", WORD_NO },
    { "deedeet", WORD_NO },
    { "refuser", WORD_NO },
    { "jerefuse", WORD_NO },
};

/* Courtesy behind a word. */
static const char *const tails[] = { "svp",   "stp",    "silvousplait", "siltereplait",
                                     "merci", "please", "thanks",       "jerejef" };

enum { WORD_MESSAGE_MAX_BYTES = 60, WORD_REPEATS_MAX = 2 };

/* Signs, spaces, emoji: what people put around a word. Other scripts are none of these. */
static bool is_sign(uint32_t c) {
    return c < 0x80 || (c >= 0xA0 && c <= 0xBF) || (c >= 0x2000 && c <= 0x2BFF) ||
           (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F000 && c <= 0x1FAFF);
}

static bool is_plain(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Letters and digits, a letter at most twice in a row ("STOOOOP"). False: there are others. */
static bool squeeze(struct str folded, char *out, size_t *n) {
    size_t at = 0, run = 0;
    *n = 0;
    while (at < folded.n) {
        uint32_t c = utf8_next(folded, &at);
        if (!is_plain(c)) {
            if (!is_sign(c)) return false;
            continue;
        }
        run = *n && (uint32_t)out[*n - 1] == c ? run + 1 : 1;
        if (run <= WORD_REPEATS_MAX || c <= '9') out[(*n)++] = (char)c;
    }
    return true;
}

static enum word find(struct str text) {
    for (size_t i = 0; i < COUNT_OF(entries); i++)
        if (str_eq(text, str_from_c(entries[i].text))) return entries[i].word;
    return WORD_NONE;
}

/* As typed, else with each letter once ("STOOP"). */
static enum word find_spelling(struct str text) {
    char once[WORD_MESSAGE_MAX_BYTES * 4];
    size_t n = 0;
    enum word word = find(text);
    if (word != WORD_NONE) return word;
    for (size_t i = 0; i < text.n; i++)
        if (n == 0 || once[n - 1] != text.p[i]) once[n++] = text.p[i];
    return find((struct str) { once, n });
}

static struct str without_tail(struct str text) {
    for (size_t i = 0; i < COUNT_OF(tails); i++) {
        struct str tail = str_from_c(tails[i]);
        if (text.n > tail.n && str_eq(str_sub(text, text.n - tail.n, text.n), tail))
            return str_sub(text, 0, text.n - tail.n);
    }
    return text;
}

bool word_of_message(struct arena *arena, struct str body, enum word *out) {
    char plain[WORD_MESSAGE_MAX_BYTES * 4]; /* folding makes some letters longer, at most so */
    struct str text;
    size_t n;

    *out = WORD_NONE;
    body = str_trim(body);
    if (body.n == 0 || body.n > WORD_MESSAGE_MAX_BYTES) return true;
    if (!utf8_fold(arena, body, &text)) return false;
    if (text.n > sizeof plain || !squeeze(text, plain, &n)) return true;
    text = (struct str) { plain, n };
    *out = find_spelling(text);
    if (*out == WORD_NONE) *out = find_spelling(without_tail(text));
    return true;
}

enum { CODE_DIGITS_MIN = 4, CODE_DIGITS_MAX = 6 };

bool word_find_code(struct str body, char code[WORD_CODE_BYTES]) {
    size_t n = 0;
    for (size_t i = 0; i < body.n; i++) {
        if (strchr(" .-\t\n", body.p[i]) && body.p[i]) continue;
        if (body.p[i] < '0' || body.p[i] > '9' || n == CODE_DIGITS_MAX) return false;
        code[n++] = body.p[i];
    }
    code[n] = '\0';
    return n >= CODE_DIGITS_MIN;
}

static bool is_token_char(char c) {
    return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '_';
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
