#include "spoilt.h"

#include "draw.h"
#include "spoil.h"

#include <stdlib.h>

enum { DPI = 200 };

static const struct {
    const char *name;
    double bound;
} kinds[SPOILT_COUNT] = {
    [SPOILT_CLEAN] = { "clean", 0.95 },
    [SPOILT_SKEW_LEFT_15] = { "skew_left_15", 0.95 },
    [SPOILT_SKEW_LEFT_11] = { "skew_left_11", 0.95 },
    [SPOILT_SKEW_RIGHT_1] = { "skew_right_1", 0.95 },
    [SPOILT_SKEW_RIGHT_7] = { "skew_right_7", 0.95 },
    [SPOILT_SKEW_RIGHT_15] = { "skew_right_15", 0.95 },
    [SPOILT_SIDE_SKEW_12] = { "on_its_side_skew_12", 0.95 },
    [SPOILT_UPSIDE_DOWN_SKEW_9] = { "upside_down_skew_9", 0.95 },
    [SPOILT_OTHER_SIDE_SKEW_14] = { "on_its_other_side_skew_14", 0.95 },
    [SPOILT_150_DPI] = { "resolution_150_dpi", 0.95 },
    [SPOILT_44_DPI] = { "resolution_44_dpi", 0.9 },
    [SPOILT_LIGHT_FALLS] = { "light_falls_off", 0.95 },
    [SPOILT_HARD_SHADOW] = { "hard_shadow", 0.9 },
    [SPOILT_LAMP] = { "lamp", 0.95 },
    [SPOILT_DARK_BORDER] = { "dark_border", 0.95 },
    [SPOILT_LIGHT_BORDER] = { "light_border", 0.95 },
    [SPOILT_KEYSTONE] = { "keystone", 0.95 },
    [SPOILT_KEYSTONE_LIGHT_TABLE] = { "keystone_light_table", 0.95 },
    [SPOILT_SOFT_PRINT] = { "soft_print", 0.95 },
    [SPOILT_PHOTOGRAPH] = { "photograph", 0.9 },
    [SPOILT_PHOTOGRAPH_ON_ITS_SIDE] = { "photograph_on_its_side", 0.9 },
};

const char *spoilt_name(enum spoilt what) {
    return kinds[what].name;
}

double spoilt_bound(enum spoilt what) {
    return kinds[what].bound;
}

static PIX *turned(PIX *take, int quarters) {
    PIX *out = pixRotateOrth(take, quarters);

    if (!out) abort();
    pixDestroy(&take);
    return out;
}

/* All of it: seen aslant, in a shadow, not quite sharp, grainy, and as a JPEG of a messenger. */
static PIX *photograph(PIX *page) {
    PIX *lit = spoil_shadow(spoil_perspective(page, 0.12, 0.04, 60), 0.6, 60);
    return spoil_jpeg(spoil_noise(spoil_blur(lit, 1), 12), 60);
}

PIX *spoilt_draw(enum spoilt what) {
    PIX *page = draw_picture(DPI);

    switch (what) {
    case SPOILT_SKEW_LEFT_15: return spoil_skew(page, -15);
    case SPOILT_SKEW_LEFT_11: return spoil_skew(page, -11);
    case SPOILT_SKEW_RIGHT_1: return spoil_skew(page, 1);
    case SPOILT_SKEW_RIGHT_7: return spoil_skew(page, 7);
    case SPOILT_SKEW_RIGHT_15: return spoil_skew(page, 15);
    case SPOILT_SIDE_SKEW_12: return turned(spoil_skew(page, 12), 1);
    case SPOILT_UPSIDE_DOWN_SKEW_9: return turned(spoil_skew(page, -9), 2);
    case SPOILT_OTHER_SIDE_SKEW_14: return turned(spoil_skew(page, -14), 3);
    case SPOILT_150_DPI: return spoil_scale(page, 0.75);
    case SPOILT_44_DPI: return spoil_scale(page, 0.22);
    case SPOILT_LIGHT_FALLS: return spoil_gradient(page, 0.25);
    case SPOILT_HARD_SHADOW: return spoil_shadow(page, 0.35, 4);
    case SPOILT_LAMP: return spoil_lamp(page, 0.2);
    case SPOILT_DARK_BORDER: return spoil_border(page, 0.1, 60);
    case SPOILT_LIGHT_BORDER: return spoil_border(page, 0.1, 205);
    case SPOILT_KEYSTONE: return spoil_perspective(page, 0.15, 0.05, 70);
    case SPOILT_KEYSTONE_LIGHT_TABLE: return spoil_perspective(page, 0.10, -0.06, 150);
    case SPOILT_SOFT_PRINT: return spoil_noise(spoil_blur(spoil_scale(page, 0.7), 1), 10);
    case SPOILT_PHOTOGRAPH: return photograph(page);
    case SPOILT_PHOTOGRAPH_ON_ITS_SIDE: return turned(photograph(page), 3);
    case SPOILT_CLEAN:
    case SPOILT_COUNT: break;
    }
    return page;
}
