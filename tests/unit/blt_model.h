/*
 * Blt() as its definition reads (UEFI 2.10 section 12.9.2.3), pixel by pixel and from a copy of the
 * source: what the real one is compared with.
 */
#ifndef PVHEFI_TESTS_UNIT_BLT_MODEL_H
#define PVHEFI_TESTS_UNIT_BLT_MODEL_H

#include <stdint.h>

#include "shim/console/blt.h"

#define BLT_MODEL_WIDTH  12u
#define BLT_MODEL_HEIGHT 9u
#define BLT_MODEL_PIXELS (BLT_MODEL_WIDTH * BLT_MODEL_HEIGHT)

/* Is the rectangle wholly on a screen of that size? Without arithmetic that could overflow. */
int blt_model_on_screen(size_t x, size_t y, size_t width, size_t height);

/* A valid operation on `screen` of BLT_MODEL_PIXELS. */
void blt_model_run(const struct blt *blt, uint32_t *screen);

#endif
