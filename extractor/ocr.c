#include "ocr.h"
#include "base/clock.h"
#include "mend.h"
#include "missed.h"
#include "parted.h"
#include "position.h"

#include <math.h>
#include <time.h>

/*
 * An upright print reads at 88 to 94, a page upside down at 30 to 50: below DOUBTFUL, where the picture did not
 * tell its position, the others are tried. BEST_AHEAD keeps noise from
 * turning a page.
 */
enum { CONFIDENCE_DOUBTFUL = 70, BEST_AHEAD = 8 };

/* Of what was passed over at first only good words are kept: the rest may be a stamp or a drawing. */
enum { CONFIDENCE_MISSED = 60 };
static const double TENTHS_PER_INCH = 720;

/*
 * Of one page, of processor time, so that what is read does not depend on how busy the machine is. A dense page takes 3 seconds for one
 * reading; after PAGE_PATIENCE_US no more readings are begun.
 */
#define PAGE_PATIENCE_US (8 * SECOND_US)

/* What came of one position of the picture. */
struct reading {
    int confidence; /* mean, weighted by length */
    bool sideways;  /* most words are higher than wide: Tesseract reads lines that run up or down too */
};

bool ocr_load(struct ocr *ocr) {
    if (!ocr->engine && ocr->models) ocr->engine = models_engine_new();
    return ocr->engine != NULL;
}

static int64_t processor_us(void) {
    struct timespec t = { 0 };

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

static bool patience_left(const struct ocr *ocr) {
    return processor_us() - ocr->page_began_us < PAGE_PATIENCE_US;
}

static void word_lay(struct sheet *sheet, TessResultIterator *words, double scale) {
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(words);
    int left, top, right, bottom;
    char *text = TessResultIteratorGetUTF8Text(words, RIL_WORD), room[WORD_TEXT_MAX + PARTED_ROOM];
    struct str word = str_from_c(text ? text : "");

    if (word.n <= WORD_TEXT_MAX) word = parted_word(word, room);
    if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) sheet_next_line(sheet);
    if (text && TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom))
        sheet_add(sheet, word, left * scale, top * scale, (right - left) * scale, (bottom - top) * scale,
                  (int)lroundf(TessResultIteratorConfidence(words, RIL_WORD)));
    TessDeleteText(text);
}

/* Those of at least this confidence. */
static void words_lay(struct ocr *ocr, struct sheet *sheet, double scale, int confidence_min) {
    TessResultIterator *words = TessBaseAPIGetIterator(ocr->engine);

    if (!words) return;
    do {
        if (TessResultIteratorConfidence(words, RIL_WORD) >= (float)confidence_min)
            word_lay(sheet, words, scale);
    } while (TessResultIteratorNext(words, RIL_WORD));
    TessResultIteratorDelete(words);
}

/* What was read badly at first, where `from` words stood, gives way to what stands there now. */
static void badly_read_drop(struct page *page, size_t from) {
    size_t kept = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        const struct word *w = &page->words[i];
        bool replaced = false;
        for (size_t k = from; i < from && w->confidence < MISSED_CONFIDENCE && k < page->word_count; k++) {
            const struct box *a = &w->box, *b = &page->words[k].box;
            replaced |= a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
        }
        if (!replaced) page->words[kept++] = *w;
    }
    page->word_count = kept;
}

/* Lines that the layout analysis passed over or mixed up, each on its own. */
static void missed_lay(struct ocr *ocr, struct sheet *sheet, double scale) {
    PIX *ink = TessBaseAPIGetThresholdedImage(ocr->engine);
    BOXA *lines = ink ? missed_lines(ink, &sheet->page, scale) : NULL;
    size_t before = sheet->page.word_count;

    TessBaseAPISetPageSegMode(ocr->engine, PSM_SINGLE_LINE);
    for (int i = 0; lines && i < boxaGetCount(lines) && patience_left(ocr); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(lines, i, &x, &y, &w, &h);
        TessBaseAPISetRectangle(ocr->engine, x, y, w, h);
        sheet_next_line(sheet);
        if (TessBaseAPIRecognize(ocr->engine, NULL) == 0) words_lay(ocr, sheet, scale, CONFIDENCE_MISSED);
    }
    TessBaseAPISetPageSegMode(ocr->engine, PSM_AUTO);
    badly_read_drop(&sheet->page, before);
    boxaDestroy(&lines);
    pixDestroy(&ink);
}

static struct reading judge(const struct page *page) {
    struct reading out = { 0, false };
    uint64_t sum = 0, weight = 0, high = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        const struct word *w = &page->words[i];
        sum += (uint64_t)w->confidence * w->text.n;
        weight += w->text.n;
        if (w->box.h > w->box.w && w->text.n >= 3) high += w->text.n;
    }
    if (weight) out.confidence = (int)(sum / weight);
    out.sideways = high * 2 > weight;
    return out;
}

/* Words that stand on their side are no reading to keep. */
static int score(const struct reading *r) {
    return r->sideways ? 0 : r->confidence;
}

