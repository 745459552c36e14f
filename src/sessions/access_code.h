#ifndef SESSIONS_ACCESS_CODE_H
#define SESSIONS_ACCESS_CODE_H
/*
 * access_code -- the digits by which people who share a number are told apart.
 *
 * Made by the clinic, shown once, kept as a keyed hash. ACCESS_CODE_TRIES wrong ones in a row lock it for ACCESS_CODE_LOCK_US and tell the
 * doctor: a million codes at five an hour are decades.
 */
#include "sessions/sessions.h"

enum { ACCESS_CODE_DIGITS = 6, ACCESS_CODE_TRIES = 5 };
#define ACCESS_CODE_LOCK_US HOUR_US

/* Replaces the earlier one and its lock. One transaction with its audit row. E_NOT_FOUND: no such patient. */
enum status access_code_make(const struct sessions *, struct db *, struct arena *, int64_t patient_id,
                             int64_t user_id, int64_t now_us, char code[ACCESS_CODE_DIGITS + 1],
                             struct err *) MUST_CHECK;

/* As struct conversation_desk says; ctx is struct sessions. */
enum status access_code_check(void *ctx, struct db *, struct arena *, int64_t patient_id, struct str code,
                              int64_t now_us, enum code_state *, struct err *) MUST_CHECK;
enum status access_code_try(void *ctx, struct db *, struct arena *, int64_t patient_id, struct str code,
                            int64_t now_us, enum code_state *, struct err *) MUST_CHECK;

#endif
