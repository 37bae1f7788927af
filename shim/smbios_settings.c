#include "shim/smbios_settings.h"

#include <stdbool.h>
#include <stddef.h>

#include <xen/errno.h>

#include "hypercall/xenstore.h"
#include "hypercall/xenstore_value.h"
#include "loader/lib/log.h"
#include "loader/lib/string.h"
#include "shim/memory/pool.h"

#define DIRECTORY  "bios-strings"
#define OEM_PREFIX "oem-"
/* xenstore's longest message, and so its longest value and list of names. */
#define VALUE_BYTES 4097

struct buffers {
    char names[VALUE_BYTES];
    char value[VALUE_BYTES];
};

/* Where the value of this name belongs; false when it is none of ours. */
static bool find_text(struct smbios_facts *facts, const char *name, const char ***ret_text)
{
    uint64_t number;

    for (unsigned int i = 0; i < SMBIOS_TEXTS; i++)
        if (strcmp(name, smbios_text_name((enum smbios_text)i)) == 0) {
            *ret_text = &facts->text[i];
            return true;
        }
    if (strncmp(name, OEM_PREFIX, strlen(OEM_PREFIX)) != 0 ||
        xenstore_value_number(name + strlen(OEM_PREFIX), SMBIOS_OEM_STRINGS_MAX, &number) ||
        number == 0)
        return false;
    *ret_text = &facts->oem[number - 1];
    return true;
}

static void read_text(const char *name, const char **ret_text, char *value)
{
    int result = xenstore_read(0, DIRECTORY, name, value, VALUE_BYTES);
    char *text = result ? NULL : pool_new(strlen(value) + 1);

    if (!text) {
        log_warn("smbios: %s/%s cannot be read (%d)", DIRECTORY, name, result);
        return;
    }
    memcpy(text, value, strlen(value) + 1);
    *ret_text = text;
}

static void count_oem_strings(struct smbios_facts *facts)
{
    unsigned int count = 0;

    while (count < SMBIOS_OEM_STRINGS_MAX && facts->oem[count] && facts->oem[count][0])
        count++;
    facts->oem_count = count;
}

static void read_all(struct smbios_facts *facts, struct buffers *buffers)
{
    const char *name = NULL;
    size_t bytes;
    int result =
        xenstore_directory(0, DIRECTORY, "", buffers->names, sizeof(buffers->names), &bytes);

    if (result && result != -XEN_ENOENT && result != -XEN_ENODEV)
        log_warn("smbios: %s in xenstore cannot be read (%d)", DIRECTORY, result);
    if (result)
        return;
    while ((name = xenstore_value_next_name(buffers->names, bytes, name))) {
        const char **text;

        if (find_text(facts, name, &text))
            read_text(name, text, buffers->value);
    }
    count_oem_strings(facts);
}

void smbios_settings_read(struct smbios_facts *facts)
{
    struct buffers *buffers = pool_new(sizeof(*buffers));

    if (!buffers)
        return;
    read_all(facts, buffers);
    pool_free(buffers);
}
