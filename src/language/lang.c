#include "language/lang.h"

#include "language/wolof.h"
#include "language/words.h"

/* clang-format off */

/* Words that tell a language from the two others; sorted. "la", "man", "me" tell nothing. */
static const char *const french[] = {
    "analyse", "apres", "au", "aux", "avant", "avec", "bonjour", "bonsoir", "ce", "ces", "cette", "combien",
    "comment", "dans", "de", "depuis", "des", "dit", "docteur", "dois", "donne", "du", "elle", "elles",
    "en", "est", "et", "etait", "faut", "fois", "il", "ils", "j", "je", "jour", "jours", "jusqu", "le",
    "les", "leur", "ma", "mais", "mal", "medecin", "medicament", "medicaments", "merci", "mes", "moi",
    "mon", "nous", "on", "ordonnance", "ou", "pas", "peut", "peux", "plait", "pour", "pourquoi", "prendre",
    "prends", "puis", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi",
    "resultats", "sans", "ses", "son", "sont", "suis", "sur", "svp", "tous", "tout", "une", "veux", "votre",
    "voudrais", "vous",
};
static const char *const english[] = {
    "about", "after", "allergic", "allergies", "already", "am", "and", "any", "appointment", "are", "back",
    "been", "before", "blood", "by", "can", "could", "days", "did", "do", "does", "drugs", "from", "gave",
    "get", "given", "good", "had", "has", "have", "hello", "help", "her", "hi", "his", "how", "i", "in",
    "is", "isn", "it", "last", "many", "medication", "medicine", "medicines", "month", "months", "morning",
    "much", "my", "name", "need", "new", "next", "not", "of", "often", "over", "please", "prescribed",
    "results", "say", "see", "send", "should", "show", "since", "sugar", "take", "taking", "talk", "tell",
    "thank", "thanks", "that", "the", "their", "there", "this", "to", "today", "tomorrow", "vaccine",
    "vaccines", "want", "was", "week", "weeks", "were", "what", "when", "which", "while", "who", "why",
    "will", "with", "would", "year", "years", "yesterday", "you", "your",
};
static const char *const wolof[] = {
    "am", "ana", "begg", "beug", "bi", "bu", "ci", "dafa", "dafay", "dama", "damay", "doktoor", "fan",
    "garab", "gi", "jamm", "jerejef", "ji", "kan", "lan", "leegi", "legui", "lool", "maangi", "mangi",
    "metti", "mi", "moo", "naa", "naata", "naka", "nanga", "nata", "ndax", "nga", "ngi", "nu", "sama",
    "suba", "tey", "waaw", "wara", "wi", "xam", "yi", "yu",
};

/* How Wolof words sound (wolof.h) that are no French or English ones; sorted. */
static const char *const wolof_sounds[] = {
    "amna", "amon", "amul", "ayubes", "bala", "ban", "bari", "bataxal", "bax", "baxna", "baxul", "bayam",
    "bayi", "bayil", "beceg", "beg", "bega", "begna", "begon", "begu", "begul", "beguma", "besu", "bindal",
    "bindalon", "bindon", "bopam", "bul", "bulen", "bulma", "dafa", "dafai", "dama", "damai", "dara",
    "dedet", "def", "defat", "defon", "delo", "delu", "delusi", "demb", "denc", "deret", "digant",
    "dimbali", "dina", "dindi", "doktor", "domam", "eleg", "emb", "faj", "fajkat", "fajon", "fanan",
    "febar", "febaram", "febaru", "fuk", "ganaw", "garab", "garabu", "gena", "ginaw", "gis", "gisat",
    "gison", "gudi", "jabar", "jangoro", "japal", "jarin", "jaxas", "jeg", "jeker", "jel", "jerejef", "jex",
    "jexal", "jir", "jot", "joton", "jox", "joxon", "jurom", "kan", "keyit", "keyiti", "kudu", "laj",
    "lajt", "lan", "lanu", "lanui", "lanuma", "legi", "lek", "leral", "lolu", "mangi", "masa", "mengal",
    "menon", "menul", "menuma", "meti", "moda", "muj", "naka", "nakala", "nakon", "naku", "nampal", "nanal",
    "nanga", "nanu", "nanui", "naron", "nata", "ndax", "ndaxt", "ndeki", "ndigal", "ndigel", "ndimbal",
    "ndox", "nek", "nekon", "nga", "ngen", "ngi", "ngir", "ngon", "niata", "njek", "nonu", "nui", "rek",
    "rer", "rew", "salam", "salamalekum", "sama", "samai", "seqat", "sopeku", "sopi", "soxla", "suba",
    "sukar", "sunu", "tagal", "tambali", "tang", "taxaw", "taxawal", "tei", "tontu", "tud", "wac", "wacu",
    "wala", "waneku", "wani", "wara", "waral", "waw", "waxal", "waxma", "waxtan", "wayal", "wer", "wergi",
    "weru", "wesu", "wol", "woyal", "xalis", "xam", "xamal", "xamatuma", "xamul", "xamuma", "xarit", "xew",
    "xol", "yag", "yala", "yan", "yaram", "yaramam", "yaw", "yayam", "yeg", "yep", "yok", "yoku", "yon",
    "yonema", "yonu",
};

