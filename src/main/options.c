#include "main/options.h"

#include <getopt.h>
#include <stdio.h>

enum { OPTIONS_MAX = 16, WHY_BYTES = 160 };

/* what: ends before the word that getopt stumbled over. */
static int refuse(const struct command *c, struct words what, const char *word) {
    char why[WHY_BYTES];
    snprintf(why, sizeof why, "%s %s", command_words(what), word);
    return command_usage(c, why, why);
}

/* One of several letters behind a dash is told alone. */
static int refuse_option(const struct command *c, char **argv) {
    char letter[] = { '-', (char)optopt, '\0' };
    return refuse(c, (struct words) { "option inconnue :", "unknown option:" },
                  optopt > ' ' ? letter : argv[optind - 1]);
}

int options_parse(const struct command *c, const struct option_row *rows, int argc, char **argv, int *first) {
    struct option table[OPTIONS_MAX + 1] = { 0 };
    int index, found;

    for (int i = 0; i < OPTIONS_MAX && rows[i].name; i++)
        table[i] = (struct option) { rows[i].name, rows[i].value ? required_argument : no_argument, NULL, 1 };
    optind = 1;
    opterr = 0;
    while ((found = getopt_long(argc, argv, ":", table, &index)) != -1) {
        if (found == ':')
            return refuse(c, (struct words) { "il manque la valeur de", "a value is missing after" },
                          argv[optind - 1]);
        if (found != 1) return refuse_option(c, argv);
        if (rows[index].value)
            *rows[index].value = optarg;
        else
            *rows[index].flag = true;
    }
    *first = optind;
    return EXIT_DONE;
}

int options_none(const struct command *c, int argc, char **argv) {
    const struct option_row rows[] = { { 0 } };
    int first = argc, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    return first < argc ? command_usage_no_more(c) : EXIT_DONE;
}
