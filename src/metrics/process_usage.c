#include "metrics/process_usage.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "metrics/exposition.h"

/* Resident and whole size, bytes; 0 where /proc is not there. */
static void read_memory(double *resident, double *whole) {
    FILE *f = fopen("/proc/self/statm", "re");
    long long pages[2] = { 0, 0 };
    char text[128];
    *resident = *whole = 0;
    if (!f) return;
    if (fgets(text, sizeof text, f)) {
        char *end = text;
        for (size_t i = 0; i < COUNT_OF(pages); i++) pages[i] = strtoll(end, &end, 10);
    }
    (void)fclose(f);
    *whole = (double)pages[0] * (double)sysconf(_SC_PAGESIZE);
    *resident = (double)pages[1] * (double)sysconf(_SC_PAGESIZE);
}

static double count_open(void) {
    DIR *dir = opendir("/proc/self/fd");
    double n = 0;
    if (!dir) return 0;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) n += entry->d_name[0] != '.';
    (void)closedir(dir);
    return n - 1; /* that of the directory itself */
}

static double seconds_of(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double size_of(const char *path, const char *end) {
    char name[4096];
    struct stat st;
    int n = snprintf(name, sizeof name, "%s%s", path, end);
    return n > 0 && (size_t)n < sizeof name && stat(name, &st) == 0 ? (double)st.st_size : 0;
}

static void write_database(struct buf *out, const char *path) {
    static const char name[] = "medirecord_database_bytes";
    if (!path || !path[0]) return;
    exposition_family(out, name, "gauge", "Size of the database file and of its journal.");
    exposition_value(out, name, &(struct label) { "file", STR("main") }, 1, size_of(path, ""));
    exposition_value(out, name, &(struct label) { "file", STR("wal") }, 1, size_of(path, "-wal"));
}

void process_usage_write(struct buf *out, const char *database_path, int64_t started_at_us) {
    struct rusage used = { 0 };
    struct rlimit files = { 0 };
    double resident, whole;

    read_memory(&resident, &whole);
    (void)getrusage(RUSAGE_SELF, &used);
    (void)getrlimit(RLIMIT_NOFILE, &files);
    exposition_single(out, "process_resident_memory_bytes", "gauge", "Memory in use.", resident);
    exposition_single(out, "process_virtual_memory_bytes", "gauge", "Memory that is mapped.", whole);
    exposition_single(out, "process_cpu_seconds_total", "counter", "Processor time used.",
                      seconds_of(used.ru_utime) + seconds_of(used.ru_stime));
    exposition_single(out, "process_open_fds", "gauge", "Open files and sockets.", count_open());
    exposition_single(out, "process_max_fds", "gauge", "As many may be open.", (double)files.rlim_cur);
    exposition_single(out, "process_start_time_seconds", "gauge", "When the process started, since 1970.",
                      (double)started_at_us / SECOND_US);
    write_database(out, database_path);
}
