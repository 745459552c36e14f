/*
 * main -- finds the subcommand and runs it. Everything else is in cmd_*.c and wiring.c.
 */
#include "main/command.h"

#include <signal.h>
#include <stdio.h>

static const struct command *const commands[] = {
    &command_serve,         &command_migrate,  &command_createsuperuser,
    &command_token,         &command_ask,      &command_ingest,
    &command_import,        &command_config,   &command_verify_audit,
    &command_cleanup,       &command_demo,     &command_doctor,
    &command_broadcast,     &command_password, &command_backup,
    &command_verify_backup, &command_restore,
};

static void print_commands(FILE *out) {
    static const struct words head = { "usage: medirecord COMMANDE [OPTIONS]\n\n",
                                       "usage: medirecord COMMAND [OPTIONS]\n\n" };
    static const struct words foot = {
        "\nmedirecord COMMANDE --help en dit plus. Réglages : variables d’environnement, ou .env dans ce dossier.\n"
        "Code 0 : fait ; 1 : échoué, et pourquoi est dit ; 2 : mal écrit.\n",
        "\nmedirecord COMMAND --help says more. Settings: environment variables, or .env in this folder.\n"
        "Exit 0: done; 1: failed, and it is said why; 2: wrong usage.\n"
    };
    fputs(command_words(head), out);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(out, "  %-16s %s\n", commands[i]->name, command_words(commands[i]->summary));
    fputs(command_words(foot), out);
}

static bool is_help(const char *word) {
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    if (is_help(argv[1]) || strcmp(argv[1], "help") == 0) {
        print_commands(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("medirecord " MEDIRECORD_VERSION);
        return EXIT_DONE;
    }
    signal(SIGPIPE, SIG_IGN); /* a peer that went away is an error of write(), not the end of the program */
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        if (strcmp(argv[1], commands[i]->name) != 0) continue;
        for (int a = 2; a < argc; a++)
            if (is_help(argv[a])) return command_help(commands[i]);
        return commands[i]->run(commands[i], argc - 1, argv + 1);
    }
    fprintf(stderr,
            command_lang() == LANG_EN ? "medirecord: there is no command '%s'\n\n"
                                      : "medirecord : il n’y a pas de commande « %s »\n\n",
            argv[1]);
    print_commands(stderr);
    return EXIT_USAGE;
}
