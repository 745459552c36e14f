#include "office_parts.h"

#include "base/buf.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { ENTRIES_MAX = 5000, BODY_RANK = 1, MANIFEST_RANK = 2, BLOCK_BYTES = 64 * 1024 };

/* '*' stands for a number. The rank of the body is BODY_RANK in both. */
static const char *const docx_names[] = { "word/header*.xml", "word/document.xml", "word/footnotes.xml",
                                          "word/footer*.xml" };
static const char *const odt_names[] = { "styles.xml", "content.xml", "META-INF/manifest.xml" };

static bool matches(const char *name, const char *pattern) {
    for (; *pattern && *pattern != '*'; pattern++, name++)
        if (*name != *pattern) return false;
    if (!*pattern) return *name == 0;
    while (is_digit(*name)) name++;
    return strcmp(name, pattern + 1) == 0;
}

/* -1: not a part that is read. */
static int rank_of(enum file_type type, const char *name) {
    const char *const *names = type == FILE_DOCX ? docx_names : odt_names;
    size_t count = type == FILE_DOCX ? COUNT_OF(docx_names) : COUNT_OF(odt_names);

    for (size_t i = 0; name && i < count; i++)
        if (matches(name, names[i])) return (int)i;
    return -1;
}

/* The whole entry; what it says of its own size is not believed. */
static enum extract_code unpack(struct arena *arena, struct archive *zip, size_t room, struct str *out) {
    struct buf bytes;
    char *block;
    la_ssize_t n = 0;

    buf_init(&bytes, room);
    while ((block = buf_room(&bytes, BLOCK_BYTES)) != NULL &&
           (n = archive_read_data(zip, block, BLOCK_BYTES)) > 0)
        bytes.n += (size_t)n;
    enum extract_code code = !block || !arena_dup(arena, buf_str(&bytes), out) ? EXTRACT_TOO_COMPLEX
                             : n < 0                                           ? EXTRACT_DAMAGED
                                                                               : EXTRACT_OK;
    buf_done(&bytes);
    return code;
}

static int by_rank(const void *a, const void *b) {
    return ((const struct office_part *)a)->rank - ((const struct office_part *)b)->rank;
}

static enum extract_code entries_read(struct arena *arena, enum file_type type, struct archive *zip,
                                      struct office_parts *out) {
    struct archive_entry *entry = NULL;
    enum extract_code code = EXTRACT_OK;
    size_t room = OFFICE_XML_MAX;
    int status = ARCHIVE_OK;

    for (int i = 0; code == EXTRACT_OK && (status = archive_read_next_header(zip, &entry)) == ARCHIVE_OK;
         i++) {
        int rank = rank_of(type, archive_entry_pathname(entry));
        if (i == ENTRIES_MAX) return EXTRACT_TOO_COMPLEX;
        if (rank < 0) continue;
        if (archive_entry_is_data_encrypted(entry)) return EXTRACT_ENCRYPTED_OFFICE;
        if (out->count == OFFICE_PARTS_MAX) return EXTRACT_TOO_COMPLEX;
        struct office_part *part = &out->items[out->count++];
        part->rank = rank;
        code = unpack(arena, zip, room, &part->xml);
        room -= part->xml.n;
    }
    if (code == EXTRACT_OK && status != ARCHIVE_EOF) code = EXTRACT_DAMAGED;
    return code;
}

/* Takes the manifest off the end of the ordered parts: it is no text. (OpenDocument 1.3, part 2, 4.4) */
static bool manifest_tells_of_password(struct office_parts *parts) {
    if (parts->count == 0 || parts->items[parts->count - 1].rank != MANIFEST_RANK) return false;
    struct str xml = parts->items[--parts->count].xml;
    return str_find(xml, STR("encryption-data")) < xml.n;
}

enum extract_code office_parts_read(struct arena *arena, enum file_type type, struct str bytes,
                                    struct office_parts *out) {
    struct archive *zip = archive_read_new();
    enum extract_code code = EXTRACT_DAMAGED;

    *out = (struct office_parts) { .count = 0 };
    if (!zip) return EXTRACT_TOO_COMPLEX;
    if (archive_read_support_format_zip(zip) == ARCHIVE_OK &&
        archive_read_open_memory(zip, bytes.p, bytes.n) == ARCHIVE_OK)
        code = entries_read(arena, type, zip, out);
    archive_read_free(zip);
    if (code != EXTRACT_OK) return code;
    qsort(out->items, out->count, sizeof *out->items, by_rank);
    if (type == FILE_ODT && manifest_tells_of_password(out)) return EXTRACT_ENCRYPTED_OFFICE;
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].rank == BODY_RANK) return EXTRACT_OK;
    return EXTRACT_UNSUPPORTED;
}
