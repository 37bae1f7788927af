#include "shim/image/image_hii.h"

#include <stddef.h>
#include <stdint.h>

#include "loader/lib/string.h"
#include "loader/pe_resource.h"
#include "shim/hii/hii_format.h"

void *image_hii_find(const struct pe_image *pe, void *base)
{
    struct hii_package_list_header header;
    uint32_t rva;
    uint32_t bytes;
    uint8_t *list;

    if (!pe_resource_find(base, pe->image_bytes, pe->resource_rva, pe->resource_bytes, "HII", &rva,
                          &bytes) ||
        bytes < sizeof(header))
        return NULL;
    list = (uint8_t *)base + rva;
    memcpy(&header, list, sizeof(header));
    return header.bytes <= bytes ? list : NULL;
}
