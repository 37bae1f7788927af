/*
 * Calls of the variable services for their tests: short, checked for masked interrupts that were
 * left behind.
 */
#ifndef PVHEFI_TESTS_UNIT_VARIABLE_CALLS_H
#define PVHEFI_TESTS_UNIT_VARIABLE_CALLS_H

#include <stdbool.h>

#include <efi.h>

#define STORE_BYTES 65536
#define LIMIT_BYTES 32768 /* of one variable */

#define NV       EFI_VARIABLE_NON_VOLATILE
#define BS       EFI_VARIABLE_BOOTSERVICE_ACCESS
#define RT       EFI_VARIABLE_RUNTIME_ACCESS
#define HR       EFI_VARIABLE_HARDWARE_ERROR_RECORD
#define AW       EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS
#define TA       EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS
#define APPEND   EFI_VARIABLE_APPEND_WRITE
#define EA       0x80u
#define RESERVED 0x100u
#define ALL_BITS 0x1ffu

extern EFI_GUID vendor;
extern EFI_GUID other_vendor;

/* Set-up and tear-down of a test. */
int start(void **state);
int stop(void **state);

/* Passes the status on and asserts that interrupts are as they were. */
EFI_STATUS balanced(EFI_STATUS status);

EFI_STATUS set_of(EFI_GUID *guid, const char *name, UINT32 attributes, const char *text);
EFI_STATUS set(const char *name, UINT32 attributes, const char *text);
EFI_STATUS set_bytes(const char *name, UINT32 attributes, UINTN bytes); /* zeros */
EFI_STATUS get(const char *name, UINT32 *attributes, UINTN *bytes, void *data);

void assert_value(const char *name, UINT32 attributes, const char *text);
void assert_absent(const char *name);

#endif
