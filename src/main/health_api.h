#ifndef MAIN_HEALTH_API_H
#define MAIN_HEALTH_API_H
/*
 * health_api -- GET /api/health/: can this program do its work? Anybody may ask; what each service says is for those who signed in.
 */
#include "http/route.h"
#include "messaging/messaging.h"
#include "models/models.h"

/* Constant after start. */
struct health {
    const struct messaging *messaging;
    const struct models *models;
};

extern const struct route health_routes[]; /* room: struct health */

#endif
