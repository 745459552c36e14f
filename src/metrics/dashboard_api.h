#ifndef METRICS_DASHBOARD_API_H
#define METRICS_DASHBOARD_API_H
/*
 * dashboard_api -- GET /api/metrics/dashboard/?hours=: the handler of its row in metrics_routes.
 */
#include "http/route.h"

extern const struct query_param dashboard_params[];
handler_fn dashboard_get;

#endif
