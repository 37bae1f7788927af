/*
 * Messages for the person at the guest's console, one line each: "module: what (actual against
 * expected)". Allowed in the boot phase; silent after ExitBootServices.
 */
#ifndef PVHEFI_LOADER_LIB_LOG_H
#define PVHEFI_LOADER_LIB_LOG_H

enum log_level {
    LOG_ERROR,
    LOG_WARNING,
    LOG_INFO,
    LOG_DEBUG,
};

/* Messages above `level` are dropped; the default is LOG_INFO. */
void log_set_level(enum log_level level);

/* Formats as described in loader/lib/format.h; a line feed is added. */
void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_err(...)   log_write(LOG_ERROR, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_WARNING, __VA_ARGS__)
#define log_info(...)  log_write(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)

#endif
