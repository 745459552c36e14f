#include "rag/lang.h"

#include "rag/words.h"

/* Words that tell a language from the two others; sorted. "la", "man", "me" tell nothing. */
static const char *const french[] = { "au",      "aux",     "avec",   "bonjour", "bonsoir", "ce",    "cette",
                                      "combien", "comment", "dans",   "de",      "depuis",  "des",   "dois",
                                      "du",      "elle",    "en",     "est",     "et",      "il",    "j",
                                      "je",      "le",      "les",    "ma",      "mal",     "merci", "mes",
                                      "moi",     "mon",     "pas",    "pour",    "prendre", "puis",  "quand",
                                      "que",     "quel",    "quelle", "quels",   "qui",     "quoi",  "sont",
                                      "suis",    "sur",     "une",    "vous" };
static const char *const english[] = { "am",   "and",   "appointment", "are", "can",    "do",
                                       "does", "hello", "help",        "how", "i",      "is",
                                       "last", "many",  "medicine",    "my",  "please", "should",
                                       "take", "thank", "thanks",      "the", "to",     "want",
                                       "what", "when",  "which",       "who", "you" };
static const char *const wolof[] = { "am",    "ana",    "begg",    "beug",  "bi",      "bu",    "ci",
                                     "dafa",  "dafay",  "dama",    "damay", "doktoor", "fan",   "garab",
                                     "gi",    "jamm",   "jerejef", "kan",   "lan",     "leegi", "legui",
                                     "lool",  "maangi", "mangi",   "metti", "naa",     "nanga", "nata",
                                     "naata", "ndax",   "nga",     "ngi",   "nu",      "sa",    "sama",
                                     "suba",  "tey",    "waaw",    "wara",  "xam",     "yi" };

/* Function words of Wolof that may as well be words of another language: they name nothing, but tell no language. Sorted. */
static const char *const shared_wolof[] = { "ak",  "ba",   "bind", "def",   "ki",  "ko",
                                            "laa", "laay", "lanu", "lanuy", "may", "mooy",
                                            "mu",  "naan", "naka", "ne",    "wax", "yoon" };

/* Sorted. */
static const char *const wolof_joints[] = {
    "ak",   "am",    "ba",   "bi",  "bu",   "ci",    "dafa", "dafay",  "dama",  "damay", "def",  "gi", "ki",
    "ko",   "laa",   "laay", "lan", "lanu", "lanuy", "lool", "maangi", "mangi", "may",   "mooy", "mu", "naa",
    "naka", "nanga", "ndax", "ne",  "nga",  "ngi",   "nu",   "sa",     "sama",  "wara",  "yi"
};

static int count_known(const struct tokens *t, const char *const *table, size_t count) {
    int n = 0;
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < count; k++) n += str_eq(t->items[i].folded, str_from_c(table[k]));
    return n;
}

bool lang_knows(struct str folded) {
    return words_in_sorted(french, COUNT_OF(french), folded) ||
           words_in_sorted(english, COUNT_OF(english), folded) ||
           words_in_sorted(wolof, COUNT_OF(wolof), folded) ||
           words_in_sorted(shared_wolof, COUNT_OF(shared_wolof), folded);
}

bool lang_joins_in_wolof(struct str folded) {
    return words_in_sorted(wolof_joints, COUNT_OF(wolof_joints), folded);
}

enum lang lang_read(const struct tokens *t, enum lang otherwise) {
    int fr = count_known(t, french, COUNT_OF(french)), en = count_known(t, english, COUNT_OF(english)),
        wo = count_known(t, wolof, COUNT_OF(wolof));
    if (wo > fr && wo > en) return LANG_WO;
    if (en > fr) return LANG_EN;
    if (fr > 0) return LANG_FR;
    return otherwise;
}
