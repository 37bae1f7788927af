#include "tests/unit/smbios_reader.h"

#include <string.h>

static const char *strings_of(const struct smbios_header *structure)
{
    return (const char *)structure + structure->bytes;
}

const struct smbios_header *smbios_next(const struct smbios_header *structure)
{
    const char *end = strings_of(structure);

    while (end[0] || end[1])
        end++;
    return (const void *)(end + 2);
}

const char *smbios_text(const struct smbios_header *structure, unsigned int number)
{
    const char *text = strings_of(structure);

    if (!number)
        return "";
    while (--number && *text)
        text += strlen(text) + 1;
    return *text ? text : NULL;
}

const struct smbios_header *smbios_find(const struct smbios_header *first, unsigned int type,
                                        unsigned int index)
{
    for (;; first = smbios_next(first)) {
        if (first->type == type && index-- == 0)
            return first;
        if (first->type == SMBIOS_TYPE_END)
            return NULL;
    }
}
