/* Made by tests/eval/learn_passing.c. */
#include "rag/passing.h"

const float passing_weights[PASSING_SIGN_COUNT] = { 0.249f, 1.251f, 0.027f, 0.020f, 0.309f,
                                                    0.045f, 4.278f, 1.194f, 2.767f, 0.847f };
const float passing_bias = -3.158f;
