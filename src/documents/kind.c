#include "documents/kind.h"

#include "documents/dosage_match.h"
#include "documents/drug_line.h"
#include "documents/lab_match.h"

/* The first lines of a page are where titles stand; elsewhere a phrase counts for little, and only so often. */
enum {
    TITLE_LINES = 22,
    TITLE_TOKENS_MAX = 16,
    WORD_LETTERS_MIN = 4,
    BODY_POINTS_MAX = 12,
    ENOUGH_POINTS = 4,
    NAMED_POINTS = 30,
    ROWS_POINTS = 25,
    TAKEN_POINTS = 60,
    BEHIND_POINTS = 10,
    MEASURED_POINTS = 30,
    GIVEN_POINTS = 12,
    SECTION_POINTS = 8,
    SECTIONS_MAX = 5,
    VITAL_POINTS = 5,
    VITAL_LINES_MAX = 2,
    LABEL_TOKENS_MAX = 3,
    PROSE_WORDS_MIN = 5,
    LINK_LETTERS_MAX = 2,
    ROW_WORDS_MAX = 10
};

/* The share of a paper's lines, in percent, up to which drugs or values say nothing of what it is, and from which on they say all. */
enum { SHARE_FROM = 6, SHARE_FULL = 20 };

/* Phrases (folded), what they point to, and how many points they give in a title and in the body. */
static const struct {
    const char *words;
    enum document_kind kind;
    int title, body;
    bool greets; /* heads a letter, and is no name of it */
} clues[] = {
    { "compte rendu d ' examens biologiques", KIND_LABORATORY, 40, 2 },
    { "compte rendu d ' examen de biologie", KIND_LABORATORY, 40, 2 },
    { "compte rendu d ' analyses", KIND_LABORATORY, 40, 2 },
    { "compte rendu de biologie", KIND_LABORATORY, 40, 2 },
    { "compte rendu de laboratoire", KIND_LABORATORY, 40, 2 },
    { "resultats d ' analyses", KIND_LABORATORY, 30, 2 },
    { "analyses medicales", KIND_LABORATORY, 25, 1 },
    { "biologie medicale", KIND_LABORATORY, 20, 0 },
    { "bulletin d ' analyses", KIND_LABORATORY, 30, 2 },
    { "laboratoire", KIND_LABORATORY, 10, 0 },
    { "laboratoire d ' explorations", KIND_REPORT, 12, 0 },
    { "labm", KIND_LABORATORY, 10, 0 },
    { "biolab", KIND_LABORATORY, 10, 0 },
    { "biochimie", KIND_LABORATORY, 8, 3 },
    { "hematologie", KIND_LABORATORY, 6, 2 },
    { "hemogramme", KIND_LABORATORY, 6, 3 },
    { "serologie", KIND_LABORATORY, 4, 1 },
    { "valeurs de reference", KIND_LABORATORY, 8, 4 },
    { "valeurs usuelles", KIND_LABORATORY, 8, 4 },
    { "anteriorites", KIND_LABORATORY, 6, 3 },
    { "anteriorite", KIND_LABORATORY, 6, 3 },
    { "prelevement", KIND_LABORATORY, 4, 1 },
    { "preleve le", KIND_LABORATORY, 6, 2 },
    { "antibiogramme", KIND_LABORATORY, 5, 3 },
    { "goutte epaisse", KIND_LABORATORY, 5, 2 },
    { "imagerie medicale", KIND_IMAGING, 45, 1 },
    { "imagerie", KIND_IMAGING, 25, 1 },
    { "radiographie", KIND_IMAGING, 35, 1 },
    { "radiologie", KIND_IMAGING, 15, 0 },
    { "echographie", KIND_IMAGING, 30, 1 },
    { "mammographie", KIND_IMAGING, 35, 1 },
    { "scanner", KIND_IMAGING, 35, 1 },
    { "tomodensitometrie", KIND_IMAGING, 35, 2 },
    { "irm", KIND_IMAGING, 30, 1 },
    { "angio irm", KIND_IMAGING, 35, 1 },
    { "bili irm", KIND_IMAGING, 35, 1 },
    { "tdm", KIND_IMAGING, 35, 1 },
    { "angioscanner", KIND_IMAGING, 35, 1 },
    { "uroscanner", KIND_IMAGING, 35, 1 },
    { "coroscanner", KIND_IMAGING, 35, 1 },
    { "arthroscanner", KIND_IMAGING, 35, 1 },
    { "radio du thorax", KIND_IMAGING, 30, 1 },
    { "radio de", KIND_IMAGING, 30, 1 },
    { "radio pulmonaire", KIND_IMAGING, 30, 1 },
    { "radiographies", KIND_IMAGING, 35, 1 },
    { "echographies", KIND_IMAGING, 30, 1 },
    { "echodoppler", KIND_IMAGING, 30, 1 },
    { "echocardiographie", KIND_IMAGING, 35, 1 },
    { "echocardiogramme", KIND_IMAGING, 35, 1 },
    { "osteodensitometrie", KIND_IMAGING, 35, 1 },
    { "hysterosalpingographie", KIND_IMAGING, 35, 1 },
    { "urographie", KIND_IMAGING, 35, 1 },
    { "panoramique dentaire", KIND_IMAGING, 35, 1 },
    { "cone beam", KIND_IMAGING, 30, 1 },
    { "x ray", KIND_IMAGING, 30, 1 },
    { "ct scan", KIND_IMAGING, 35, 1 },
    { "ultrasound", KIND_IMAGING, 30, 1 },
    { "mri", KIND_IMAGING, 30, 1 },
    { "doppler", KIND_IMAGING, 25, 1 },
    { "scintigraphie", KIND_IMAGING, 35, 1 },
    { "ouverture de la visionneuse", KIND_IMAGING, 20, 8 },
    { "lien vers les images", KIND_IMAGING, 10, 4 },
    { "que faire", KIND_OTHER, 25, 0 },
    { "conseils", KIND_OTHER, 25, 0 },
    { "consignes", KIND_OTHER, 20, 0 },
    { "fiche d ' information", KIND_OTHER, 30, 0 },
    { "education therapeutique", KIND_OTHER, 30, 0 },
    { "fiche dietetique", KIND_OTHER, 30, 0 },
    { "carnet de crises", KIND_OTHER, 30, 0 },
    { "carnet de poids", KIND_OTHER, 30, 0 },
    { "calendrier de chimiotherapie", KIND_OTHER, 30, 0 },
    { "plan d ' action", KIND_OTHER, 30, 0 },
    { "carnet de glycemies", KIND_OTHER, 30, 0 },
    { "carnet de glycemie", KIND_OTHER, 30, 0 },
    { "carnet de tension", KIND_OTHER, 30, 0 },
    { "ordonnance", KIND_PRESCRIPTION, 45, 2 },
    { "prescription de medicaments", KIND_PRESCRIPTION, 50, 4 },
    { "prescription medicale", KIND_PRESCRIPTION, 40, 2 },
    { "prescription", KIND_PRESCRIPTION, 10, 0 },
    { "plan de traitement", KIND_PRESCRIPTION, 25, 2 },
    { "posologie", KIND_PRESCRIPTION, 5, 2 },
    { "qsp", KIND_PRESCRIPTION, 4, 3 },
    { "certificat", KIND_CERTIFICATE, 45, 2 },
    { "certificate of vaccination", KIND_CERTIFICATE, 45, 2 },
    { "carnet de vaccination", KIND_CERTIFICATE, 45, 2 },
    { "carnet de vaccinations", KIND_CERTIFICATE, 45, 2 },
    { "carte de vaccination", KIND_CERTIFICATE, 45, 2 },
    { "carnet de sante", KIND_CERTIFICATE, 40, 2 },
    { "passeport vaccinal", KIND_CERTIFICATE, 45, 2 },
    { "immunization record", KIND_CERTIFICATE, 45, 2 },
    { "fiche de vaccination", KIND_CERTIFICATE, 45, 2 },
    { "vaccination card", KIND_CERTIFICATE, 45, 2 },
    { "vaccination record", KIND_CERTIFICATE, 45, 2 },
    { "je soussigne", KIND_CERTIFICATE, 25, 12 },
    { "je soussignee", KIND_CERTIFICATE, 25, 12 },
    { "arret de travail", KIND_CERTIFICATE, 30, 4 },
    { "attestation", KIND_CERTIFICATE, 25, 1 },
    { "certifie", KIND_CERTIFICATE, 8, 4 },
    { "compte rendu d ' hospitalisation", KIND_REPORT, 60, 3 },
    { "compte rendu de consultation", KIND_REPORT, 60, 3 },
    { "compte rendu operatoire", KIND_REPORT, 60, 3 },
    { "compte rendu d ' acte de telemedecine", KIND_REPORT, 60, 3 },
    { "compte rendu", KIND_REPORT, 14, 0 },
    { "lettre de liaison", KIND_REPORT, 45, 3 },
    { "lettre de sortie", KIND_REPORT, 45, 3 },
    { "synthese medicale", KIND_REPORT, 40, 2 },
    { "dossier des urgences", KIND_REPORT, 45, 3 },
    { "dossier medical", KIND_REPORT, 25, 1 },
    { "dossier de liaison", KIND_REPORT, 40, 1 },
    { "reunion de concertation", KIND_REPORT, 40, 2 },
    { "observation medicale", KIND_REPORT, 40, 2 },
    { "courrier", KIND_REPORT, 15, 0 },
    { "consultation", KIND_REPORT, 15, 1 },
    { "cher confrere", KIND_REPORT, 70, 12, true },
    { "chere consoeur", KIND_REPORT, 70, 12, true },
    { "cher collegue", KIND_REPORT, 70, 12, true },
    { "chere collegue", KIND_REPORT, 70, 12, true },
    { "cher docteur", KIND_REPORT, 70, 12, true },
    { "chere amie", KIND_REPORT, 60, 12, true },
    { "dear colleague", KIND_REPORT, 70, 12, true },
    { "cher ami", KIND_REPORT, 60, 12, true },
    { "cher maitre", KIND_REPORT, 70, 12, true },
    { "cro", KIND_REPORT, 45, 0 },
    { "urgences", KIND_REPORT, 12, 0 },
    { "fiche de soins", KIND_REPORT, 25, 0 },
    { "fiche cpn", KIND_REPORT, 25, 0 },
    { "surveillance de la croissance", KIND_REPORT, 25, 0 },
    { "bilan initial", KIND_REPORT, 15, 0 },
    { "bilan intermediaire", KIND_REPORT, 25, 0 },
    { "kinesitherapie", KIND_REPORT, 12, 0 },
    { "kinesitherapeute", KIND_REPORT, 8, 0 },
    { "reeducation", KIND_REPORT, 12, 0 },
    { "cs de suivi", KIND_REPORT, 20, 0 },
    { "seance n \xC2\xB0", KIND_REPORT, 15, 0 },
    { "spirometrie", KIND_REPORT, 25, 1 },
    { "audiometrie", KIND_REPORT, 25, 1 },
    { "audiogramme", KIND_REPORT, 25, 1 },
    { "electrocardiogramme", KIND_REPORT, 25, 1 },
    { "ecg 12 derivations", KIND_REPORT, 25, 0 },
    { "electroencephalogramme", KIND_REPORT, 25, 1 },
    { "fibroscopie", KIND_REPORT, 25, 1 },
    { "endoscopie", KIND_REPORT, 25, 1 },
    { "coloscopie", KIND_REPORT, 25, 1 },
    { "coronarographie", KIND_REPORT, 25, 1 },
    { "sante au travail", KIND_REPORT, 10, 0 },
    { "medecin du travail", KIND_REPORT, 10, 0 },
    { "fiche d ' aptitude", KIND_CERTIFICATE, 45, 1 },
    { "motif d ' hospitalisation", KIND_REPORT, 10, 6 },
    { "motif de consultation", KIND_REPORT, 10, 4 },
    { "motif consultation", KIND_REPORT, 10, 4 },
    { "histoire de la maladie", KIND_REPORT, 10, 6 },
    { "examen clinique", KIND_REPORT, 8, 4 },
    { "antecedents", KIND_REPORT, 4, 2 },
    { "atcd", KIND_REPORT, 4, 2 },
    { "hospitalise", KIND_REPORT, 4, 2 },
    { "hospitalisee", KIND_REPORT, 4, 2 },
};

