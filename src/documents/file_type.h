#ifndef DOCUMENTS_FILE_TYPE_H
#define DOCUMENTS_FILE_TYPE_H
/*
 * file_type -- what a file is, from its first bytes and never from its name.
 *
 * Pure. Used twice: at upload, to refuse at once what cannot be read, and in the extractor, which believes
 * nobody.
 */
#include "base/base.h"

enum file_type {
    FILE_UNKNOWN,
    FILE_PDF,
    FILE_PNG,
    FILE_JPEG,
    FILE_TIFF,
    FILE_WEBP,
    FILE_HEIC,
    FILE_BMP,
    FILE_DOCX,
    FILE_ODT,
    FILE_OLE, /* DOC, XLS, PPT, or a DOCX with a password in the same container: known, so that the reason can be told */
    FILE_TEXT, /* UTF-8 or Windows-1252 */
    FILE_TYPE_COUNT
};

/* So many bytes from the start of the file decide; fewer only when the file is shorter. */
enum { FILE_HEAD_BYTES = 4096 };

enum file_type file_type_of(struct str head);

/*
 * "application/pdf", for Content-Type; text says its charset only when it is UTF-8, which the caller knows.
 */
const char *file_type_mime(enum file_type);
/* ".pdf", for the name of a download. */
const char *file_type_suffix(enum file_type);
/* The same of a Content-Type, its charset aside; ".bin" of one that is none of ours. */
const char *file_type_suffix_of(struct str mime);

#endif
