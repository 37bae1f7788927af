#include "shim/hii/hii_font_package.h"

#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/hii/hii_format.h"

struct font_package_header {
    uint32_t header;
    uint32_t header_bytes;
    uint32_t glyphs_offset;
    uint16_t cell_width;
    uint16_t cell_height;
    int16_t cell_offset_x;
    int16_t cell_offset_y;
    int16_t cell_advance_x;
    uint32_t style;
    uint8_t family[];
} __attribute__((packed));
_Static_assert(sizeof(struct font_package_header) == 26, "UEFI 2.10 section 33.3.3.1");

static size_t name_bytes(const uint8_t *name, size_t available)
{
    for (size_t bytes = sizeof(CHAR16); bytes <= available; bytes += sizeof(CHAR16))
        if (!name[bytes - 2] && !name[bytes - 1])
            return bytes;
    return 0;
}

bool hii_font_package_read(const struct hii_package_view *view,
                           struct hii_font_package *ret_package)
{
    struct font_package_header header;
    struct hii_font_package package;

    if (view->type != HII_PACKAGE_FONTS || view->size < sizeof(header))
        return false;
    memcpy(&header, view->bytes, sizeof(header));
    package = (struct hii_font_package){
        .style = header.style,
        .size = header.cell_height,
        .name = view->bytes + sizeof(header),
        .name_bytes = name_bytes(view->bytes + sizeof(header), view->size - sizeof(header)),
    };
    *ret_package = package;
    return package.name_bytes;
}

bool hii_font_package_is(const struct hii_font_package *package, const EFI_FONT_INFO *font)
{
    size_t limit = package->name_bytes / sizeof(CHAR16);

    return package->style == font->FontStyle && package->size == font->FontSize &&
           utf16_length(font->FontName, limit) + 1 == limit &&
           !memcmp(package->name, font->FontName, package->name_bytes);
}
