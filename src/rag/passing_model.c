/* Made by tests/eval/learn_passing.c. */
#include "rag/passing.h"

const float passing_weights[PASSING_SIGN_COUNT] = { 0.995f, 0.824f, 0.222f, 0.092f, -0.570f, 0.083f, 2.281f, 1.282f, 0.529f, 2.176f, 1.010f, 0.249f, -0.268f, -0.070f, 1.833f, 1.369f, 0.340f };
const float passing_bias = -3.858f;
