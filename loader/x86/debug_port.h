/*
 * Xen's debug console port for HVM and PVH guests: `xl dmesg` shows what is written there, whatever
 * Xen's build (CONSOLEIO_write works for plain guests in debug builds only). Boot phase.
 */
#ifndef PVHEFI_LOADER_X86_DEBUG_PORT_H
#define PVHEFI_LOADER_X86_DEBUG_PORT_H

#include <stddef.h>

/* Every byte leaves the guest: for the few lines that the host's administrator must see. */
void debug_port_write(const char *text, size_t bytes);

#endif