/* Function words of Wolof that may as well be words of another language: they name nothing, but tell no language. Sorted. */
static const char *const shared_wolof[] = {
    "ak", "at", "ati", "ba", "bind", "ca", "da", "daa", "daf", "def", "di", "egg", "fi", "ki", "ko", "ku",
    "laa", "laay", "lii", "lu", "mag", "man", "may", "mooy", "mu", "naan", "nak", "ne", "ni", "sa", "si", "su",
    "wax", "yoon",
};

/* Everyday words of English: they name nothing, but may be words of another language. Sorted. */
static const char *const shared_english[] = {
    "again", "against", "also", "always", "another", "anything", "ask", "available", "avoid", "because",
    "better", "call", "came", "cannot", "come", "daily", "day", "different", "directly", "doctor",
    "doctors", "doing", "done", "drink", "during", "explain", "feel", "find", "fine", "finished", "follow",
    "following", "found", "give", "going", "great", "here", "him", "hope", "just", "keep", "kept", "kind",
    "know", "latest", "leave", "like", "list", "look", "lower", "make", "may", "maybe", "mention", "might",
    "more", "must", "needs", "never", "night", "noon", "nothing", "number", "only", "our", "per", "rather",
    "read", "reads", "real", "really", "remind", "repeat", "return", "right", "said", "sent", "shall",
    "she", "shown", "somebody", "someone", "something", "speak", "special", "still", "stored", "taken",
    "takes", "talking", "than", "then", "these", "thing", "things", "three", "through", "times", "together",
    "told", "tonight", "took", "understand", "until", "very", "wants", "well", "whole", "within", "without",
    "write", "written", "wrong", "yours",
};

