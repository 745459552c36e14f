#ifndef MAIN_RETENTION_API_H
#define MAIN_RETENTION_API_H
/*
 * retention_api -- /api/settings/retention/ for administrators: what is thrown away by age, after how long, what would go now, and the clean-up
 * itself before its time. The room is a struct maintenance.
 */
#include "http/route.h"

extern const struct route retention_routes[];

#endif
