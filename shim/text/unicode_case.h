/*
 * Upper and lower case of UCS-2 characters, one for one: Latin with the accents of Europe and
 * Vietnam, Greek, Cyrillic, Armenian. A character without a counterpart stays as it is. Pure; every
 * phase.
 */
#ifndef PVHEFI_SHIM_TEXT_UNICODE_CASE_H
#define PVHEFI_SHIM_TEXT_UNICODE_CASE_H

#include <efi.h>

CHAR16 unicode_upper(CHAR16 unit);
CHAR16 unicode_lower(CHAR16 unit);

#endif
