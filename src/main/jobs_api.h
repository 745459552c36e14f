#ifndef MAIN_JOBS_API_H
#define MAIN_JOBS_API_H
/*
 * jobs_api -- what an administrator decides about work that was given up: again, or put aside. Each with its row in the audit log, which is
 * why this is not in jobs/. The room is the struct job_signal; NULL: no runner in this process.
 */
#include "http/route.h"

extern const struct route job_deed_routes[];

#endif
