/*
 * HII font packages (UEFI 2.10 section 33.3.3) as bytes: which font one holds. Pure.
 */
#ifndef PVHEFI_SHIM_HII_HII_FONT_PACKAGE_H
#define PVHEFI_SHIM_HII_HII_FONT_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_font_info.h"
#include "shim/hii/hii_package_list.h"

struct hii_font_package {
    uint32_t style;
    uint16_t size;       /* the height of its cells */
    const uint8_t *name; /* not aligned */
    size_t name_bytes;   /* its NUL included */
};

/* False when it is no font package, or one with a damaged header. */
bool hii_font_package_read(const struct hii_package_view *view,
                           struct hii_font_package *ret_package);

bool hii_font_package_is(const struct hii_font_package *package, const EFI_FONT_INFO *font);

#endif
