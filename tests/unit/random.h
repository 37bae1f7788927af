/*
 * Pseudo-random numbers for tests: the same ones in every run and on every host.
 */
#ifndef PVHEFI_TESTS_UNIT_RANDOM_H
#define PVHEFI_TESTS_UNIT_RANDOM_H

#include <stdint.h>

void random_seed(uint32_t seed);

/* Evenly from 0 to `limit` - 1. */
unsigned int random_below(unsigned int limit);

#endif
