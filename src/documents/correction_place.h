#ifndef DOCUMENTS_CORRECTION_PLACE_H
#define DOCUMENTS_CORRECTION_PLACE_H
/*
 * correction_place -- where on the paper the words stand that a doctor typed over what was read.
 *
 * Lines that stayed keep their words' places; a line that was changed takes the place of the one that it replaces, word by word; lines that
 * were added share the space between their neighbours. So boxes fall on the words, and tables stay tables, when one word was mended.
 */
#include "documents/document.h"

/*
 * Sets page->words to those of `text`; false and *page untouched when the text is not what was read with some mended words, and has to be
 * laid out otherwise, or when the arena is full. `longest` is that of a word, in bytes.
 */
bool correction_place(struct arena *, struct page *page, struct str text, size_t longest);

#endif
