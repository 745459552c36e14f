/*
 * DOCX and ODT files: pages of clean words, or a reason. The first byte says which of the two, and whether the others are the whole zip file
 * or the XML of the body, which is packed here: changed bytes of a packed part seldom unpack.
 */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "office.h"
#include "sheet_check.h"

enum { WHOLE_FILE = 1, OPEN_DOCUMENT = 2, XML_MAX = 1 << 20, ZIP_MORE = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good) {
    if (!good) abort();
}

static size_t pack(const char *name, struct str xml, char *out, size_t room) {
    struct archive *zip = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    size_t n = 0;

    must(archive_write_set_format_zip(zip) == ARCHIVE_OK);
    must(archive_write_zip_set_compression_store(zip) == ARCHIVE_OK);
    must(archive_write_open_memory(zip, out, room, &n) == ARCHIVE_OK);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)xml.n);
    archive_entry_set_filetype(entry, AE_IFREG);
    must(archive_write_header(zip, entry) == ARCHIVE_OK);
    must(archive_write_data(zip, xml.p, xml.n) == (la_ssize_t)xml.n);
    must(archive_write_close(zip) == ARCHIVE_OK);
    archive_entry_free(entry);
    archive_write_free(zip);
    return n;
}

static void check(enum file_type type, struct str bytes) {
    struct sheet sheet;

    if (!sheet_check_init(&sheet)) return;
    if (office_read(&sheet, type, bytes) >= EXTRACT_TIMEOUT) abort();
    sheet_done(&sheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1 || size > XML_MAX) return 0;
    struct str rest = { (const char *)data + 1, size - 1 };
    enum file_type type = data[0] & OPEN_DOCUMENT ? FILE_ODT : FILE_DOCX;

    if (data[0] & WHOLE_FILE) {
        check(type, rest);
        return 0;
    }
    char *zip = malloc(rest.n + ZIP_MORE);
    must(zip != NULL);
    size_t n = pack(type == FILE_ODT ? "content.xml" : "word/document.xml", rest, zip, rest.n + ZIP_MORE);
    check(type, (struct str) { zip, n });
    free(zip);
    return 0;
}
