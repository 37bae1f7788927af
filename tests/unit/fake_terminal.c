#include "tests/unit/fake_terminal.h"

#include <stdlib.h>
#include <string.h>

#include "loader/terminal.h"

static char written[65536];
static size_t written_bytes;
static unsigned int writes;

void terminal_write(const char *text, size_t bytes)
{
    if (bytes >= sizeof(written) - written_bytes)
        abort();
    memcpy(written + written_bytes, text, bytes);
    written_bytes += bytes;
    writes++;
}

unsigned int fake_terminal_writes(void)
{
    return writes;
}

const char *fake_terminal_take(void)
{
    static char taken[sizeof(written)];

    memcpy(taken, written, written_bytes);
    taken[written_bytes] = '\0';
    written_bytes = 0;
    return taken;
}