/* False: no memory. */
static bool recognise(struct ocr *ocr, struct sheet *sheet, PIX *picture, double dpi, struct reading *out) {
    double scale = TENTHS_PER_INCH / dpi;

    sheet_begin(sheet, sheet->page.number, pixGetWidth(picture) * scale, pixGetHeight(picture) * scale);
    TessBaseAPISetImage2(ocr->engine, picture);
    TessBaseAPISetSourceResolution(ocr->engine, (int)lround(dpi));
    if (TessBaseAPIRecognize(ocr->engine, NULL) != 0) return false;
    words_lay(ocr, sheet, scale, 0);
    *out = judge(&sheet->page);
    if (!out->sideways && out->confidence >= CONFIDENCE_DOUBTFUL) missed_lay(ocr, sheet, scale);
    TessBaseAPIClear(ocr->engine);
    return true;
}

/* Turned by quarters and read. */
static bool recognise_turned(struct ocr *ocr, struct sheet *sheet, const struct mended *page, int quarters,
                             struct reading *out) {
    PIX *turned = pixRotateOrth(page->grey, quarters);
    bool good = turned && recognise(ocr, sheet, turned, page->dpi, out);

    sheet->page.turn = page->turn;
    sheet->page.turn.quarters = (uint8_t)quarters;
    pixDestroy(&turned);
    return good;
}

/* The piece of the page as it was read last that tells its position; NULL: no memory. */
static PIX *sample_of(const struct sheet *sheet, const struct mended *page) {
    PIX *turned = pixRotateOrth(page->grey, sheet->page.turn.quarters), *out = NULL;
    int x, y, w, h;

    if (!turned) return NULL;
    position_sample(&sheet->page, TENTHS_PER_INCH / page->dpi, pixGetWidth(turned), pixGetHeight(turned), &x,
                    &y, &w, &h);
    BOX *box = boxCreate(x, y, w, h);
    if (box) out = pixClipRectangle(turned, box, NULL);
    boxDestroy(&box);
    pixDestroy(&turned);
    return out;
}

/*
 * The position, of those that a page can lie in that was read badly as it is, in which a piece of it is read clearly better: one
 * whose letters were seen can only lie as it is given, one with words that stand on their side only so. The present
 * one: none is better.
 */
static int better_position(struct ocr *ocr, const struct sheet *sheet, const struct mended *page, int seen,
                           const struct reading *reading) {
    static const int others[] = { 2, 1, 3 };
    int now = sheet->page.turn.quarters, out = now, best = score(reading) + BEST_AHEAD;
    PIX *sample = sample_of(sheet, page);

    for (size_t i = 0; sample && i < COUNT_OF(others) && best < CONFIDENCE_DOUBTFUL && patience_left(ocr);
         i++) {
        int turn = (now + others[i]) % 4;
        if (reading->sideways ? others[i] == 2 : seen > 0 && turn != 0) continue;
        int confidence = position_confidence(ocr->engine, sample, others[i], page->dpi);
        if (confidence < best) continue;
        best = confidence;
        out = turn;
    }
    pixDestroy(&sample);
    return out;
}

/*
 * As its letters lie, which costs little to see and is seldom seen wrongly; where that reads badly, in the position that
 * seems better. The best ends on the sheet.
 */
static bool recognise_upright(struct ocr *ocr, struct sheet *sheet, const struct mended *page) {
    int seen = mend_quarters(page->grey), first = seen > 0 ? seen : 0;
    struct reading reading, again;

    if (!recognise_turned(ocr, sheet, page, first, &reading)) return false;
    if (score(&reading) >= CONFIDENCE_DOUBTFUL || (seen == 0 && !reading.sideways)) return true;
    int other = better_position(ocr, sheet, page, seen, &reading);
    if (other == first) return true;
    if (!recognise_turned(ocr, sheet, page, other, &again)) return false;
    return score(&again) >= score(&reading) + BEST_AHEAD ||
           recognise_turned(ocr, sheet, page, first, &reading);
}

enum extract_code ocr_read(struct ocr *ocr, struct sheet *sheet, PIX *picture,
                           enum page_wire_source *source) {
    PIX *grey = mend_grey(picture);
    enum extract_code code = EXTRACT_OK;

    if (!grey) return EXTRACT_TOO_COMPLEX;
    if (mend_is_blank(grey)) {
        double scale = TENTHS_PER_INCH / mend_dpi(grey);
        sheet_begin(sheet, sheet->page.number, pixGetWidth(grey) * scale, pixGetHeight(grey) * scale);
        *source = PAGE_WIRE_BLANK;
    } else if (!ocr_load(ocr)) {
        code = ocr->models ? EXTRACT_TOO_COMPLEX : EXTRACT_NO_MODELS;
    } else {
        struct mended page = { .grey = NULL };
        ocr->used = true;
        ocr->page_began_us = processor_us();
        if (!mend_page(grey, &page) || !recognise_upright(ocr, sheet, &page)) code = EXTRACT_TOO_COMPLEX;
        pixDestroy(&page.grey);
        *source = PAGE_WIRE_OCR;
    }
    pixDestroy(&grey);
    return code;
}
