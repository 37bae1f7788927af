/*
 * Device paths as byte strings (UEFI 2.10 chapter 10). Pure: malformed paths are recognised, not
 * followed.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include <efi.h>

extern const EFI_GUID device_path_protocol_guid;

/* For paths that are written down as structs: a node's header, the ends of path and instance. */
#define DEVICE_PATH_NODE(type, subtype, bytes) \
    {                                          \
        type, subtype,                         \
        {                                      \
            (bytes) & 0xff, (bytes) >> 8       \
        }                                      \
    }
#define DEVICE_PATH_END \
    DEVICE_PATH_NODE(END_DEVICE_PATH_TYPE, END_ENTIRE_DEVICE_PATH_SUBTYPE, sizeof(EFI_DEVICE_PATH))
#define DEVICE_PATH_INSTANCE_END                                             \
    DEVICE_PATH_NODE(END_DEVICE_PATH_TYPE, END_INSTANCE_DEVICE_PATH_SUBTYPE, \
                     sizeof(EFI_DEVICE_PATH))

/* Longer ones do not occur; a path without an end node must not be followed for ever. */
#define DEVICE_PATH_BYTES_MAX 65536u

/* What a node says of its own length; it may be impossible. */
size_t device_path_node_bytes(const EFI_DEVICE_PATH *node);

/* Bytes including the end node; 0 when a node's length is impossible or the path has no end. */
size_t device_path_bytes(const EFI_DEVICE_PATH *path);

/* A copy in EfiBootServicesData from the pool; NULL for a malformed path or when memory is out. */
EFI_DEVICE_PATH *device_path_copy(const EFI_DEVICE_PATH *path);

/* Both, one after the other, as one new path; NULL as above. */
EFI_DEVICE_PATH *device_path_join(const EFI_DEVICE_PATH *first, const EFI_DEVICE_PATH *second);

/*
 * What is left of `path`, which is well-formed, behind `prefix`; NULL when it does not begin with
 * it. Only whole nodes match.
 */
EFI_DEVICE_PATH *device_path_behind(EFI_DEVICE_PATH *path, const EFI_DEVICE_PATH *prefix);

#endif
