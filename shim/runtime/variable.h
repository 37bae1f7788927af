/*
 * Variable services (UEFI 2.10 section 8.2). Clients: Linux (efivarfs), efibootmgr, shim,
 * systemd-boot, GRUB.
 *
 * Boot and runtime phase. A timer's notification function may call them while they are at work, so
 * they run with interrupts masked wherever they touch the store.
 */
#ifndef PVHEFI_SHIM_RUNTIME_VARIABLE_H
#define PVHEFI_SHIM_RUNTIME_VARIABLE_H

#include <efi.h>

/* Makes the store in the memory that the parameters name; once, when the image starts. */
void variable_start(void);

/*
 * ExitBootServices was reached: volatile variables without runtime access are gone for good;
 * non-volatile ones stay, unseen and protected.
 */
void variable_leave_boot(void);

/* EFI_BUFFER_TOO_SMALL tells the size and, as on success, the attributes. */
EFI_STATUS EFIAPI variable_get(CHAR16 *name, EFI_GUID *vendor, UINT32 *ret_attributes,
                               UINTN *data_bytes, VOID *ret_data);

/*
 * EFI_INVALID_PARAMETER for a name that does not end in its buffer or belongs to no variable. A
 * variable that is deleted right after it was returned still leads to its successor.
 */
EFI_STATUS EFIAPI variable_get_next_name(UINTN *name_bytes, CHAR16 *name, EFI_GUID *vendor);

/*
 * EFI_INVALID_PARAMETER: no name, data missing, attributes that cannot be or differ from those that
 * the variable has, larger than QueryVariableInfo's maximum, a name that the specification's own
 * GUIDs do not allow, a new variable at runtime that is not non-volatile with runtime access.
 * EFI_UNSUPPORTED: authenticated writes. EFI_NOT_FOUND: nothing to delete. EFI_WRITE_PROTECTED: one
 * of the firmware's own; volatile or boot-only, at runtime. EFI_OUT_OF_RESOURCES: the store is
 * full.
 */
EFI_STATUS EFIAPI variable_set(CHAR16 *name, EFI_GUID *vendor, UINT32 attributes, UINTN data_bytes,
                               VOID *data);

/*
 * What the firmware itself tells in a variable: readable in every phase, not to be written by
 * clients. Makes or replaces it, whoever made it before. Boot phase only. EFI_INVALID_PARAMETER for
 * a name and value that are too large or no value, EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS variable_define(const CHAR16 *name, const EFI_GUID *vendor, const void *data,
                           uint32_t data_bytes);

/* One store serves all attributes. What it needs for itself for each variable counts as used. */
EFI_STATUS EFIAPI variable_query_info(UINT32 attributes, UINT64 *ret_storage_bytes,
                                      UINT64 *ret_remaining_bytes, UINT64 *ret_variable_bytes);

#endif
