#include "font.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>

static void library_done(void *library) {
    FT_Done_FreeType(library);
}

/*
 * Not one of cairo's own fonts by name: for those it asks fontconfig whether its files have changed, which it
 * cannot see from within the sandbox.
 */
static cairo_font_face_t *face_of_file(const char *path) {
    static const cairo_user_data_key_t owner;
    FT_Library library = NULL;
    FT_Face face = NULL;

    if (FT_Init_FreeType(&library) != 0) return NULL;
    if (FT_New_Face(library, path, 0, &face) != 0) {
        FT_Done_FreeType(library);
        return NULL;
    }
    cairo_font_face_t *out = cairo_ft_font_face_create_for_ft_face(face, 0);
    /* The library takes its face along. */
    if (cairo_font_face_set_user_data(out, &owner, library, library_done) != CAIRO_STATUS_SUCCESS) {
        cairo_font_face_destroy(out);
        FT_Done_FreeType(library);
        return NULL;
    }
    return out;
}

cairo_font_face_t *font_plain(void) {
    FcPattern *wanted = FcNameParse((const FcChar8 *)"sans"), *found = NULL;
    FcResult result = FcResultNoMatch;
    FcChar8 *path = NULL;
    cairo_font_face_t *out = NULL;

    if (wanted && FcConfigSubstitute(NULL, wanted, FcMatchPattern)) {
        FcDefaultSubstitute(wanted);
        found = FcFontMatch(NULL, wanted, &result);
    }
    if (found && FcPatternGetString(found, FC_FILE, 0, &path) == FcResultMatch)
        out = face_of_file((const char *)path);
    if (found) FcPatternDestroy(found);
    if (wanted) FcPatternDestroy(wanted);
    return out;
}
