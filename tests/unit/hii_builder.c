#include "tests/unit/hii_builder.h"

#include <string.h>

#include "shim/hii/hii_format.h"

static void put(struct hii_list *list, const void *bytes, size_t size)
{
    if (size > sizeof(list->bytes) - list->size)
        __builtin_trap();
    memcpy(list->bytes + list->size, bytes, size);
    list->size += size;
}

static void put_header(struct hii_list *list, uint8_t type, size_t content_bytes)
{
    uint32_t header = hii_package_header(type, (uint32_t)(sizeof(header) + content_bytes));

    put(list, &header, sizeof(header));
}

struct hii_list hii_list_new(uint32_t number)
{
    const struct hii_package_list_header header = {.guid = {.Data1 = number}};
    struct hii_list list = {.size = 0};

    put(&list, &header, sizeof(header));
    return list;
}

void hii_list_add(struct hii_list *list, uint8_t type, const void *content, size_t bytes)
{
    put_header(list, type, bytes);
    put(list, content, bytes);
}

void hii_list_add_strings(struct hii_list *list, const char *languages, const void *blocks,
                          size_t bytes)
{
    uint32_t strings_offset =
        (uint32_t)(sizeof(struct hii_string_package_header) + strlen(languages) + 1);
    const struct hii_string_package_header header = {
        .header = hii_package_header(HII_PACKAGE_STRINGS, (uint32_t)(strings_offset + bytes)),
        .header_bytes = strings_offset,
        .strings_offset = strings_offset,
        .language_name = 1,
    };

    put(list, &header, sizeof(header));
    put(list, languages, strlen(languages) + 1);
    put(list, blocks, bytes);
}

void hii_list_add_guid(struct hii_list *list, uint32_t number)
{
    const EFI_GUID guid = {.Data1 = number};

    hii_list_add(list, HII_PACKAGE_GUID, &guid, sizeof(guid));
}

void hii_list_end(struct hii_list *list)
{
    uint32_t bytes;

    put_header(list, HII_PACKAGE_END, 0);
    bytes = (uint32_t)list->size;
    memcpy(list->bytes + offsetof(struct hii_package_list_header, bytes), &bytes, sizeof(bytes));
}

struct hii_package_view hii_list_package(const struct hii_list *list, unsigned int index)
{
    struct hii_package_list_walk walk;
    struct hii_package_view view = {0};

    if (!hii_package_list_open(list->bytes, &walk))
        __builtin_trap();
    for (unsigned int i = 0; i <= index; i++)
        if (hii_package_list_next(&walk, &view) != EFI_SUCCESS)
            __builtin_trap();
    return view;
}