/* Headings of the parts of what somebody tells of an examination, an operation or a stay (folded), at the start of a line. */
static const char *const sections[] = {
    "motif",
    "terrain",
    "facteurs de risque",
    "antecedents",
    "atcd",
    "histoire",
    "hist",
    "hdm",
    "interrogatoire",
    "anamnese",
    "plaintes",
    "examen",
    "examen clinique",
    "ex",
    "clinique",
    "diagnostic",
    "hypothese",
    "hyp",
    "conclusion",
    "au total",
    "cat",
    "conduite a tenir",
    "decision",
    "evolution",
    "indication",
    "intervention",
    "operateur",
    "chirurgien",
    "chir",
    "aide",
    "anesthesie",
    "anesthesiste",
    "installation",
    "voie d ' abord",
    "geste",
    "suites",
    "suites operatoires",
    "traitement en cours",
    "traitement propose",
    "a l ' entree",
    "dans le service",
    "avis",
    "synthese",
    "assessment",
    "history",
    "examination",
    "on examination",
    "findings",
    "plan",
    "impression",
};

/* Punctuation between the words of a title ("COMPTE-RENDU") does not part them. */
static size_t match_loosely(const struct tokens *t, size_t i, const char *words) {
    struct str rest = str_from_c(words);
    size_t at = i;
    while (rest.n) {
        size_t n = str_find_char(rest, ' ');
        struct str word = str_sub(rest, 0, n);
        if (at > i && token_is_sign(t, at, '-')) at++;
        if (at >= t->count || !str_eq(t->items[at].fold, word)) return i;
        at++;
        rest = str_sub(rest, n + 1, rest.n);
    }
    return at;
}

