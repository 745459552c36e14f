/*
 * replay -- stands in for libFuzzer in ordinary builds: runs a fuzz target once over each file of a folder of seeds,
 * so that an input that once broke a parser is tried by every compiler and sanitizer. Fails when there is no seed.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Runs the target over one regular file, from a block of exactly its size so that a sanitizer sees each overrun. */
static bool replay_file(int dir, const char *name) {
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    struct stat st;
    bool done = false;

    if (fd < 0) return false;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        size_t size = (size_t)st.st_size;
        uint8_t *data = malloc(size ? size : 1);
        if (data && read(fd, data, size) == (ssize_t)size) {
            LLVMFuzzerTestOneInput(data, size);
            done = true;
        }
        free(data);
    }
    close(fd);
    return done;
}

int main(int argc, char **argv) {
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    const struct dirent *entry;
    int done = 0;

    if (!dir) {
        fprintf(stderr, "usage: %s SEEDS-FOLDER (which must be there)\n", argv[0]);
        return 2;
    }
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] == '.') continue;
        if (!replay_file(dirfd(dir), entry->d_name)) {
            fprintf(stderr, "cannot run %s\n", entry->d_name);
            closedir(dir);
            return 1;
        }
        done++;
    }
    closedir(dir);
    printf("%d inputs\n", done);
    return done > 0 ? 0 : 1;
}
