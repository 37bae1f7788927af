/*
 * Runs each test in a process of its own: the firmware's modules keep their state in static
 * variables and have no way to forget it.
 */
#ifndef PVHEFI_TESTS_UNIT_ISOLATED_H
#define PVHEFI_TESTS_UNIT_ISOLATED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Number of tests that failed or died. */
int isolated_run_tests(const struct CMUnitTest *tests, size_t count);

#define isolated_run(tests) isolated_run_tests(tests, sizeof(tests) / sizeof((tests)[0]))

#endif
