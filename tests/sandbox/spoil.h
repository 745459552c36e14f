#ifndef SANDBOX_SPOIL_H
#define SANDBOX_SPOIL_H
/*
 * spoil -- does to a clean picture of 8 bits of grey what scanners and telephones do to paper.
 *
 * Each takes its picture and answers another. Chance comes from a fixed seed: the same picture is spoilt the same way
 * each time.
 */
#include <leptonica/allheaders.h>

/* Clockwise, on paper that grows with it. */
PIX *spoil_skew(PIX *take, double degrees);

/* Fewer dots an inch, as if scanned so. */
PIX *spoil_scale(PIX *take, double factor);

/* The light falls from 1 at the left top to `dark` at the right bottom. */
PIX *spoil_gradient(PIX *take, double dark);

/* A hand or a head between lamp and paper: a slanting edge, `dark` on its lower right, some pixels soft. */
PIX *spoil_shadow(PIX *take, double dark, int soft);

/* A lamp above the upper middle; the corner farthest away has `dark` of its light. */
PIX *spoil_lamp(PIX *take, double dark);

/* So much of the longer side on each side, of this grey with a grain. */
PIX *spoil_border(PIX *take, double share, int grey);

/*
 * Seen from where the far edge of the page looks shorter by the share `far`, and its left side lower by `aslant` of the
 * width; a table of this grey around it.
 */
PIX *spoil_perspective(PIX *take, double far, double aslant, int table);

PIX *spoil_blur(PIX *take, int half_width);
PIX *spoil_noise(PIX *take, int strength);
PIX *spoil_jpeg(PIX *take, int quality);

#endif
