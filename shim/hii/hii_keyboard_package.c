#include "shim/hii/hii_keyboard_package.h"

#include "loader/lib/string.h"

/* The package header and the number of layouts, which what fits into the package tells as well. */
#define LAYOUTS_OFFSET 6u

struct layout_header {
    uint16_t bytes; /* of the whole layout */
    EFI_GUID guid;
    uint32_t description_offset; /* of its name's string id, in the layout */
    uint8_t descriptor_count;
} __attribute__((packed));
_Static_assert(sizeof(struct layout_header) == 23, "UEFI 2.10 section 34.8.10");

bool hii_keyboard_next(const struct hii_package_view *package, uint32_t *offset,
                       struct hii_keyboard_layout *ret_layout)
{
    uint32_t start = *offset ? *offset : LAYOUTS_OFFSET;
    struct layout_header header;

    if (start > package->size || package->size - start < sizeof(header))
        return false;
    memcpy(&header, package->bytes + start, sizeof(header));
    if (header.bytes < sizeof(header) || header.bytes > package->size - start)
        return false;
    *offset = start + header.bytes;
    *ret_layout = (struct hii_keyboard_layout){
        .bytes = package->bytes + start,
        .size = header.bytes,
        .guid = header.guid,
    };
    return true;
}
