#ifndef LANGUAGE_LAB_NAMES_H
#define LANGUAGE_LAB_NAMES_H
/*
 * lab_names -- the tables made from lab_names.txt, for names.c: what values of the laboratory are called.
 */
#include "base/base.h"

/* All words of a value, with one space between; its number is its place, from 1. */
extern const struct str lab_names[];
extern const size_t lab_count;

/* In the order of bytes. */
struct lab_word {
    struct str word;
    int lab;
};
extern const struct lab_word lab_words[];
extern const size_t lab_word_count;

#endif
