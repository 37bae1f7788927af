/*
 * Device paths as text (UEFI 2.10 section 10.6.1.5): nodes are separated by '/', and instances, for
 * which there is no text in the specification, by ','.
 * Nothing outside of a node's length is looked at, whatever a path says. Pure but for the pool.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_TEXT_H
#define PVHEFI_SHIM_DEVICE_PATH_DEVICE_PATH_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <efi.h>

#include "shim/device_path/device_path.h"
#include "shim/text/text_slice.h"

/* The longest text that the longest path has, "HardwarePath(255)/" for every 4 bytes, and more. */
#define DEVICE_PATH_TEXT_MAX ((size_t)DEVICE_PATH_BYTES_MAX * 8)

/* ConvertDevicePathToText's parameters. */
struct device_path_style {
    bool display;   /* the shorter forms; cannot be read again */
    bool shortcuts; /* names for vendor nodes whose GUID is known */
};

/*
 * The text of a path, or of a node alone, from the pool. NULL for a malformed one or when memory is
 * out.
 */
CHAR16 *device_path_to_text(const EFI_DEVICE_PATH *path, struct device_path_style style);
CHAR16 *device_path_node_to_text(const EFI_DEVICE_PATH *node, struct device_path_style style);

/*
 * The path, or the first node of it, that the text describes, from the pool. Every text that the
 * functions above write, not for display, is read as nodes that look the same. A node that has no
 * known name in front of a parenthesis is a file's path. NULL for text that is neither, too long,
 * or when memory is out.
 */
EFI_DEVICE_PATH *device_path_from_text(const CHAR16 *text);
EFI_DEVICE_PATH *device_path_node_from_text(const CHAR16 *text);

/* Would a node of that text be a file's path? */
bool device_path_text_is_file(struct text_slice node);

#endif
