#include "hypercall/xenstore_value.h"

#include <xen/errno.h>

#include "loader/lib/string.h"

int xenstore_value_number(const char *text, uint64_t max, uint64_t *ret_number)
{
    uint64_t number = 0;

    if (!*text)
        return -XEN_EINVAL;
    for (; *text; text++) {
        unsigned int digit = (unsigned int)(*text - '0');

        if (digit > 9)
            return -XEN_EINVAL;
        if (number > max / 10 || digit > max - number * 10)
            return -XEN_ERANGE;
        number = number * 10 + digit;
    }
    *ret_number = number;
    return 0;
}

const char *xenstore_value_next_name(const char *names, size_t bytes, const char *name)
{
    size_t offset = name ? (size_t)(name - names) + strlen(name) + 1 : 0;

    if (offset >= bytes || strnlen(names + offset, bytes - offset) == bytes - offset)
        return NULL;
    return names + offset;
}