/* What the clues in a line say; those inside a longer one that was found do not count. */
struct line_clues {
    int points[KIND_COUNT];
    bool greets;
    size_t names; /* the token behind the first that can be a title; 0: none can */
};

static void read_line(const struct tokens *t, bool title, struct line_clues *out) {
    for (size_t i = 0; i < t->count;) {
        size_t longest = i + 1;
        if (t->items[i].kind == TOKEN_WORD && t->items[i].fold.n) {
            for (size_t k = 0; k < COUNT_OF(clues); k++) {
                if (clues[k].words[0] != t->items[i].fold.p[0]) continue;
                size_t end = match_loosely(t, i, clues[k].words);
                if (end == i) continue;
                out->points[clues[k].kind] += title ? clues[k].title : clues[k].body;
                out->greets |= clues[k].greets;
                /* What the body says as well is no title. */
                if (!clues[k].greets && clues[k].body * 5 <= clues[k].title && !out->names) out->names = end;
                longest = end;
                break; /* longer phrases stand first */
            }
        }
        i = longest;
    }
}

/* "Prescription", "Ordonnance" as the label of a number or of a doctor say nothing about the page. */
static bool is_label(const struct tokens *t) {
    for (size_t i = 1; i < t->count; i++)
        if (token_is_sign(t, i, ':') && i < 4 && i + 1 < t->count) return true;
    return t->count > TITLE_TOKENS_MAX;
}

