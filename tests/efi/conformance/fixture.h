/*
 * Handles, GUIDs and events of the tests' own.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_FIXTURE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_FIXTURE_H

#include <stdbool.h>

#include <efi.h>

/* Nobody else's protocols; for interfaces that are never called. */
#define TEST_GUIDS 8
extern EFI_GUID test_guids[TEST_GUIDS];
extern UINT64 test_interfaces[TEST_GUIDS];

/* A new handle with this protocol; NULL, with an ERROR line, when there is none to be had. */
EFI_HANDLE handle_with(EFI_GUID *guid, void *interface);

/* The same with test_guids[index] and test_interfaces[index]. */
EFI_HANDLE test_handle(UINTN index);

/* Takes it off again; the handle goes with its last protocol. */
void test_handle_remove(EFI_HANDLE handle, UINTN index);

/* The interface on the handle, NULL when there is none. */
void *interface_of(EFI_HANDLE handle, EFI_GUID *guid);

bool guid_is(const EFI_GUID *a, const EFI_GUID *b);

/* An event that adds 1 to *count; NULL, with an ERROR line, when there is none to be had. */
EFI_EVENT counting_event(EFI_TPL level, UINT32 *count);

/* The same as a member of a group, at TPL_CALLBACK. */
EFI_EVENT group_event(EFI_GUID *group, UINT32 *count);

#endif
