#include "documents/word_class.h"

uint64_t word_classes(struct str fold) {
    size_t low = 0, high = word_entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(fold, word_entries[middle].word);
        if (order == 0) return word_entries[middle].classes;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}