/* Behind what numbers a line: "1.", "a)". */
static size_t behind_number(const struct tokens *t) {
    size_t i = 0;
    if (t->count && (t->items[0].kind == TOKEN_NUMBER || t->items[0].fold.n == 1)) i++;
    while (i && i < t->count && t->items[i].kind == TOKEN_SIGN) i++;
    return i;
}

/* A row that only one kind of document has: a value with unit and range, a known drug with its strength or dose. Else KIND_OTHER. */
static enum document_kind kind_of_row(const struct tokens *t) {
    struct drug_line l;
    bool value = false, range = false;
    for (size_t k = 1; k < t->count && !(value && range); k++) {
        size_t end = match_value(t, k), a, b;
        value = value || (end > k && match_unit(t, end) > end);
        range = range || (end > k && match_reference(t, k, &a, &b) > end);
    }
    if (value && range) return KIND_LABORATORY;
    if (!drug_line_start(t, behind_number(t), false, &l) || !l.known) return KIND_OTHER;
    bool taken = l.name_to == t->count; /* how it is taken stands below */
    for (size_t k = l.name_to; k < t->count && !taken; k++)
        taken = match_strength(t, k) > k || match_dose(t, k) > k;
    return taken ? KIND_PRESCRIPTION : KIND_OTHER;
}

static bool ends_word(struct str text, size_t at, size_t letters_min) {
    size_t letters = 0;
    while (letters < at && (is_ascii_letter(text.p[at - 1 - letters]) || (text.p[at - 1 - letters] & 0x80)))
        letters++;
    return letters >= letters_min;
}

