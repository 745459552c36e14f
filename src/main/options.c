#include "main/options.h"

#include <getopt.h>

enum { OPTIONS_MAX = 16 };

int options_parse(const struct command *c, const struct option_row *rows, int argc, char **argv, int *first) {
    struct option table[OPTIONS_MAX + 1] = { 0 };
    int index, found;

    for (int i = 0; i < OPTIONS_MAX && rows[i].name; i++)
        table[i] = (struct option) { rows[i].name, rows[i].value ? required_argument : no_argument, NULL, 1 };
    optind = 1;
    opterr = 0;
    while ((found = getopt_long(argc, argv, ":", table, &index)) != -1) {
        if (found == ':')
            return command_usage(c, "il manque la valeur d'une option", "an option lacks its value");
        if (found != 1) return command_usage(c, "cette option n'existe pas", "there is no such option");
        if (rows[index].value)
            *rows[index].value = optarg;
        else
            *rows[index].flag = true;
    }
    *first = optind;
    return EXIT_DONE;
}
