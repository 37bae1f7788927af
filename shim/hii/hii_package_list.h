/*
 * Walking through an HII package list that a client made (UEFI 2.10 section 33.3.1). Pure.
 */
#ifndef PVHEFI_SHIM_HII_HII_PACKAGE_LIST_H
#define PVHEFI_SHIM_HII_HII_PACKAGE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

/* A package where it stands, its header included. */
struct hii_package_view {
    const uint8_t *bytes;
    uint32_t size;
    uint8_t type; /* enum hii_package_type, or what others define */
};

struct hii_package_list_walk {
    const uint8_t *bytes;
    uint32_t size;
    uint32_t offset;
};

/* Begins behind the list's header. False when that does not fit into the list's own length. */
bool hii_package_list_open(const void *list, struct hii_package_list_walk *ret_walk);

/*
 * The next package; the END package and what lies behind it is none. EFI_NOT_FOUND at the end,
 * EFI_INVALID_PARAMETER when a package does not fit into the list.
 */
EFI_STATUS hii_package_list_next(struct hii_package_list_walk *walk,
                                 struct hii_package_view *ret_package);

/* A package's bytes, all of them readable. False when it is shorter than its header. */
bool hii_package_read(const void *bytes, size_t size, struct hii_package_view *ret_package);

/* Is it of `type`, and for HII_PACKAGE_GUID also of `guid`? HII_PACKAGE_ALL is any. */
bool hii_package_is(const struct hii_package_view *package, uint8_t type, const EFI_GUID *guid);

/* The GUID behind a GUID package's header; NULL for other packages. Not aligned. */
const EFI_GUID *hii_package_guid(const struct hii_package_view *package);

#endif
