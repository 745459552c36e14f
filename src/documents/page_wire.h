#ifndef DOCUMENTS_PAGE_WIRE_H
#define DOCUMENTS_PAGE_WIRE_H
/*
 * page_wire -- a page as bytes: from the extractor to the program, and the words of a page in the database.
 *
 * Page:  u32 number, u32 width, u32 height, u8 source, turn, words.
 * Turn:  u8 quarters, u32 skew + TURN_SKEW_MAX, four times {u16 x, u16 y}.
 * Words: u32 count, then for each: u32 line, u32 x, u32 y, u32 w, u32 h, u8 confidence, u16 length, text.
 * Total: u32 pages, u8 left out; then for each file within the document u32 its first page, u16 length, name.
 * All big-endian. A page of the source "blank" is clean paper: no words, and nothing that was missed. "typed" words are a
 * doctor's: only the program says so, to have them laid over a page.
 *
 * Reading believes nothing: counts, boxes within the page, confidences, lines in order, clean UTF-8. What
 * can be known from the words is computed from them (text, confidence, legible), so that it cannot
 * contradict them.
 */
#include "base/buf.h"
#include "base/status.h"
#include "documents/page.h"

enum { PAGE_SIDE_MAX = 2000000, WORD_TEXT_MAX = 512, PAGE_WIRE_MAX = 8 * 1024 * 1024 };
enum page_wire_source { PAGE_WIRE_TEXT = 1, PAGE_WIRE_OCR, PAGE_WIRE_BLANK, PAGE_WIRE_TYPED };

struct wire;

/* How a page was turned; the same stands in a request for its picture. False: nonsense. */
void turn_wire_put(struct buf *, const struct turn *);
bool turn_wire_read(struct wire *, struct turn *) MUST_CHECK;

/* The corners alone, for the database; bytes of another length are none. */
void corners_wire_put(struct buf *, const struct corners *);
struct corners corners_wire_read(struct str bytes);

/* number, size, words and the given source; text and confidence are not written. */
void page_wire_put(struct buf *, const struct page *, enum page_wire_source);

/* The same of a page whose words are packed already, as page_wire_put_words() does it; empty: no words. */
void page_wire_put_packed(struct buf *, const struct page *, enum page_wire_source, struct str words_packed);

/*
 * The whole payload of a page frame; its source may be typed (PAGE_CORRECTED), which who believes nobody refuses. E_INVALID: nonsense; E_LIMIT: the arena is full. Words of nothing but
 * spaces are left out.
 */
enum status page_wire_read(struct arena *, struct str bytes, struct page *, struct err *) MUST_CHECK;

/*
 * How many pages a document has, and which of them come from files within it: those from the first page of a file on,
 * up to the next file. left_out: there are more files, which are not read.
 */
struct page_wire_total {
    int pages;
    bool left_out;
    struct page_wire_file {
        int first;
        struct str name;
    } files[PAGE_ATTACHMENTS_MAX];
    size_t file_count;
};
void page_wire_put_total(struct buf *, const struct page_wire_total *);
/* E_INVALID: nonsense. Names are borrowed from the bytes, and as they came. */
enum status page_wire_read_total(struct str bytes, struct page_wire_total *, struct err *) MUST_CHECK;

/* The words alone, for the database; reading sets words and word_count and needs width and height. */
void page_wire_put_words(struct buf *, const struct page *);
enum status page_wire_read_words(struct arena *, struct str bytes, struct page *, struct err *) MUST_CHECK;

#endif
