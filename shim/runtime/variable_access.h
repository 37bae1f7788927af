/*
 * What all variable services ask first: how large a variable may be, what its key is, whether the
 * caller may know of it. Boot and runtime phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_VARIABLE_ACCESS_H
#define PVHEFI_SHIM_RUNTIME_VARIABLE_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/runtime/variable_store.h"

/* In variable_record.flags: made by the firmware, clients only read it. */
#define VARIABLE_READ_ONLY 1u

/* Of name and data together. */
uint32_t variable_limit_bytes(void);

/* The key borrows `name` and `vendor`. False for a name that is longer than any variable's can be.
 */
bool variable_key_of(const CHAR16 *name, const EFI_GUID *vendor, struct variable_key *ret_key);

/* In this phase. Deleted records have no attributes and so are never visible. */
bool variable_is_visible(const struct variable_record *record);

#endif
