/*
 * HII keyboard layout packages (UEFI 2.10 section 33.3.9) as bytes. Pure.
 */
#ifndef PVHEFI_SHIM_HII_HII_KEYBOARD_PACKAGE_H
#define PVHEFI_SHIM_HII_HII_KEYBOARD_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/hii/hii_package_list.h"

struct hii_keyboard_layout {
    const uint8_t *bytes; /* the client's, from its length on */
    uint16_t size;
    EFI_GUID guid;
};

/*
 * The layout at *offset, which is 0 for the first one and moves behind it. False behind the last
 * one, and where a layout does not fit into the package.
 */
bool hii_keyboard_next(const struct hii_package_view *package, uint32_t *offset,
                       struct hii_keyboard_layout *ret_layout);

#endif
