/*
 * Names of assertions about one device path node: its text.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_PATHS_NAME_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_PATHS_NAME_H

#include <efi.h>

/* Characters that an id cannot have become '_'; what is too long is cut off, which leaves all names
 * distinct. Good until the next call. */
const char *paths_name(const char *text);

#endif
