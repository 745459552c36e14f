/* Made by tests/eval/learn_passing.c. */
#include "rag/passing.h"

const float passing_weights[PASSING_SIGN_COUNT] = { 0.407f,  0.248f, 0.006f, -0.056f, 0.264f,  0.418f,
                                                    0.199f,  1.930f, 1.402f, 0.815f,  0.721f,  0.471f,
                                                    -0.631f, 0.460f, 0.896f, -0.101f, -0.739f, 0.103f,
                                                    -1.302f, 0.508f, 1.320f, -0.574f, 0.482f,  0.322f };
const float passing_bias = -4.761f;
