#include "tests/unit/log_capture.h"

#include <stdarg.h>
#include <stdio.h>

#include "loader/lib/log.h"

static char last_message[256];

const char *log_capture_last(void)
{
    return last_message;
}

void log_capture_clear(void)
{
    last_message[0] = '\0';
}

void log_set_level(enum log_level level)
{
    (void)level;
}

void log_write(enum log_level level, const char *format, ...)
{
    va_list args;

    (void)level;
    va_start(args, format);
    vsnprintf(last_message, sizeof(last_message), format, args);
    va_end(args);
}
