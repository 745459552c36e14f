#include "language/when_word.h"

#include "language/language_words.h"
#include "language/wolof.h"

bool when_word_is(const struct tokens *t, size_t i, const char *words) {
    return i < t->count && str_in_words(t->items[i].folded, words);
}

bool when_word_in(const struct tokens *t, size_t i, const struct word_list *list) {
    return i < t->count && word_in(t->items[i].folded, list);
}

bool when_sounds(const struct tokens *t, size_t i, const char *sounds) {
    char sound[WOLOF_SOUND_BYTES_MAX];
    if (i >= t->count) return false;
    struct str heard = { sound, wolof_sound(t->items[i].folded, sound) };
    return heard.n && str_in_words(heard, sounds);
}

/* The word stands in the row's list. */
static int row_of(const struct tokens *t, size_t i, const char *const *rows, size_t count) {
    for (size_t k = 0; k < count; k++)
        if (when_word_is(t, i, rows[k])) return (int)k + 1;
    return 0;
}

int when_number(const struct tokens *t, size_t i) {
    static const char *const words[] = { "un une one benn",
                                         "deux two naar naari",
                                         "trois three nett netti",
                                         "quatre four nent nenti",
                                         "cinq five juroom juroomi",
                                         "six",
                                         "sept seven",
                                         "huit eight",
                                         "neuf nine",
                                         "dix ten fukk fukki",
                                         "onze eleven",
                                         "douze twelve" };
    int64_t n;
    if (i >= t->count) return -1;
    if (t->items[i].number) return str_to_i64(t->items[i].folded, &n) && n >= 0 && n <= 9999 ? (int)n : -1;
    int row = row_of(t, i, words, COUNT_OF(words));
    return row ? row : -1;
}

int when_month(const struct tokens *t, size_t i) {
    static const char *const names[] = { "janvier january", "fevrier february",  "mars march",
                                         "avril april",     "mai may",           "juin june",
                                         "juillet july",    "aout august",       "septembre september",
                                         "octobre october", "novembre november", "decembre december" };
    int month = row_of(t, i, names, COUNT_OF(names));
    if (!when_word_is(t, i, "may")) return month;
    /* "May" is a month behind "in", "the" or a number and before a year; elsewhere it is "can", and a word of Wolof. */
    bool behind = i && (when_word_is(t, i - 1, "in of since the") || t->items[i - 1].number);
    return behind || when_number(t, i + 1) >= 1950 ? month : 0;
}

int when_weekday(const struct tokens *t, size_t i) {
    static const char *const names[] = { "lundi monday altine",
                                         "mardi tuesday talaata talata",
                                         "mercredi wednesday allarba alarba",
                                         "jeudi thursday alxames alxamis",
                                         "vendredi friday ajjuma ajuma aljuma",
                                         "samedi saturday gaawu gawu aseer",
                                         "dimanche sunday dibeer diber" };
    return row_of(t, i, names, COUNT_OF(names));
}

enum when_unit when_unit(const struct tokens *t, size_t i) {
    if (when_word_in(t, i, &words_day_unit)) return UNIT_DAY;
    if (when_word_in(t, i, &words_week_unit) || when_sounds(t, i, "ayubes")) return UNIT_WEEK;
    if (when_word_is(t, i, "mois month months") || when_sounds(t, i, "wer")) return UNIT_MONTH;
    return when_word_in(t, i, &words_year_unit) ? UNIT_YEAR : UNIT_NONE;
}

size_t when_last(const struct tokens *t, size_t i) {
    if (when_word_in(t, i, &words_last_time)) return 1;
    if (when_sounds(t, i, "wesu")) return 1;
    return when_word_in(t, i, &words_wolof_link_past) && when_sounds(t, i + 1, "wesu") ? 2 : 0;
}

size_t when_next(const struct tokens *t, size_t i) {
    if (when_word_in(t, i, &words_next_time)) return 1;
    return when_word_in(t, i, &words_wolof_link_next) && when_sounds(t, i + 1, "new dikal") ? 2 : 0;
}
