/*
 * medirecord-extract -- reads documents for medirecord, in processes that own nothing. Started by it; by
 * hand only with --check.
 */
#include "keeper.h"
#include "os/sandbox.h"
#include "pdf.h"
#include "picture.h"
#include "role.h"

#include <glib.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the libraries have to say may quote the document. */
static GLogWriterOutput say_nothing(GLogLevelFlags level, const GLogField *fields, gsize count,
                                    gpointer data) {
    (void)level, (void)fields, (void)count, (void)data;
    return G_LOG_WRITER_HANDLED;
}

static void libraries_warm(struct ocr *ocr) {
    g_log_set_writer_func(say_nothing, NULL, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    ocr->models = models_open();
    heic_warm();
    pdf_warm();
}

/*
 * A process of its own tries, because a closed sandbox may not even write to a file. Answers its exit code.
 */
static int try_sandbox(void) {
    int status = 1;
    pid_t pid = fork();

    if (pid == 0) {
        struct reader_role role;
        role_reader(&role, (size_t)1 << 30, 60);
        _exit(sandbox_enter(&role.role, NULL) == OK ? 0 : 1);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid) return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* For `medirecord doctor`: does everything work here that a reader needs? */
static int check(const struct ocr *ocr) {
    int abi = sandbox_landlock_abi(), sandbox = try_sandbox();

    if (sandbox == 0)
        printf("sandbox: Landlock ABI %d and seccomp\n", abi);
    else
        printf("sandbox: refused here (Landlock ABI %d); no document can be read\n", abi);
    if (ocr->models)
        puts("ocr: fra");
    else
        puts("ocr: Tesseract's model is missing; install tesseract-ocr-fra");
    return sandbox == 0 && ocr->models ? 0 : 1;
}

int main(int argc, char **argv) {
    struct ocr ocr = { 0 };
    int type = 0;
    socklen_t n = sizeof type;

    if (argc == 2 && strcmp(argv[1], "--check") == 0) {
        libraries_warm(&ocr);
        int code = check(&ocr);
        fflush(stdout);
        _exit(code); /* as readers end: what libraries keep for ever is no leak */
    }
    if (argc != 1 || getsockopt(KEEPER_CONTROL_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0 ||
        type != SOCK_SEQPACKET) {
        fputs("medirecord-extract is started by medirecord. By hand: medirecord-extract --check\n", stderr);
        return 2;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 1;
    libraries_warm(&ocr);
    return keeper_run(&ocr);
}
