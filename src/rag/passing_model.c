/* Made by tests/eval/learn_passing.c. */
#include "rag/passing.h"

const float passing_weights[PASSING_SIGN_COUNT] = { 0.936f,  -0.198f, -0.270f, 0.228f, -1.010f, 0.768f,
                                                    1.298f,  0.958f,  1.375f,  2.866f, 0.969f,  0.613f,
                                                    -0.336f, -0.691f, 0.214f,  1.233f, -0.030f, -0.140f,
                                                    -0.825f, -0.037f, 0.238f,  0.022f };
const float passing_bias = -3.690f;
