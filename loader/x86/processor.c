#include "loader/x86/processor.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "loader/x86/cpu.h"

#define LEAF_SIGNATURE    1u
#define LEAF_EXTENDED_MAX 0x80000000u
#define LEAF_NAME         0x80000002u
#define NAME_LEAVES       3u

/* Some CPUs pad the name with blanks in front, most behind. */
static void trim(char *text)
{
    size_t start = 0;
    size_t end = strlen(text);

    while (text[start] == ' ')
        start++;
    while (end > start && text[end - 1] == ' ')
        end--;
    memmove(text, text + start, end - start);
    text[end - start] = '\0';
}

static void read_name(char *ret_name)
{
    if (cpuid(LEAF_EXTENDED_MAX, 0).eax < LEAF_NAME + NAME_LEAVES - 1)
        return;
    for (uint32_t i = 0; i < NAME_LEAVES; i++) {
        struct cpuid part = cpuid(LEAF_NAME + i, 0);

        memcpy(ret_name + i * sizeof(part), &part, sizeof(part));
    }
    trim(ret_name);
}

struct processor processor_identify(void)
{
    struct cpuid vendor = cpuid(0, 0);
    struct cpuid signature = cpuid(LEAF_SIGNATURE, 0);
    struct processor processor = {.signature = signature.eax, .features = signature.edx};

    memcpy(processor.vendor, &vendor.ebx, 4);
    memcpy(processor.vendor + 4, &vendor.edx, 4);
    memcpy(processor.vendor + 8, &vendor.ecx, 4);
    read_name(processor.name);
    return processor;
}
