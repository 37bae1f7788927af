/*
 * The part of printf that the firmware's messages need: %s %c %% %d %i %u %x %X %p with '#', '0',
 * '-', width, precision of strings, and 'h', 'l', 'll', 'z'. Width and precision may be '*'; a
 * negative one counts as 0.
 */
#ifndef PVHEFI_LOADER_LIB_FORMAT_H
#define PVHEFI_LOADER_LIB_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Writes at most `size` bytes including the terminating NUL (none when size is 0) and returns the
 * length that the whole text has, as vsnprintf does. An unknown conversion is copied as it stands.
 */
size_t format_string_v(char *buffer, size_t size, const char *format, va_list args);
size_t format_string(char *buffer, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
