#include "main/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR_WIDTH = 30, TENTHS = 10 };

void progress_start(struct progress *p) {
    *p = (struct progress) { .told = -1, .terminal = isatty(STDERR_FILENO) };
}

static void draw(const struct progress *p, int percent) {
    char bar[BAR_WIDTH + 1] = { 0 };
    for (int i = 0; i < BAR_WIDTH; i++) bar[i] = i < percent * BAR_WIDTH / 100 ? '#' : '-';
    fprintf(stderr, "\r\033[K[%s] %3d %%  %s", bar, percent, command_words(p->what));
}

void progress_tell(struct progress *p, struct words what, uint64_t done, uint64_t total) {
    int percent = total ? (int)(done * 100 / total) : 0;
    if (percent > 100) percent = 100;
    if (p->what.fr != what.fr) {
        if (p->drawn) fputc('\n', stderr);
        p->what = what;
        p->told = -1;
    }
    p->drawn = p->terminal;
    if (p->terminal) {
        draw(p, percent);
    } else if (percent * TENTHS / 100 > p->told) {
        p->told = percent * TENTHS / 100;
        fprintf(stderr, "%s: %d %%\n", command_words(p->what), percent);
    }
}

void progress_end(struct progress *p) {
    if (p->drawn) fputc('\n', stderr);
    p->drawn = false;
}
