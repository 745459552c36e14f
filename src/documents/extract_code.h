#ifndef DOCUMENTS_EXTRACT_CODE_H
#define DOCUMENTS_EXTRACT_CODE_H
/*
 * extract_code -- the words between the program and medirecord-extract, known to both.
 *
 * The extractor program is a keeper: it has loaded its libraries, reads no document, and forks a reader for
 * each one. Over its control socket (descriptor 3, packets) it gets a request {u8 version, u8 task, u64 memory
 * bytes, u32 processor seconds, u32 page, u32 width, u32 height, turn (page_wire.h)} with
 * four descriptors: the document (a sealed memory file), the page socket, the status socket and a memory file beside
 * the document, which the task says more of. The reader shuts itself in, then answers on the page socket with frames: ready, what its task is about, end or failed.
 *
 *   read    total, pages. Behind its own pages a document has those of the files within it that are read: the total says the first of
 *           each, and its name. Several readers may read one document: the claims, a file beside it of a byte a page that
 *           they share, tell who takes which page, and each sends its own in rising order
 *   draw    a picture: of the page (from 1), turned as said, so many pixels wide and high
 *   unlock  the program sends a password; pieces of the PDF without it
 *   export  pieces of a PDF that looks like the document and whose words can be searched. Beside the document lie its
 *           pages in rising order, each a u32 length and a page (page_wire.h), sealed
 *
 * Page, sizes and turn are 0 when nothing is drawn. When the reader has ended, the keeper writes its wait status
 * (u32) on the status socket; when the program closes the status socket before that, the keeper kills the
 * reader.
 */
#include <stdint.h>

enum { EXTRACT_PROTOCOL = 6, EXTRACT_REQUEST_FDS = 4 };

enum extract_task {
    EXTRACT_TASK_READ,
    EXTRACT_TASK_DRAW,
    EXTRACT_TASK_UNLOCK,
    EXTRACT_TASK_EXPORT,
    EXTRACT_TASK_COUNT
};

enum extract_frame {
    EXTRACT_FRAME_READY = 1, /* the sandbox is closed; empty */
    EXTRACT_FRAME_TOTAL,     /* number of pages, and which come from files within the document: page_wire.h */
    EXTRACT_FRAME_PAGE,      /* page_wire.h */
    EXTRACT_FRAME_END,       /* all pages were sent; empty */
    EXTRACT_FRAME_FAILED,    /* u8: enum extract_code */
    EXTRACT_FRAME_PICTURE,   /* a JPEG file */
    EXTRACT_FRAME_PIECE,     /* the next bytes of a file, at most EXTRACT_PIECE_BYTES */
    EXTRACT_FRAME_PASSWORD   /* from the program: at most EXTRACT_PASSWORD_BYTES, without NUL */
};

/* A password of ISO 32000-2 has at most 127 bytes. A frame of that size never waits for who reads it. */
enum { EXTRACT_PASSWORD_BYTES = 127, EXTRACT_PIECE_BYTES = 64 * 1024 };

/* The largest file that a task makes: a little more than an upload may have. */
#define EXTRACT_FILE_BYTES (UINT64_C(128) * 1024 * 1024)

enum extract_code {
    EXTRACT_OK,
    EXTRACT_EMPTY,       /* no bytes, or no words in a text file */
    EXTRACT_UNSUPPORTED, /* not one of the formats that are read */
    EXTRACT_ENCRYPTED,   /* needs a password */
    EXTRACT_DAMAGED,     /* its own format's rules are broken beyond repair */
    EXTRACT_NO_PAGES,
    EXTRACT_TOO_MANY_PAGES,    /* more than PAGES_MAX */
    EXTRACT_TOO_LARGE_PICTURE, /* more pixels than fit the memory */
    EXTRACT_TOO_COMPLEX,       /* more words on a page than PAGE_WORDS_MAX, or out of memory */
    EXTRACT_NO_MODELS,         /* pictures cannot be read here: Tesseract's models are not installed */
    EXTRACT_WRONG_PASSWORD,
    EXTRACT_ENCRYPTED_OFFICE, /* a DOCX or ODT with a password, which is not taken off here */
    EXTRACT_OLD_OFFICE,       /* DOC, XLS, PPT: the formats before the present ones */
    EXTRACT_INTERNAL,         /* the sandbox could not be closed, or another fault of ours */
    /* Known to the program only: */
    EXTRACT_TIMEOUT,
    EXTRACT_CRASHED,
    EXTRACT_CODE_COUNT,
    EXTRACT_COUNTED /* within the extractor: the pages were counted, and not read */
};

/* How the reader leaves. Anything else, and any signal, is a crash. */
enum { EXTRACT_EXIT_OK = 0, EXTRACT_EXIT_OK_OCR = 10, EXTRACT_EXIT_MEMORY = 11, EXTRACT_EXIT_SANDBOX = 12 };

#endif
