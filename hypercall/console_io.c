#include "hypercall/console_io.h"

#include <stdint.h>

#include <xen/xen.h>

#include "hypercall/hypercall.h"

void console_io_write(const char *text, size_t bytes)
{
    hypercall(__HYPERVISOR_console_io, CONSOLEIO_write, bytes, (uintptr_t)text, 0, 0);
}

size_t console_io_read(char *ret_text, size_t bytes)
{
    long result =
        hypercall(__HYPERVISOR_console_io, CONSOLEIO_read, bytes, (uintptr_t)ret_text, 0, 0);

    return result > 0 ? (size_t)result : 0;
}