/* Words that hold a sentence of English together and say nothing of what is asked, unless they are a part of its name; sorted. */
static const char *const english_joints[] = {
    "able", "about", "according", "after", "again", "against", "ago", "all", "allow", "allowed", "almost", "along",
    "already", "also", "always", "am", "among", "amount", "and", "another", "any", "anybody", "anyone", "anything",
    "apart", "are", "around", "as", "ask", "asked", "at", "available", "avoid", "away", "back", "be", "became",
    "because", "been", "before", "began", "begin", "behind", "being", "below", "besides", "best", "better", "between",
    "both", "bring", "brought", "by", "call", "called", "came", "can", "cannot", "carry", "check", "checked",
    "choose", "come", "comes", "coming", "complete", "completely", "could", "currently", "daily", "day",
    "days", "decide",
    "decided", "describe", "detail", "details", "did", "different", "directly", "do", "does", "doing", "done", "down",
    "during", "each", "either", "else", "ended", "enough", "ever", "every", "everything", "exact", "exactly",
    "explain", "far",
    "feel", "felt", "few", "figure", "find", "fine", "finish", "finished", "follow", "following", "for", "found",
    "from", "full", "further", "gave", "get", "gets", "getting", "give", "given", "gives", "giving", "go", "goes",
    "going", "gone", "good", "got", "great", "guess", "had", "happen", "happened", "happening", "has", "have",
    "having", "he", "help", "her", "here", "hers", "hi", "him", "his", "hold", "home", "hope", "hour", "hours",
    "how", "however", "i",
    "if", "in", "indicate", "instead", "into", "is", "isn", "it", "its", "just", "keep", "kept", "kind", "know",
    "known", "late", "later", "latest", "least", "leave", "less", "let", "like", "likely", "list", "listed", "little",
    "long", "longer", "look", "looked", "looking", "lot", "made", "make", "makes", "making", "many", "may",
    "maybe", "me",
    "mean", "means", "meant", "mention", "mentioned", "might", "minute", "minutes", "month", "months", "more",
    "most", "much", "must", "my", "named", "near",
    "need", "needed", "needs", "never", "new", "next", "nice", "no", "none", "nor", "normally", "not", "noted",
    "nothing", "now", "of", "off", "often", "old", "once", "one", "only", "onto", "open", "other", "others", "ought",
    "our", "out", "over", "own", "people", "per", "perform", "performed", "perhaps", "please", "precisely",
    "previous", "problem", "problems", "put", "question", "questions", "quite",
    "rather", "reached", "read", "reading", "reads", "real", "really", "reason", "receive", "received", "recorded",
    "remain", "remember", "remind", "repeat", "reply", "reported", "required", "return", "said", "same", "saw", "say",
    "says", "see", "seem", "seems", "seen", "send", "sent", "several", "shall", "she", "should", "show", "showed",
    "shown", "shows", "similar", "since", "small", "so", "some", "somebody", "someone", "something", "sometimes",
    "soon", "sorry", "speak", "special", "specific", "stated", "stay", "still", "stored", "such", "suggest",
    "suggested", "supposed", "take", "taken", "takes", "taking", "talk", "tell", "than", "thank", "thanks", "that",
    "the", "their", "them", "then", "there", "these", "they", "thing", "things", "think", "this", "those", "though",
    "through", "time", "times", "to", "today", "together", "told", "tomorrow", "tonight", "too", "took", "toward",
    "tried", "true", "try", "turn", "two", "under", "understand", "until", "up", "upon", "us", "use", "used", "using",
    "usual", "usually", "very", "via", "visited", "wait", "want", "wanted", "wants", "was", "way", "we",
    "wear", "wearing", "week", "weeks",
    "well", "went", "were", "what", "whatever", "when", "where", "whether", "which", "while", "who", "whole", "whom",
    "whose", "why", "will", "wish", "with", "within", "without", "word", "words", "would", "write", "written",
    "wrong", "wrote", "year", "years", "yes", "yesterday", "yet", "you", "your", "yours", "yourself",
};

