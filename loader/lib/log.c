#include "loader/lib/log.h"

#include <stdarg.h>
#include <stdbool.h>

#include "loader/lib/format.h"
#include "loader/terminal.h"

#define LINE_BYTES 256

static enum log_level max_level = LOG_INFO;

void log_set_level(enum log_level level)
{
    max_level = level;
}

static const char *prefix(enum log_level level)
{
    switch (level) {
    case LOG_ERROR:
        return "pvhefi: error: ";
    case LOG_WARNING:
        return "pvhefi: warning: ";
    default:
        return "pvhefi: ";
    }
}

void log_write(enum log_level level, const char *format, ...)
{
    char line[LINE_BYTES];
    size_t room = sizeof(line) - 2;
    size_t used;
    va_list args;

    if (level > max_level)
        return;
    used = format_string(line, room, "%s", prefix(level));
    va_start(args, format);
    used += format_string_v(line + used, room - used, format, args);
    va_end(args);
    if (used >= room)
        used = room - 1;
    /* The guest's console is a raw terminal. */
    line[used++] = '\r';
    line[used++] = '\n';
    terminal_write(line, used);
    if (level == LOG_ERROR)
        terminal_write_to_host(line, used);
}
