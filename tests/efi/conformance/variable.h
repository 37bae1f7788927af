/*
 * Variables of the tests' own vendor, as tests look at them.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_VARIABLE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_VARIABLE_H

#include <stdbool.h>

#include <efi.h>

#define BS       EFI_VARIABLE_BOOTSERVICE_ACCESS
#define BS_RT    (BS | EFI_VARIABLE_RUNTIME_ACCESS)
#define NV_BS    (BS | EFI_VARIABLE_NON_VOLATILE)
#define NV_BS_RT (BS_RT | EFI_VARIABLE_NON_VOLATILE)

extern EFI_GUID variable_vendor;

/* SetVariable; `data` is ASCII, its bytes without the end are the variable's. */
EFI_STATUS variable_set_text(const CHAR16 *name, UINT32 attributes, const char *data);

/* Whatever it was: it is gone afterwards. */
void variable_delete(const CHAR16 *name);

/* Has it these attributes and these bytes? */
bool variable_is(const CHAR16 *name, UINT32 attributes, const char *data);

bool variable_exists(const CHAR16 *name);

#endif
