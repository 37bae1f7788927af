/*
 * What is kept of each image, and which images there are. For the files of this folder. Boot phase.
 */
#ifndef PVHEFI_SHIM_IMAGE_IMAGE_LIST_H
#define PVHEFI_SHIM_IMAGE_IMAGE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "loader/lib/tree.h"
#include "shim/image/image_memory.h"
#include "shim/x86/jump.h"

struct handle;

struct image {
    struct tree_node node; /* of the list */
    EFI_HANDLE handle;
    struct handle *held; /* no other image gets the same one, whatever a client uninstalls */
    EFI_LOADED_IMAGE_PROTOCOL protocol; /* a client may write whatever it likes into it */
    EFI_DEVICE_PATH *path;              /* whole, as LoadImage got it; may be NULL */
    void *hii_packages;                 /* in its memory; NULL when it has none */
    struct image_memory memory;
    EFI_IMAGE_ENTRY_POINT entry;
    uint16_t subsystem;
    bool nx_compatible;
    bool started;
    /* While it runs: where Exit goes, and whom it interrupted. */
    struct jump_place exit_place;
    struct image *starter;
    EFI_STATUS exit_status;
    UINTN exit_bytes;
    CHAR16 *exit_data;
};

/* Its handle must be known, and stay. */
void image_list_add(struct image *image);
void image_list_remove(struct image *image);

/* NULL when `handle`, which may be any pointer, is no image. */
struct image *image_list_find(EFI_HANDLE handle);

#endif