/* "Carte remise. IRM possible.": a sentence ends within it. */
static bool holds_sentence(struct str text) {
    for (size_t i = 1; i + 2 < text.n; i++) {
        bool begins =
            text.p[i] == '.' && text.p[i + 1] == ' ' && text.p[i + 2] >= 'A' && text.p[i + 2] <= 'Z';
        if (begins && ends_word(text, i, WORD_LETTERS_MIN)) return true;
    }
    return false;
}

/* "FEVG (12/03) : 60 %": says something of what it names. */
static bool holds_value(struct str text) {
    size_t colon = str_find_char(text, ':');
    return colon + 1 < text.n;
}

/* Sentences, "ordonnance en DCI", "V. EXAMENS DEMANDES": the text of a paper, or a part of it, is no name for the whole. */
static bool is_of_text(struct str text) {
    size_t roman = 0;
    while (roman < text.n && strchr("IVX", text.p[roman])) roman++;
    bool numbered = roman && roman + 1 < text.n && text.p[roman] == '.' && text.p[roman + 1] == ' ';
    bool part = text.n == 0 || numbered || (text.p[0] >= 'a' && text.p[0] <= 'z');
    return part || text.p[text.n - 1] == '.' || holds_value(text) || holds_sentence(text);
}

/* Points of a line in the zone of titles. Behind what is told "Ordonnance" heads a part. runs: there were sentences. */
static void read_title(const struct tokens *t, const struct line *line, bool runs, struct kind_score *score) {
    struct line_clues c = { .names = 0 };
    enum document_kind kind = KIND_OTHER; /* of most points */
    read_line(t, true, &c);
    score->greets |= c.greets;
    if (score->told) c.points[KIND_PRESCRIPTION] = 0;
    /* "Conseils" ends what is told of a consultation. */
    if (score->told && score->points[KIND_REPORT] + score->vital > 0) c.points[KIND_OTHER] = 0;
    for (int k = 0; k < KIND_COUNT; k++) {
        score->points[k] += c.points[k];
        if (c.points[k] > c.points[kind]) kind = (enum document_kind)k;
    }
    if (c.points[kind] <= score->best_title || !c.names) return;
    struct str cell = str_trim(line->cells[t->items[c.names - 1].cell].text);
    if (is_of_text(cell)) return;
    score->best_title = c.points[kind];
    score->title_kind = kind;
    if (!runs) score->title = cell;
}

/* "Motif d'hospitalisation : …", "EVOLUTION": a line that opens a part of a report. */
static bool opens_section(const struct tokens *t) {
    size_t from = behind_number(t);
    for (size_t k = 0; k < COUNT_OF(sections); k++) {
        size_t end = tokens_match(t, from, sections[k]);
        if (end == from) continue;
        if (end == t->count || token_is_sign(t, end, '.')) return true;
        for (size_t i = end; i <= end + LABEL_TOKENS_MAX; i++)
            if (token_is_sign(t, i, ':')) return true;
    }
    return false;
}

/* "TA 118/74", "Poids : 74 kg", "T\xC2\xB0 36,8": what was measured of the body. */
static bool holds_vital_sign(const struct tokens *t) {
    static const char signs[] = "poids ta tension pouls fc temperature spo2 saturation sat imc t";
    for (size_t i = 0; i + 1 < t->count; i++) {
        size_t at = i + 1;
        if (!token_in(t, i, signs)) continue;
        if (token_is(t, at, "\xC2\xB0")) at++;
        if (token_is_sign(t, at, ':')) at++;
        if (token_is_number(t, at)) return true;
    }
    return false;
}

/* Some words in a row, or more than one sentence. */
static bool is_prose(const struct tokens *t) {
    int words = 0;
    for (size_t i = 0; i < t->count; i++)
        words += token_is_lower(t, i) && t->items[i].fold.n > LINK_LETTERS_MAX;
    return words >= PROSE_WORDS_MIN || holds_sentence(t->text);
}

/* Of `most` points what a share of lines gives: none up to SHARE_FROM, all from SHARE_FULL on. */
static int share_points(int part, int lines, int most) {
    int percent = lines ? 100 * part / lines : 0;
    if (percent <= SHARE_FROM) return 0;
    return percent >= SHARE_FULL ? most : most * (percent - SHARE_FROM) / (SHARE_FULL - SHARE_FROM);
}

