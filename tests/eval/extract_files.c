/*
 * extract_files -- reads files with medirecord-extract as the program does, and says what came out, one
 * JSON object a file.
 *
 *   extract_files [--text] [--words] EXTRACTOR FILE…
 *
 * Each file is read by a keeper of its own inside a process of its own, so that time and memory are those
 * of one document. With --warm all files go through one keeper, as in the server.
 */
#include "base/json_out.h"
#include "documents/document_row.h"
#include "documents/extract.h"
#include "os/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARENA_BYTES = 512 * 1024 * 1024, TEXT_MAX = 256 * 1024 * 1024 };

struct options {
    bool text, words, warm;
    const char *extractor;
};

static int64_t children_cpu_us(const struct rusage *u) {
    return (u->ru_utime.tv_sec + u->ru_stime.tv_sec) * SECOND_US + u->ru_utime.tv_usec + u->ru_stime.tv_usec;
}

static int memory_file_of(const char *path) {
    static char chunk[1 << 16];
    struct err e = { 0 };
    int in = open(path, O_RDONLY | O_CLOEXEC), out = -1;
    size_t n = 0;

    if (in < 0 || memory_file_new(&out, &e) != OK) exit(1);
    while (fd_read_full(in, chunk, sizeof chunk, &n, &e) == OK && n > 0)
        if (fd_write_all(out, (struct str) { chunk, n }, &e) != OK) exit(1);
    close(in);
    return out;
}

static void word_print(struct json_out *j, const struct word *w) {
    json_put_object(j);
    json_put_key(j, "text"), json_put_str(j, w->text);
    json_put_key(j, "line"), json_put_int(j, w->line);
    json_put_key(j, "confidence"), json_put_int(j, w->confidence);
    json_put_key(j, "box");
    json_put_array(j);
    json_put_int(j, w->box.x), json_put_int(j, w->box.y), json_put_int(j, w->box.w),
        json_put_int(j, w->box.h);
    json_put_array_end(j);
    json_put_object_end(j);
}

static void page_print(struct json_out *j, const struct page *p, const struct options *o) {
    json_put_object(j);
    json_put_key(j, "number"), json_put_int(j, p->number);
    json_put_key(j, "width"), json_put_int(j, p->width);
    json_put_key(j, "height"), json_put_int(j, p->height);
    json_put_key(j, "source"), json_put_str(j, str_from_c(page_source_name(p->source)));
    json_put_key(j, "confidence"), json_put_int(j, p->confidence);
    json_put_key(j, "legible"), json_put_bool(j, p->legible);
    json_put_key(j, "word_count"), json_put_int(j, (int64_t)p->word_count);
    if (o->text) json_put_key(j, "text"), json_put_str(j, p->text);
    if (o->words) {
        json_put_key(j, "words");
        json_put_array(j);
        for (size_t i = 0; i < p->word_count; i++) word_print(j, &p->words[i]);
        json_put_array_end(j);
    }
    json_put_object_end(j);
}

static void file_read_one(struct extractor *x, const char *path, const struct options *o) {
    struct arena *a = arena_new(ARENA_BYTES);
    const struct message *unread = NULL;
    const struct extract_options options = { .unread = &unread };
    struct page *pages = NULL;
    size_t count = 0;
    struct err e = { 0 };
    struct buf out;
    int fd = memory_file_of(path);

    buf_init(&out, TEXT_MAX);
    int64_t start_us = clock_monotonic_us();
    enum status s = extract_pages(x, a, fd, &options, &pages, &count, &e);
    int64_t wall_us = clock_monotonic_us() - start_us;
    struct json_out j = json_out_to(&out);
    json_put_object(&j);
    json_put_key(&j, "file"), json_put_str(&j, str_from_c(path));
    json_put_key(&j, "status"), json_put_str(&j, str_from_c(status_name(s)));
    json_put_key(&j, "code"), json_put_str(&j, s == OK && unread ? str_from_c(unread->code)
                                               : s == OK         ? STR("ok")
                                               : e.message       ? str_from_c(e.message->code)
                                                                 : STR("none"));
    json_put_key(&j, "detail"), json_put_str(&j, str_from_c(e.detail));
    json_put_key(&j, "wall_ms"), json_put_real(&j, (double)wall_us / 1000);
    json_put_key(&j, "pages");
    json_put_array(&j);
    for (size_t i = 0; i < count; i++) page_print(&j, &pages[i], o);
    json_put_array_end(&j);
    if (!o->warm) {
        struct rusage use;
        extractor_close(x);
        getrusage(RUSAGE_CHILDREN, &use);
        json_put_key(&j, "cpu_ms"), json_put_real(&j, (double)children_cpu_us(&use) / 1000);
        json_put_key(&j, "memory_mb"), json_put_int(&j, use.ru_maxrss / 1024);
    }
    json_put_object_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    fflush(stdout);
    buf_done(&out);
    arena_free(a);
    close(fd);
}

static struct extractor *open_or_exit(struct arena *a, const struct options *o) {
    struct extractor *x = NULL;
    struct extractor_options options = { .program = str_from_c(o->extractor) };
    if (!a || extractor_open(a, &options, &x, NULL) != OK) exit(1);
    return x;
}

int main(int argc, char **argv) {
    struct options o = { 0 };
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        o.text |= strcmp(argv[i], "--text") == 0;
        o.words |= strcmp(argv[i], "--words") == 0;
        o.warm |= strcmp(argv[i], "--warm") == 0;
    }
    if (i + 1 >= argc) {
        fputs("extract_files [--text] [--words] [--warm] EXTRACTOR FILE...\n", stderr);
        return 2;
    }
    o.extractor = argv[i++];
    struct arena *a = arena_new(65536);
    struct extractor *warm = o.warm ? open_or_exit(a, &o) : NULL;
    for (; i < argc; i++) {
        if (o.warm) {
            file_read_one(warm, argv[i], &o);
            continue;
        }
        pid_t pid = fork();
        if (pid == 0) {
            file_read_one(open_or_exit(a, &o), argv[i], &o);
            _exit(0);
        }
        if (pid < 0 || waitpid(pid, NULL, 0) != pid) return 1;
    }
    extractor_close(warm);
    arena_free(a);
    return 0;
}
