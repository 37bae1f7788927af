/*
 * Parts of the drivers program (UEFI 2.10 sections 7.3.12, 7.3.13 and 11), one a file, and the
 * drivers that they all work with.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_DRIVERS_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_DRIVERS_H

#include <stdbool.h>

#include <efi.h>

#define CHILDREN_MAX 3

/*
 * A driver that writes down what is done to it:
 *
 *   ?x  Supported of driver x     +x  Start     -x  Stop     -xN  Stop of N children
 */
struct driver {
    EFI_DRIVER_BINDING_PROTOCOL binding;
    EFI_HANDLE handle;
    char letter;
    UINTN consumes; /* test_guids[] that it drives; a controller without it is not supported */
    EFI_STATUS start_status;
    EFI_STATUS stop_status;
    UINT32 extra_attributes; /* EFI_OPEN_PROTOCOL_EXCLUSIVE, perhaps */
    UINTN adds;              /* test_guids[] that Start puts onto the controller; 0: none */
    UINTN children_wanted;   /* handles with test_guids[child_has] that Start makes */
    UINTN child_has;
    EFI_HANDLE children[CHILDREN_MAX];
    EFI_DEVICE_PATH last_remaining_node; /* header of the path that Start was given */
};

/* A driver on a handle of its own; `version` decides the order. NULL with an ERROR line. */
struct driver *driver_new(char letter, UINT32 version, UINTN consumes);

/* Takes all drivers away again, and clears the trace. */
void drivers_remove(void);

/* What happened since trace_clear(). */
bool trace_is(const char *expected);
bool trace_begins_with(const char *expected);
void trace_clear(void);

/* Is test_guids[index] of the controller open by this driver? */
bool is_driven_by(EFI_HANDLE controller, UINTN index, const struct driver *driver);

void drivers_connect_tests(void);
void drivers_disconnect_tests(void);
void drivers_order_tests(void);
void drivers_bus_tests(void);
void drivers_release_tests(void);

#endif
