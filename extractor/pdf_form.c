#include "pdf_form.h"

#include "base/utf8.h"

#include <math.h>

/* Poppler counts in points from the bottom, we in tenths of them from the top. */
static const double TENTHS = 10;
/* Letters in a field without a size of their own are so high, and each so wide. */
static const double LETTER_POINTS = 12, LETTER_PART = 0.5;

/*
 * Lines of a text below each other from the top of the field, its words as wide as usual letters would make them.
 * The text is one that ends in a NUL.
 */
static void text_lay(struct sheet *sheet, struct str text, const PopplerRectangle *r, double page_height) {
    double width = r->x2 - r->x1, top = page_height - r->y2, height = r->y2 - r->y1;

    for (int row = 0; text.n > 0 && row < PAGE_WORDS_MAX; row++) {
        size_t end = strcspn(text.p, "\r\n");
        struct str line = str_sub(text, 0, end);
        double line_height = height < 2 * LETTER_POINTS ? height : LETTER_POINTS,
               length = (double)utf8_length(line) * line_height * LETTER_PART;
        sheet_next_line(sheet);
        sheet_add(sheet, line, r->x1 * TENTHS, (top + row * line_height) * TENTHS,
                  (length < width ? length : width) * TENTHS, line_height * TENTHS, 100);
        text = str_sub(text, end + 1, text.n);
    }
}

/* Takes text. */
static void value_lay(struct sheet *sheet, gchar *take_text, const PopplerRectangle *r, double page_height) {
    if (take_text) text_lay(sheet, str_from_c(take_text), r, page_height);
    g_free(take_text);
}

static void choices_lay(PopplerFormField *field, struct sheet *sheet, const PopplerRectangle *r,
                        double page_height) {
    int count = poppler_form_field_choice_get_n_items(field);

    for (int i = 0; i < count; i++)
        if (poppler_form_field_choice_is_item_selected(field, i))
            value_lay(sheet, poppler_form_field_choice_get_item(field, i), r, page_height);
    if (poppler_form_field_choice_is_editable(field))
        value_lay(sheet, poppler_form_field_choice_get_text(field), r, page_height);
}

static void field_lay(PopplerFormField *field, struct sheet *sheet, const PopplerRectangle *r,
                      double page_height) {
    switch (poppler_form_field_get_field_type(field)) {
    case POPPLER_FORM_FIELD_TEXT:
        if (!poppler_form_field_text_is_password(field))
            value_lay(sheet, poppler_form_field_text_get_text(field), r, page_height);
        break;
    case POPPLER_FORM_FIELD_CHOICE: choices_lay(field, sheet, r, page_height); break;
    case POPPLER_FORM_FIELD_BUTTON:
        if (poppler_form_field_button_get_button_type(field) != POPPLER_FORM_BUTTON_PUSH &&
            poppler_form_field_button_get_state(field))
            text_lay(sheet, STR("\xE2\x98\x92"), r, page_height); /* a crossed box */
        break;
    case POPPLER_FORM_FIELD_UNKNOWN:
    case POPPLER_FORM_FIELD_SIGNATURE: break;
    }
}

/* Of a page of this size (as it is seen) that was turned by so many quarters clockwise. */
static PopplerRectangle turned(const PopplerRectangle *r, int quarters, double width, double height) {
    switch (quarters) {
    case 1: return (PopplerRectangle) { r->y1, height - r->x2, r->y2, height - r->x1 };
    case 2: return (PopplerRectangle) { width - r->x2, height - r->y2, width - r->x1, height - r->y1 };
    case 3: return (PopplerRectangle) { width - r->y2, r->x1, width - r->y1, r->x2 };
    default: return *r;
    }
}

static bool stands_there(const GList *annotations, const PopplerRectangle *r) {
    const double NEAR = 0.01;

    for (const GList *i = annotations; i; i = i->next) {
        const PopplerRectangle *a = &((const PopplerAnnotMapping *)i->data)->area;
        if (fabs(a->x1 - r->x1) < NEAR && fabs(a->y1 - r->y1) < NEAR && fabs(a->x2 - r->x2) < NEAR &&
            fabs(a->y2 - r->y2) < NEAR)
            return true;
    }
    return false;
}

/*
 * By how many quarters the page is turned. Poppler does not say, and tells places of fields before, of annotations after
 * it; a field is an annotation too, so the first one that stands in one place only shows it.
 */
static int quarters_of(PopplerPage *page, const GList *fields, double width, double height) {
    GList *annotations = poppler_page_get_annot_mapping(page);
    int found = 0, places = 0;

    for (const GList *i = fields; i && places != 1; i = i->next) {
        const PopplerFormFieldMapping *m = i->data;
        places = 0;
        for (int quarters = 3; quarters >= 0; quarters--) {
            const PopplerRectangle there = turned(&m->area, quarters, width, height);
            if (!stands_there(annotations, &there)) continue;
            found = quarters;
            places++;
        }
    }
    poppler_page_free_annot_mapping(annotations);
    return found;
}

void pdf_form_lay(PopplerPage *page, struct sheet *sheet) {
    double width, height;
    GList *fields = poppler_page_get_form_field_mapping(page);

    poppler_page_get_size(page, &width, &height);
    int quarters = fields ? quarters_of(page, fields, width, height) : 0;
    /* Poppler lists them from the last to the first. */
    for (GList *i = g_list_last(fields); i; i = i->prev) {
        const PopplerFormFieldMapping *m = i->data;
        const PopplerRectangle area = turned(&m->area, quarters, width, height);
        field_lay(m->field, sheet, &area, height);
    }
    poppler_page_free_form_field_mapping(fields);
}
