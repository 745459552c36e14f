#include "base/word_list.h"

static bool is_one(struct str word, struct word_table table) {
    size_t low = 0, high = table.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare_text(word, table.items[middle]);
        if (order == 0) return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

bool word_in(struct str word, const struct word_list *list) {
    if (word.n == 0) return false;
    if (is_one(word, list->words)) return true;
    for (size_t i = 0; i < list->beginnings.count; i++)
        if (str_starts(word, str_from_c(list->beginnings.items[i]))) return true;
    for (size_t i = 0; i < list->endings.count; i++)
        if (str_ends(word, str_from_c(list->endings.items[i]))) return true;
    return false;
}

int word_row(struct str word, const struct word_list *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (word_in(word, &rows[i])) return (int)i;
    return -1;
}
