/* A text file in any encoding: pages of clean words that stand on the paper, or a reason. */
#include <stdlib.h>

#include "plain_text.h"
#include "sheet_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct sheet sheet;

    if (!sheet_check_init(&sheet)) return 0;
    if (plain_text_read(&sheet, (struct str) { (const char *)data, size }) >= EXTRACT_TIMEOUT) abort();
    sheet_done(&sheet);
    return 0;
}
