/*
 * draw_spoilt -- the spoilt pages of the tests as files, with the text that stands on them, for ocr_recall.py.
 *
 *   draw_spoilt FOLDER
 */
#include "draw.h"
#include "spoilt.h"

#include <stdio.h>

enum { PATH_BYTES = 4096 };

static int picture_write(const char *folder, enum spoilt what) {
    char path[PATH_BYTES];
    PIX *picture = spoilt_draw(what);

    snprintf(path, sizeof path, "%s/%02d_%s.png", folder, (int)what, spoilt_name(what));
    int status = pixWrite(path, picture, IFF_PNG);
    pixDestroy(&picture);
    return status;
}

static int truth_write(const char *folder, enum spoilt what) {
    char path[PATH_BYTES];

    snprintf(path, sizeof path, "%s/%02d_%s.gt.txt", folder, (int)what, spoilt_name(what));
    FILE *f = fopen(path, "w");
    if (!f) return 1;
    for (int i = 0; i < DRAW_LINES; i++) fprintf(f, "%s\n", draw_lines[i]);
    return fclose(f);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fputs("draw_spoilt FOLDER\n", stderr);
        return 2;
    }
    for (int i = 0; i < SPOILT_COUNT; i++)
        if (picture_write(argv[1], (enum spoilt)i) != 0 || truth_write(argv[1], (enum spoilt)i) != 0)
            return 1;
    return 0;
}
