/* Made by tests/eval/learn_passing.c. */
#include "rag/passing.h"

const float passing_weights[PASSING_SIGN_COUNT] = { 1.363f,  0.318f,  -0.491f, 0.192f, -1.033f, 0.436f,
                                                    1.572f,  0.964f,  1.233f,  2.822f, 1.242f,  0.684f,
                                                    -0.919f, -0.367f, 0.657f,  1.514f, -0.007f, 0.463f,
                                                    -0.944f, -0.431f, 0.580f,  -0.246f };
const float passing_bias = -4.006f;
