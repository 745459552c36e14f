#include "main/ask_password.h"

#include "main/command.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

/* Reads one line without its end; false when there is none or it is too long. */
static bool read_line(char *line, size_t bytes) {
    if (!fgets(line, (int)bytes, stdin)) return false;
    size_t n = strcspn(line, "\n");
    if (line[n] != '\n' && !feof(stdin)) return false;
    line[n] = '\0';
    return true;
}

/* Asks on the terminal without showing what is typed. */
static bool ask_password(char *line, size_t bytes) {
    struct termios before, silent;
    bool is_terminal = tcgetattr(STDIN_FILENO, &before) == 0;

    if (is_terminal) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        fputs(command_words((struct words) { "Mot de passe (10 caractères au moins) : ",
                                             "Password (at least 10 characters): " }),
              stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    bool ok = read_line(line, bytes);
    if (is_terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    return ok;
}

bool password_read(bool from_stdin, char password[TYPED_PASSWORD_BYTES]) {
    return from_stdin ? read_line(password, TYPED_PASSWORD_BYTES)
                      : ask_password(password, TYPED_PASSWORD_BYTES);
}
