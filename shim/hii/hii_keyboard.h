/*
 * Keyboard layouts in the HII database (UEFI 2.10 sections 33.3.9, 34.8.9–34.8.11). They are kept
 * for who asks; the console's terminal has a layout of its own. Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_KEYBOARD_H
#define PVHEFI_SHIM_HII_HII_KEYBOARD_H

#include <efi.h>

#define EFI_HII_SET_KEYBOARD_LAYOUT_EVENT_GUID             \
    {                                                      \
        0x14982a4f, 0xb0ed, 0x45b8,                        \
        {                                                  \
            0xa8, 0x11, 0x5a, 0x7a, 0x9b, 0xc2, 0x32, 0xdf \
        }                                                  \
    }

/* FindKeyboardLayouts: *bytes in and out. EFI_NOT_FOUND, EFI_BUFFER_TOO_SMALL. */
EFI_STATUS hii_keyboard_list(UINT16 *bytes, EFI_GUID *ret_guids);

/* GetKeyboardLayout, NULL for the current one: as above. */
EFI_STATUS hii_keyboard_get(const EFI_GUID *guid, UINT16 *bytes, void *ret_layout);

/* SetKeyboardLayout, and the event group that tells of it. EFI_NOT_FOUND. */
EFI_STATUS hii_keyboard_set(const EFI_GUID *guid);

#endif
