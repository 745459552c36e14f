#ifndef EXTRACTOR_FONT_H
#define EXTRACTOR_FONT_H
/*
 * font -- a plain font of the system, for text that brings none.
 *
 * fontconfig must have been used before the sandbox closed (pdf_warm() does), because it reads its
 * configuration then; the font itself is opened by who may read fonts (role_drawer()).
 */
#include <cairo.h>

/* NULL: there is no font here. The caller destroys it. */
cairo_font_face_t *font_plain(void);

#endif
