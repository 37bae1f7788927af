#include "loader/lib/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

/* As long as the firmware's lines. */
static char last_message[256];
static unsigned int errors;

_Noreturn void fuzz_fail(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: %s does not hold (last message: %s)\n", file, line, condition,
            last_message);
    abort();
}

unsigned int fuzz_log_errors(void)
{
    return errors;
}

const char *fuzz_log_last(void)
{
    return last_message;
}

void fuzz_log_clear(void)
{
    last_message[0] = '\0';
    errors = 0;
}

void log_write(enum log_level level, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(last_message, sizeof(last_message), format, args);
    va_end(args);
    if (level == LOG_ERROR)
        errors++;
}
