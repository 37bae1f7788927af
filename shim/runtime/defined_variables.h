/*
 * Vendor GUIDs that belong to the UEFI specification: only variables that it defines may be made
 * with them, with the attributes that it gives (UEFI 2.10 section 3.3). Pure; every phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_DEFINED_VARIABLES_H
#define PVHEFI_SHIM_RUNTIME_DEFINED_VARIABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/runtime/variable_store.h"

/*
 * Whether a variable with this key may have these attributes. Secure Boot's variables are in no
 * list: without authenticated writes nobody could set them as specified, and a client-made
 * "SecureBoot" would deceive the OS. So are hardware error records.
 */
bool defined_variables_allow(const struct variable_key *key, uint32_t attributes);

#endif
