/*
 * Words laid over a PDF, whatever it is: its pages are turned and written, or it is refused. libqpdf itself is not what is looked for.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "folio.h"

enum { PDF_MAX = 64 * 1024, PAGES_LAID = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lay_all(struct folio *folio) {
    struct word words[] = { { STR("œdème"), { 100, 100, 400, 100 }, 90, 0 },
                            { STR("côté"), { 3000, 900, 90, 800 }, 90, 1 } };
    int count = folio_page_count(folio);

    for (int n = 1; n <= count && n <= PAGES_LAID; n++) {
        const struct page page = { .number = n,
                                   .width = 4000,
                                   .height = 3000,
                                   .turn = { (uint8_t)(n % 4), n * 700 },
                                   .words = words,
                                   .word_count = 2 };
        folio_lay(folio, &page);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct folio folio;
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (size > PDF_MAX || nowhere < 0) {
        if (nowhere >= 0) close(nowhere);
        return 0;
    }
    if (folio_open(&folio, (struct str) { (const char *)data, size }) == EXTRACT_OK) {
        lay_all(&folio);
        enum extract_code code = folio_send(&folio, nowhere);
        /* /dev/null is no socket: what could be written cannot be sent. */
        if (code != EXTRACT_INTERNAL && code != EXTRACT_DAMAGED && code != EXTRACT_OK) abort();
    }
    folio_close(&folio);
    close(nowhere);
    return 0;
}
