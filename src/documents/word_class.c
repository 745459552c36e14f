#include "documents/word_class.h"

#include <stdlib.h>

static int by_word(const void *fold, const void *entry) {
    return str_compare(*(const struct str *)fold, ((const struct word_entry *)entry)->word);
}

uint64_t word_classes(struct str fold) {
    const struct word_entry *found =
        bsearch(&fold, word_entries, word_entry_count, sizeof *word_entries, by_word);
    return found ? found->classes : 0;
}
