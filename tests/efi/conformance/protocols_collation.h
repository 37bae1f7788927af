/*
 * The firmware's UnicodeCollation2 protocol, as tests call it.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_PROTOCOLS_COLLATION_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_PROTOCOLS_COLLATION_H

#include <efi.h>

/* NULL when there is none. */
EFI_UNICODE_COLLATION_PROTOCOL *collation(void);

/* A copy that may be written to, of up to 63 units; good until it is used for another one of 4. */
CHAR16 *writable(const CHAR16 *text);

#endif
