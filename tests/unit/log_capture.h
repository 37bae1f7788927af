/*
 * Stands in for loader/lib/log.c in host tests: keeps the last message so that a test can check
 * which reason a rejection gave.
 */
#ifndef PVHEFI_TESTS_UNIT_LOG_CAPTURE_H
#define PVHEFI_TESTS_UNIT_LOG_CAPTURE_H

/* The last message of any level, "" when none was written since log_capture_clear(). */
const char *log_capture_last(void);
void log_capture_clear(void);

#endif
