/* Made by tests/eval/learn_passing.c. */
#include "rag/passing.h"

const float passing_weights[PASSING_SIGN_COUNT] = { 1.025f,  0.387f,  0.085f, 0.438f, -1.045f, 0.300f,
                                                    1.566f,  1.532f,  0.889f, 2.273f, 1.170f,  0.505f,
                                                    -1.539f, -0.108f, 1.607f, 1.605f, 0.124f };
const float passing_bias = -3.933f;
