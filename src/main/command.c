#include "main/command.h"

#include <stdio.h>
#include <stdlib.h>

enum lang command_lang(void) {
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return strncmp(value, "en", 2) == 0 ? LANG_EN : LANG_FR;
    }
    return LANG_FR;
}

const char *command_words(struct words w) {
    return command_lang() == LANG_EN ? w.en : w.fr;
}

static void print_fields(const struct err *e, enum lang lang) {
    char text[512];
    for (size_t i = 0; i < e->field_count; i++) {
        const struct field_error *f = &e->fields[i];
        message_text(f->message, lang, str_from_c(f->arg), text, sizeof text);
        fprintf(stderr, "  %.*s: %s\n", STR_ARG(f->field), text);
    }
}

int command_failed(const struct command *c, enum status s, const struct err *e) {
    char text[512];
    enum lang lang = command_lang();
    const struct message *m = e->message ? e->message : status_message(s);

    message_text(m, lang, str_from_c(e->arg), text, sizeof text);
    fprintf(stderr, "medirecord %s: %s", c->name, text);
    if (e->detail[0])
        fprintf(stderr, " (%s%s%s)", e->detail, e->sys ? ": " : "", e->sys ? strerrordesc_np(e->sys) : "");
    fputc('\n', stderr);
    print_fields(e, lang);
    return EXIT_FAILED;
}

static void print_usage(FILE *out, const struct command *c) {
    const char *rest = command_words(c->usage);
    fprintf(out, "usage: medirecord %s%s%s\n", c->name, rest[0] ? " " : "", rest);
}

int command_usage(const struct command *c, const char *why_fr, const char *why_en) {
    fprintf(stderr, "medirecord %s: %s\n", c->name, command_words((struct words) { why_fr, why_en }));
    print_usage(stderr, c);
    fprintf(stderr, "       medirecord %s --help\n", c->name);
    return EXIT_USAGE;
}

int command_usage_no_more(const struct command *c) {
    return command_usage(c, "trop d’arguments", "too many arguments");
}

void command_say(const char *fr, const char *en) {
    fprintf(stderr, "%s\n", command_words((struct words) { fr, en }));
}

int command_help(const struct command *c) {
    print_usage(stdout, c);
    printf("\n%s.\n\n%s", command_words(c->summary), command_words(c->help));
    return EXIT_DONE;
}
