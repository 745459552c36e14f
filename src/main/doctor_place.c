/*
 * doctor_place -- the folder, the disk, the clock and the key.
 */
#include "main/doctor.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

/* Below the first, uploads soon fail; below the second it is time to think of it. */
enum { DISK_LEAST_MB = 1024, DISK_FEW_MB = 5 * 1024 };

/* 2026-01-01: nobody had this program before. */
#define CLOCK_EARLIEST_US INT64_C(1767225600000000)

static const struct message no_folder = {
    "data_dir_missing",
    "Le dossier de données {} n’existe pas encore : « medirecord serve » le crée au premier démarrage.",
    "The data folder {} is not there yet: \"medirecord serve\" makes it at the first start."
};
static const struct message not_writable = {
    "data_dir_not_writable",
    "Le dossier de données {} ne peut pas être écrit par ce compte : vérifiez son propriétaire (chown).",
    "The data folder {} cannot be written by this account: check its owner (chown)."
};
static const struct message open_to_others = {
    "data_dir_open", "Le dossier de données {} est ouvert aux autres comptes de la machine : chmod 700.",
    "The data folder {} is open to other accounts of this machine: chmod 700."
};
static const struct message folder_fine = { "data_dir_ok", "{}, fermé aux autres comptes",
                                            "{}, closed to other accounts" };

static void check_folder(struct doctor *d, struct finding *f) {
    struct str dir = d->app.config.data_dir;
    struct stat st;

    if (stat(dir.p, &st) != 0)
        found(f, FINDING_TO_MEND, errno == ENOENT ? &no_folder : &not_writable, dir);
    else if (access(dir.p, W_OK | X_OK) != 0)
        found(f, FINDING_TO_MEND, &not_writable, dir);
    else
        found(f, st.st_mode & 07 ? FINDING_WARNING : FINDING_OK,
              st.st_mode & 07 ? &open_to_others : &folder_fine, dir);
}

static const struct message disk_unknown = { "disk_unknown", "La place libre ne peut pas être lue.",
                                             "The free space cannot be read." };
static const struct message disk_full = {
    "disk_nearly_full", "{} libres seulement : faites de la place, les envois vont échouer.",
    "Only {} free: make room, uploads will fail."
};
static const struct message disk_low = { "disk_low", "{} libres : pensez à faire de la place.",
                                         "{} free: think of making room." };
static const struct message disk_fine = { "disk_ok", "{} libres", "{} free" };

static void check_disk(struct doctor *d, struct finding *f) {
    struct statvfs fs;
    char text[32];

    if (statvfs(d->app.config.data_dir.p, &fs) != 0) {
        found(f, FINDING_LEFT_OUT, &disk_unknown, STR(""));
        return;
    }
    uint64_t mb = (uint64_t)fs.f_bavail * fs.f_frsize >> 20;
    snprintf(text, sizeof text, "%.1f GB", (double)mb / 1024);
    if (mb < DISK_LEAST_MB)
        found(f, FINDING_TO_MEND, &disk_full, str_from_c(text));
    else
        found(f, mb < DISK_FEW_MB ? FINDING_WARNING : FINDING_OK, mb < DISK_FEW_MB ? &disk_low : &disk_fine,
              str_from_c(text));
}

static const struct message clock_wrong = {
    "clock_wrong",
    "L’horloge dit {} : réglez-la (timedatectl), sinon les dates seront fausses et les services refusés.",
    "The clock says {}: set it (timedatectl), else dates are wrong and services refuse."
};
static const struct message clock_alone = {
    "clock_not_synchronised", "{}, mais rien ne règle l’horloge : « timedatectl set-ntp true ».",
    "{}, but nothing keeps the clock right: \"timedatectl set-ntp true\"."
};
static const struct message clock_fine = { "clock_ok", "{}, réglée par le réseau",
                                           "{}, kept by the network" };

static void check_clock(struct doctor *d, struct finding *f) {
    int64_t now_us = clock_now_us(&d->app.clock);
    struct timex kernel = { .modes = 0 };
    char text[TIME_ISO_BYTES];

    time_format_iso(now_us, text);
    struct str shown = str_sub(str_from_c(text), 0, strlen("2026-11-23T08:15"));
    if (now_us < CLOCK_EARLIEST_US)
        found(f, FINDING_TO_MEND, &clock_wrong, shown);
    else if (adjtimex(&kernel) < 0 || (kernel.status & STA_UNSYNC))
        found(f, FINDING_WARNING, &clock_alone, shown);
    else
        found(f, FINDING_OK, &clock_fine, shown);
}

static const struct message key_fine = { "key_ok", "{}, lisible par son propriétaire seul",
                                         "{}, readable by its owner only" };
static const struct message key_of_setting = { "key_of_setting", "donnée par {}", "given by {}" };

static void check_key(struct doctor *d, struct finding *f) {
    const struct config *c = &d->app.config;
    struct err e = { 0 };
    enum status s = config_load_key(&d->app.config, false, &e);

    d->has_key = s == OK;
    if (s != OK)
        found_failure(f, s, &e);
    else if (c->secret_key.n)
        found(f, FINDING_OK, &key_of_setting, STR("MEDIRECORD_SECRET_KEY"));
    else if (c->secret_key_file.n)
        found(f, FINDING_OK, &key_of_setting, STR("MEDIRECORD_SECRET_KEY_FILE"));
    else
        found(f, FINDING_OK, &key_fine, STR("secret.key"));
}

const struct doctor_check doctor_place_checks[] = {
    { "data_directory", { "dossier de données", "data folder" }, check_folder },
    { "disk", { "place sur le disque", "disk space" }, check_disk },
    { "clock", { "horloge", "clock" }, check_clock },
    { "key", { "clé secrète", "secret key" }, check_key },
    { 0 },
};
