/*
 * The one place that text goes to and keys come from: the PV console under Xen, Xen's own console
 * for dom0 and before the ring is found, the serial port without Xen. Bytes, no translation. Boot
 * phase.
 */
#ifndef PVHEFI_LOADER_TERMINAL_H
#define PVHEFI_LOADER_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum terminal_kind {
    TERMINAL_AUTO,   /* the first one of the others that is there */
    TERMINAL_PV,     /* the domain's PV console, hvc0 */
    TERMINAL_XEN,    /* Xen's console: a domU's debug port, which can only be written to */
    TERMINAL_SERIAL, /* the first PC serial port */
    TERMINAL_NONE,
};

/* After xen_detect() and tsc_init(): whatever there is, since the options are not known yet. */
void terminal_open(void);

/* Changes over to another one. False when it is not there: nothing has changed then. */
bool terminal_choose(enum terminal_kind kind);

void terminal_write(const char *text, size_t bytes);

/* Number of bytes read, 0 when nothing was typed. */
size_t terminal_read(char *ret_text, size_t bytes);

/*
 * Sleeps until something more was typed than when it returned before, or until tsc_now_ns() is
 * `deadline_ns`; perhaps for less. Read afterwards. False at once for a terminal that wakes nobody:
 * look again now and then.
 */
bool terminal_wait(uint64_t deadline_ns);

/* For the host's administrator: a copy of an error goes to Xen's console too (`xl dmesg`). */
void terminal_write_to_host(const char *text, size_t bytes);

/* ExitBootServices: the devices are the OS's now, nothing is written or read any more. */
void terminal_close(void);

#endif
