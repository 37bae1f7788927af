/*
 * Paths as clients write them: names between backslashes, "." and "..". Boot phase, TPL_CALLBACK.
 */
#ifndef PVHEFI_SHIM_FILE_FILE_PATH_H
#define PVHEFI_SHIM_FILE_FILE_PATH_H

#include "shim/file/file_system.h"

#define FILE_PATH_SEPARATOR u'\\'

/*
 * Goes from `start`, or from the root for a path that begins with a backslash, to the directory of
 * the path's last name, which is held for the caller. *ret_name is that name, or empty when the
 * path ends with "." or ".." or has no name at all: then *ret_directory is what it means.
 * EFI_NOT_FOUND, EFI_INVALID_PARAMETER for a name that is too long; errors of the file system.
 */
EFI_STATUS file_path_walk(struct file_node *start, const CHAR16 *path,
                          struct file_node **ret_directory, struct file_name *ret_name);

#endif
