/*
 * A file that a client has open: what stands behind an EFI_FILE_PROTOCOL. Boot phase, TPL_CALLBACK.
 */
#ifndef PVHEFI_SHIM_FILE_FILE_HANDLE_H
#define PVHEFI_SHIM_FILE_FILE_HANDLE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/file/file_system.h"

struct file_handle {
    EFI_FILE_PROTOCOL protocol;
    struct file_node *node; /* held */
    bool is_writable;
    uint64_t position; /* in a directory the file system's */
};

/*
 * Errors are those that UEFI 2.10 section 13.5 names for the function of the same name, and those
 * of the file system.
 */

EFI_STATUS file_handle_open(struct file_handle *file, const CHAR16 *path, uint64_t mode,
                            uint64_t attributes, struct file_handle **ret_file);

/* Takes over the node, also when it fails: EFI_OUT_OF_RESOURCES. */
EFI_STATUS file_handle_new(struct file_node *node, bool is_writable, struct file_handle **ret_file);

/* The handle is gone, whatever is returned. */
EFI_STATUS file_handle_close(struct file_handle *file);
EFI_STATUS file_handle_delete(struct file_handle *file);

EFI_STATUS file_handle_read(struct file_handle *file, UINTN *bytes, void *buffer);
EFI_STATUS file_handle_write(struct file_handle *file, UINTN *bytes, const void *buffer);
EFI_STATUS file_handle_set_position(struct file_handle *file, uint64_t position);
EFI_STATUS file_handle_get_position(const struct file_handle *file, uint64_t *ret_position);
EFI_STATUS file_handle_flush(struct file_handle *file);

#endif
