#include "shim/console/terminal_input.h"

#include "loader/terminal.h"
#include "loader/x86/tsc.h"
#include "shim/event/timer.h"

/* A serial port's FIFO of 16 bytes is not full before 1.4 ms. */
#define POLL_NS 500000u

/* The byte that was read by somebody who only asked whether there is one. */
static char ahead;
static bool has_ahead;

bool terminal_input_is_ready(void)
{
    if (!has_ahead)
        has_ahead = terminal_read(&ahead, 1) == 1;
    return has_ahead;
}

bool terminal_input_wait(uint64_t deadline_ns)
{
    while (!terminal_input_is_ready()) {
        if (tsc_now_ns() >= deadline_ns)
            return false;
        timer_wait_ns(POLL_NS);
    }
    return true;
}

size_t terminal_input_read(char *ret_bytes, size_t bytes)
{
    size_t count = 0;

    if (has_ahead && bytes > 0) {
        ret_bytes[count++] = ahead;
        has_ahead = false;
    }
    return count < bytes ? count + terminal_read(ret_bytes + count, bytes - count) : count;
}
