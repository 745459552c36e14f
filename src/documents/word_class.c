#include "documents/word_class.h"

static int compare(struct str a, struct str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : a.n < b.n ? -1 : a.n > b.n;
}

uint64_t word_classes(struct str fold) {
    size_t low = 0, high = word_entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(fold, word_entries[middle].word);
        if (order == 0) return word_entries[middle].classes;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}
