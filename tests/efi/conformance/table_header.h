/*
 * The headers of UEFI's tables (UEFI 2.10 section 4.2).
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_TABLE_HEADER_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_TABLE_HEADER_H

#include <stdbool.h>

#include <efi.h>

/* The CRC, made with the CRC field as 0, is the one in the header. Every phase. */
bool table_crc_is_right(const EFI_TABLE_HEADER *header);

#endif
