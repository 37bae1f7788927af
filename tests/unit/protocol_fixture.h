/*
 * The protocol services as a client finds them, and three protocols to use them with.
 */
#ifndef PVHEFI_TESTS_UNIT_PROTOCOL_FIXTURE_H
#define PVHEFI_TESTS_UNIT_PROTOCOL_FIXTURE_H

#include <efi.h>

extern EFI_BOOT_SERVICES services;
extern EFI_GUID guid_a;
extern EFI_GUID guid_b;
extern EFI_GUID guid_c;
/* Interfaces: their addresses count. */
extern int a;
extern int b;
extern int c;

/* A test's setup. */
int protocol_fixture_start(void **state);

/* A new handle with all three. */
EFI_HANDLE install_a_b_c(void);

#endif
