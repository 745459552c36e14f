/*
 * doctor_database -- schema and key, whether the data can be read, what was given up, and how old the last good backup is.
 */
#include "backups/backups.h"
#include "main/doctor.h"

#include <stdio.h>

#include "main/settings_store.h"
#include "queries.h"

static const struct message schema_fine = { "database_ok",
                                            "le schéma est celui de ce programme, et la clé la sienne",
                                            "the schema is that of this program, and the key its own" };
static const struct message data_fine = { "database_whole", "toutes les données se lisent",
                                          "all of the data can be read" };
static const struct message no_dead = { "jobs_ok", "aucune n’a été abandonnée", "none was given up" };
static const struct message dead_jobs = {
    "jobs_dead", "{} abandonnées : regardez /api/jobs/?state=dead, et la raison de chacune.",
    "{} given up: look at /api/jobs/?state=dead, and the reason of each."
};

static void check_schema(struct doctor *d, struct finding *f) {
    struct err e = { 0 };

    if (!d->has_key) {
        found(f, FINDING_LEFT_OUT, &doctor_left_out, STR(""));
        return;
    }
    enum status s = app_open_database(&d->app, false, &e);
    if (s != OK)
        found_failure(f, s, &e);
    else
        found(f, FINDING_OK, &schema_fine, STR(""));
}

static void check_data(struct doctor *d, struct finding *f) {
    struct err e = { 0 };

    if (!d->app.db) {
        found(f, FINDING_LEFT_OUT, &doctor_left_out, STR(""));
        return;
    }
    enum status s = db_check(d->app.db, &e);
    if (s != OK)
        found_failure(f, s, &e);
    else
        found(f, FINDING_OK, &data_fine, STR(""));
}

static void check_tasks(struct doctor *d, struct finding *f) {
    const struct db_val dead[] = { db_text(STR("dead")) };
    struct err e = { 0 };
    int64_t count;
    char text[32];

    if (!d->app.db) {
        found(f, FINDING_LEFT_OUT, &doctor_left_out, STR(""));
        return;
    }
    enum status s = db_get_i64(d->app.db, &q_health_jobs_waiting, dead, &count, &e);
    if (s != OK) {
        found_failure(f, s, &e);
        return;
    }
    snprintf(text, sizeof text, "%lld", (long long)count);
    found(f, count ? FINDING_WARNING : FINDING_OK, count ? &dead_jobs : &no_dead, str_from_c(text));
}

static const struct message backup_fine = { "backup_ok", "la dernière bonne est du {}",
                                            "the last good one is of {}" };
static const struct message backup_never = {
    "backup_never",
    "Aucune n’a été prouvée : lancez « medirecord backup », et gardez la clé secrète au coffre.",
    "None was proven: run `medirecord backup`, and keep the secret key in a safe."
};
static const struct message backup_late = {
    "backup_late", "La dernière bonne est du {} : le disque des sauvegardes (BACKUP_DIR) est-il branché ?",
    "The last good one is of {}: is the disk of the backups (BACKUP_DIR) plugged in?"
};

static void check_backups(struct doctor *d, struct finding *f) {
    const struct backups room = { .every_us = d->app.config.backup_every_h * HOUR_US };
    int64_t taken_us, now_us = clock_now_us(&d->app.clock);
    char day[DATE_ISO_BYTES];
    struct err e = { 0 };

    if (!d->app.db) {
        found(f, FINDING_LEFT_OUT, &doctor_left_out, STR(""));
        return;
    }
    enum status s = backup_last(d->app.db, &taken_us, &e);
    if (s != OK) {
        found_failure(f, s, &e);
        return;
    }
    date_format_iso(date_of_us(taken_us), day);
    if (taken_us == 0)
        found(f, FINDING_WARNING, &backup_never, STR(""));
    else if (backup_is_late(&room, taken_us, now_us))
        found(f, FINDING_WARNING, &backup_late, str_from_c(day));
    else
        found(f, FINDING_OK, &backup_fine, str_from_c(day));
}

static const struct message settings_in_force = { "settings_in_force",
                                                  "ceux du tableau de bord sont en vigueur",
                                                  "those of the dashboard are in force" };
static const struct message settings_waiting = {
    "settings_waiting",
    "{} enregistré(s) dans le tableau de bord attendent que le serveur redémarre : jusque-là il garde les anciens.",
    "{} saved in the dashboard wait for the server to start again: until then it keeps the old ones."
};

static void check_saved_settings(struct doctor *d, struct finding *f) {
    struct err e = { 0 };
    int64_t count;
    char text[24];

    if (!d->app.db) {
        found(f, FINDING_LEFT_OUT, &doctor_left_out, STR(""));
        return;
    }
    enum status s = settings_waiting_count(d->app.db, &count, &e);
    if (s != OK) {
        found_failure(f, s, &e);
        return;
    }
    snprintf(text, sizeof text, "%lld", (long long)count);
    found(f, count ? FINDING_WARNING : FINDING_OK, count ? &settings_waiting : &settings_in_force,
          str_from_c(text));
}

const struct doctor_check doctor_database_checks[] = {
    { "database", { "base de données", "database" }, check_schema },
    { "data", { "données", "data" }, check_data },
    { "jobs", { "tâches", "tasks" }, check_tasks },
    { "saved_settings", { "réglages enregistrés", "saved settings" }, check_saved_settings },
    { "backups", { "sauvegardes", "backups" }, check_backups },
    { 0 },
};
