#include "rag/triage_model.h"

#include "rag/triage_feature.h"

static double weight_of(struct str feature) {
    size_t low = 0, high = triage_weight_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = triage_feature_compare(feature, triage_weights[middle].feature);
        if (c == 0) return (double)triage_weights[middle].weight;
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

double triage_score(const struct str *features, size_t count) {
    double sum = (double)triage_bias;
    for (size_t i = 0; i < count; i++) sum += weight_of(features[i]);
    return sum;
}