/* How words sound that hold one of Wolof together; sorted. */
static const char *const wolof_joints[] = {
    "ab", "ak", "am", "amna", "amon", "amul", "ana", "at", "ba", "ban", "bari", "bayi", "beg", "bega", "begna", "bes",
    "besu", "bi", "bis", "bo", "boba", "bok", "bu", "bul", "ca", "ci", "dafa", "dafai", "dai", "dal", "dama", "damai",
    "danu", "dara", "def", "defat", "defon", "dem", "demb", "demon", "di", "digant", "dina", "dinanu", "dinu",
    "don", "dul",
    "egsi", "el", "eleg", "fan", "fanan", "fekk", "fi", "fo", "fu", "gana", "ganaw", "gi", "ginaw", "gis", "gison",
    "gu", "gudi", "guno", "itam", "jal", "jar", "je", "jel", "jelon", "ji", "jog", "jot", "joton", "jox", "joxe",
    "joxon", "ju", "kan", "keneni", "ki", "kima", "ko", "koi", "ku", "la", "lai", "lan", "lanu", "lanui",
    "lanuma", "legi",
    "li", "lo", "lolu", "lu", "ma", "mai", "masa", "masul", "mbiri", "mel", "men", "menon", "mi", "mo", "moi", "mom",
    "mu", "mui", "muna", "mune", "mungi", "na", "nai", "nak", "naka", "nakala", "nan", "nanu", "nanui", "nata",
    "ndax",
    "ndaxt", "ne", "nek", "nekon", "nene", "neni", "new", "newat", "nga", "ngama", "ngen", "ngi", "ngir", "ngon",
    "ni", "niata", "niu", "nonu", "nu", "nui", "rek", "sa", "sama", "samai", "sen", "seton", "si", "sik", "su",
    "suba", "suma", "sunu", "ta", "tamit", "tax", "taxon", "te", "tegal", "tei", "tol", "ton", "tudu", "wa",
    "wai", "wala", "wan",
    "wane", "wano", "war", "wara", "waral", "waron", "waw", "wax", "waxon", "wi", "won", "wone", "xam", "xamon",
    "xana", "yan", "yenu", "yep", "yi", "yo", "yon", "yu",
};

/* clang-format on */

static bool sounds_wolof(struct str folded) {
    char sound[WOLOF_SOUND_BYTES_MAX];
    struct str heard = { sound, wolof_sound(folded, sound) };
    return heard.n && !words_is_common(folded) &&
           words_in_sorted(wolof_sounds, COUNT_OF(wolof_sounds), heard);
}

static bool is_wolof(struct str folded) {
    return words_in_sorted(wolof, COUNT_OF(wolof), folded) || sounds_wolof(folded);
}

bool lang_joins(struct str folded) {
    char sound[WOLOF_SOUND_BYTES_MAX];
    struct str heard = { sound, wolof_sound(folded, sound) };
    if (words_in_sorted(english_joints, COUNT_OF(english_joints), folded)) return true;
    return heard.n && !words_is_common(folded) &&
           words_in_sorted(wolof_joints, COUNT_OF(wolof_joints), heard);
}

bool lang_knows(struct str folded) {
    return words_in_sorted(french, COUNT_OF(french), folded) ||
           words_in_sorted(english, COUNT_OF(english), folded) || is_wolof(folded) ||
           words_in_sorted(shared_wolof, COUNT_OF(shared_wolof), folded) ||
           words_in_sorted(shared_english, COUNT_OF(shared_english), folded) || lang_joins(folded);
}

enum lang lang_read(const struct tokens *t, enum lang otherwise) {
    int fr = 0, en = 0, wo = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct str word = t->items[i].folded;
        fr += words_in_sorted(french, COUNT_OF(french), word);
        en += words_in_sorted(english, COUNT_OF(english), word);
        wo += is_wolof(word);
    }
    if (wo && wo >= fr && wo >= en)
        return LANG_WO; /* its words are rarer: who mixes in as many writes Wolof */
    if (en > fr) return LANG_EN;
    return fr > 0 ? LANG_FR : otherwise;
}

bool lang_tables_are_sorted(void) {
    static const struct {
        const char *const *words;
        size_t count;
    } tables[] = { { french, COUNT_OF(french) },
                   { english, COUNT_OF(english) },
                   { wolof, COUNT_OF(wolof) },
                   { wolof_sounds, COUNT_OF(wolof_sounds) },
                   { shared_wolof, COUNT_OF(shared_wolof) },
                   { shared_english, COUNT_OF(shared_english) },
                   { english_joints, COUNT_OF(english_joints) },
                   { wolof_joints, COUNT_OF(wolof_joints) } };
    for (size_t k = 0; k < COUNT_OF(tables); k++)
        for (size_t i = 1; i < tables[k].count; i++)
            if (strcmp(tables[k].words[i - 1], tables[k].words[i]) >= 0) return false;
    return true;
}
