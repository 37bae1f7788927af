/*
 * File name patterns: MetaiMatch of EFI_UNICODE_COLLATION_PROTOCOL (UEFI 2.10 section 21.1). Pure;
 * the time it takes grows with the product of the lengths.
 */
#ifndef PVHEFI_SHIM_TEXT_PATTERN_H
#define PVHEFI_SHIM_TEXT_PATTERN_H

#include <stdbool.h>

#include <efi.h>

/*
 * Does all of `text` match, whatever its case? '*' stands for any characters or none, '?' for one,
 * "[abc]" and "[a-z]" for one of a set; a '-' that is first or last in a set stands for itself. A
 * set that is empty or has no end stands for nothing.
 */
bool pattern_matches(const CHAR16 *text, const CHAR16 *pattern);

#endif
