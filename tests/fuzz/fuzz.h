/*
 * What the fuzz targets share: a condition that must hold for every input, and the messages that
 * the parser wrote.
 */
#ifndef PVHEFI_TESTS_FUZZ_FUZZ_H
#define PVHEFI_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#define REQUIRE(condition)                             \
    do {                                               \
        if (!(condition))                              \
            fuzz_fail(#condition, __FILE__, __LINE__); \
    } while (0)

_Noreturn void fuzz_fail(const char *condition, const char *file, int line);

/* Error lines since fuzz_log_clear(); every message is really formatted, to read its arguments. */
unsigned int fuzz_log_errors(void);
const char *fuzz_log_last(void);
void fuzz_log_clear(void);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
