#include "pdf_form.h"

#include "base/utf8.h"

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

void pdf_form_lay(PopplerPage *page, struct sheet *sheet) {
    double width, height;
    GList *fields = poppler_page_get_form_field_mapping(page);

    poppler_page_get_size(page, &width, &height);
    /* Poppler lists them from the last to the first. */
    for (GList *i = g_list_last(fields); i; i = i->prev) {
        PopplerFormFieldMapping *m = i->data;
        field_lay(m->field, sheet, &m->area, height);
    }
    poppler_page_free_form_field_mapping(fields);
}
