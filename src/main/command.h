#ifndef MAIN_COMMAND_H
#define MAIN_COMMAND_H
/*
 * command -- one subcommand of the program: its name, its words for --help, its function.
 *
 * Every command answers --help, writes data on stdout and messages on stderr, and exits 0 (done), 1 (failed)
 * or 2 (wrong usage). The table in main.c is the index of the program.
 */
#include "base/status.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* The same in the languages of command_lang(). */
struct words {
    const char *fr, *en;
};

struct command {
    const char *name;
    struct words summary; /* one line in the list of commands */
    struct words usage;   /* what follows the name: "--phone NUMBER QUESTION" */
    struct words help;    /* options and what happens, lines of at most 90 characters */
    int (*run)(const struct command *, int argc,
               char **argv); /* argv[0] is the name of the command, argv[-1] that of the program */
};

extern const struct command command_serve, command_migrate, command_createsuperuser, command_token,
    command_ask, command_ingest, command_import, command_config, command_verify_audit, command_cleanup,
    command_demo, command_doctor, command_broadcast, command_password, command_backup, command_verify_backup,
    command_restore;

/* The language of the terminal: English when the locale says so, else French. */
enum lang command_lang(void);
const char *command_words(struct words);

/* Prints the words of a failure on stderr ("medirecord ask: …") and returns EXIT_FAILED, or EXIT_USAGE for E_INVALID with `usage` set. */
int command_failed(const struct command *, enum status, const struct err *);

/* Prints a short reason and the usage on stderr and returns EXIT_USAGE. */
int command_usage(const struct command *, const char *why_fr, const char *why_en);

/* What most commands say to arguments that they do not take. */
int command_usage_no_more(const struct command *);

/* Tells on stderr that something is done. */
void command_say(const char *fr, const char *en);

/* Prints the help on stdout and returns EXIT_DONE. */
int command_help(const struct command *);

#endif
