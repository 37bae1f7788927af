#include "loader/x86/debug_port.h"

#include <stdint.h>

#include <xen/xen.h>

#include "loader/x86/cpu.h"

void debug_port_write(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        /* Xen adds its own prefix to each line and drops what it cannot print. */
        if (text[i] != '\r')
            outb(XEN_HVM_DEBUGCONS_IOPORT, (uint8_t)text[i]);
    }
}
