/*
 * no_icc -- stands before Little CMS: colour profiles in documents are not opened.
 *
 * Poppler builds a colour transform for each ICC profile of a page, even to read its text: seven tenths of
 * the processor time of a text layer, and a parser of hostile bytes, for colours that nobody sees. A
 * profile that cannot be opened makes Poppler use the alternate colour space (ISO 32000-1, 8.6.5.5), which
 * is black, grey or RGB and good enough for the OCR. The dynamic linker finds this function before the
 * library's.
 */
#include <stddef.h>
#include <stdint.h>

void *cmsOpenProfileFromMem(const void *bytes, uint32_t n);

__attribute__((visibility("default"))) void *cmsOpenProfileFromMem(const void *bytes, uint32_t n) {
    (void)bytes, (void)n;
    return NULL;
}
