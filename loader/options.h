/*
 * The firmware's own options in the guest's command line: words that begin with "pvhefi.". They are
 * taken out, the rest goes to the payload. Pure; boot phase.
 */
#ifndef PVHEFI_LOADER_OPTIONS_H
#define PVHEFI_LOADER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "loader/lib/log.h"
#include "loader/terminal.h"

struct options {
    enum log_level log_level;   /* pvhefi.log=error|warning|info|debug */
    bool boot_performance;      /* pvhefi.fpdt=on|off: an ACPI table of the firmware's times */
    enum terminal_kind console; /* pvhefi.console=auto|pv|xen|serial|none */
};

/*
 * Splits `cmdline`: options go to *ret_options (defaults where they are absent; the last one wins),
 * the other words to `rest`, one blank between them. `rest` has `rest_bytes` bytes, does not
 * overlap `cmdline` and is always terminated; strlen(cmdline) + 1 bytes are enough, and what does
 * not fit is cut at a word's end with a log_warn line.
 *
 * Words are separated by blanks; a double-quoted part belongs to one word, as in Linux. What
 * follows a lone "--" is the payload's and is not looked at. An unknown pvhefi. word or a bad value
 * costs a log_warn line and is removed.
 */
void options_parse(const char *cmdline, struct options *ret_options, char *rest, size_t rest_bytes);

#endif
