#include "tests/unit/fake_typing.h"

#include <stdlib.h>
#include <string.h>

#include "loader/terminal.h"

static char typed[4096];
static size_t typed_bytes;
static unsigned int flood_reads;

void fake_typing_type_bytes(const char *bytes, size_t count)
{
    if (count > sizeof(typed) - typed_bytes)
        abort();
    memcpy(typed + typed_bytes, bytes, count);
    typed_bytes += count;
}

void fake_typing_type(const char *text)
{
    fake_typing_type_bytes(text, strlen(text));
}

size_t fake_typing_left(void)
{
    return typed_bytes;
}

void fake_typing_flood(unsigned int reads)
{
    flood_reads = reads;
}

unsigned int fake_typing_flood_left(void)
{
    return flood_reads;
}

size_t terminal_read(char *ret_text, size_t bytes)
{
    size_t count = bytes < typed_bytes ? bytes : typed_bytes;

    if (flood_reads) {
        flood_reads--;
        memset(ret_text, 'f', bytes);
        return bytes;
    }
    memcpy(ret_text, typed, count);
    memmove(typed, typed + count, typed_bytes - count);
    typed_bytes -= count;
    return count;
}
