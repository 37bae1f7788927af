#include "tables/smbios_writer.h"

#include "loader/lib/string.h"

uint8_t smbios_strings_add(struct smbios_strings *strings, const char *text)
{
    if (!text || !text[0] || strings->count == SMBIOS_STRINGS_MAX)
        return 0;
    strings->text[strings->count++] = text;
    return strings->count;
}

/* All of it or nothing, so that a short buffer ends with a whole piece. */
static void append(struct smbios_writer *writer, const void *bytes, size_t count)
{
    if (writer->used <= writer->capacity && count <= writer->capacity - writer->used)
        memcpy(writer->buffer + writer->used, bytes, count);
    writer->used += count;
}

void smbios_writer_add(struct smbios_writer *writer, const struct smbios_header *structure,
                       const char *const *strings, unsigned int count)
{
    append(writer, structure, structure->bytes);
    for (unsigned int i = 0; i < count; i++)
        append(writer, strings[i], strlen(strings[i]) + 1);
    /* The set's end; an empty set has two zero bytes. */
    append(writer, "\0", count ? 1 : 2);
}