void kind_read(const struct sheet *s, struct kind_score *score) {
    struct line_clues body = { .names = 0 };
    int rows[KIND_COUNT] = { 0 }, lines = 0, opened = 0;
    bool in_titles = true, runs = false;
    for (size_t i = 0; i < s->page->count; i++) {
        const struct tokens *t = &s->tokens[i].tokens;
        enum document_kind row = kind_of_row(t);
        rows[row]++;
        bool prose = is_prose(t), opens = opens_section(t);
        lines += t->count > 0 && !s->page->lines[i].repeated;
        opened += opened < SECTIONS_MAX && opens;
        score->vital += score->vital < VITAL_LINES_MAX && holds_vital_sign(t);
        score->leads |= row == KIND_PRESCRIPTION && !score->told;
        in_titles = in_titles && row == KIND_OTHER && !opens &&
                    i < TITLE_LINES; /* what stands below drugs or in a part of a report is no title */
        if (in_titles && !prose && !is_label(t) && !s->page->lines[i].repeated)
            read_title(t, &s->page->lines[i], runs, score);
        else
            read_line(t, false, &body);
        runs |= prose;
        bool named = score->title_kind != KIND_PRESCRIPTION && score->best_title >= NAMED_POINTS;
        if (!score->told && row == KIND_OTHER && (prose || opens || named || score->greets)) {
            score->told = true;
            score->told_at = s->page->lines[i].box;
            score->told_page = s->page->lines[i].page;
        }
    }
    for (int k = KIND_OTHER + 1; k < KIND_COUNT; k++)
        score->points[k] += body.points[k] < BODY_POINTS_MAX ? body.points[k] : BODY_POINTS_MAX;
    score->taken += rows[KIND_PRESCRIPTION];
    score->points[KIND_LABORATORY] += share_points(rows[KIND_LABORATORY], lines, ROWS_POINTS);
    /* A report of images has the same parts as others. */
    score->points[score->title_kind == KIND_IMAGING ? KIND_IMAGING : KIND_REPORT] += opened * SECTION_POINTS;
    score->lines += lines;
}

static size_t word_count(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] != ' ' && (i == 0 || s.p[i - 1] == ' ');
    return n;
}

/* Does it stand above whatever the paper tells? */
static bool stands_first(const struct kind_score *score, const struct fact *f) {
    if (!score->told || f->page != score->told_page) return !score->told || f->page < score->told_page;
    return f->box.y <= score->told_at.y;
}

void kind_weigh_facts(struct kind_score *score, const struct fact *facts, size_t count) {
    int taken = 0, measured = 0, given = 0;
    for (size_t i = 0; i < count; i++) {
        bool dosed = facts[i].type == FACT_MEDICATION && (facts[i].dose.n || facts[i].frequency.n);
        taken += dosed;
        score->leads |= dosed && stands_first(score, &facts[i]);
        bool same_row = i && facts[i].type == facts[i - 1].type && facts[i].day.n &&
                        str_eq(facts[i].quote, facts[i - 1].quote); /* of another day */
        measured +=
            facts[i].type == FACT_LAB_VALUE && !same_row && word_count(facts[i].quote) <= ROW_WORDS_MAX;
        given += facts[i].type == FACT_VACCINATION;
        score->lines -= facts[i].type == FACT_APPOINTMENT && score->lines > 1;
    }
    if (taken > score->taken) score->taken = taken;
    score->points[KIND_LABORATORY] += share_points(measured, score->lines, MEASURED_POINTS);
    score->points[KIND_CERTIFICATE] += share_points(given, score->lines, GIVEN_POINTS);
}

/* Drugs make a prescription where they come first; behind what is told they end a report. */
static int points_of(const struct kind_score *score, enum document_kind k) {
    int points = score->points[k];
    if (k == (score->leads ? KIND_PRESCRIPTION : KIND_REPORT))
        points += share_points(score->taken, score->lines, score->leads ? TAKEN_POINTS : BEHIND_POINTS);
    if (k == KIND_REPORT && !score->leads) points += score->vital * VITAL_POINTS;
    return points;
}

enum document_kind kind_of(const struct kind_score *score) {
    enum document_kind best = KIND_OTHER;
    int most = score->points[KIND_OTHER] < ENOUGH_POINTS ? ENOUGH_POINTS - 1 : score->points[KIND_OTHER];
    for (int k = KIND_OTHER + 1; k < KIND_COUNT; k++) {
        int points = points_of(score, (enum document_kind)k);
        if (points <= most) continue;
        best = (enum document_kind)k;
        most = points;
    }
    return best;
}
