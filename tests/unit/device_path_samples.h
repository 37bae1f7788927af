/*
 * Device path nodes byte by byte, and the text that UEFI 2.10 section 10.6.1.6 has for them: what
 * can be converted both ways without a loss.
 */
#ifndef PVHEFI_TESTS_UNIT_DEVICE_PATH_SAMPLES_H
#define PVHEFI_TESTS_UNIT_DEVICE_PATH_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

struct device_path_sample {
    const char *text;         /* with shortcuts, not for display */
    const char *display;      /* for display, if that differs */
    const char *no_shortcuts; /* without shortcuts, if that differs */
    const uint8_t *node;
    size_t bytes;
};

extern const struct device_path_sample device_path_samples[];
extern const size_t device_path_sample_count;

#endif
