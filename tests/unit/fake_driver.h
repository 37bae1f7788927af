/*
 * Drivers of tests, which write down what is done to them:
 *
 *   ?x  Supported of driver x     +x  Start     -x  Stop     -xN  Stop of N children
 */
#ifndef PVHEFI_TESTS_UNIT_FAKE_DRIVER_H
#define PVHEFI_TESTS_UNIT_FAKE_DRIVER_H

#include <stdbool.h>

#include <efi.h>

#define FAKE_DRIVER_CHILDREN 4

struct fake_driver {
    EFI_DRIVER_BINDING_PROTOCOL binding;
    EFI_HANDLE handle;
    char letter;
    const EFI_GUID *consumes; /* NULL: supports nothing */
    const EFI_GUID *child_guid;
    unsigned int children_wanted;
    EFI_HANDLE children[FAKE_DRIVER_CHILDREN];
    uint32_t attributes; /* of its use besides BY_DRIVER */
    EFI_STATUS start_status;
    EFI_STATUS stop_status;
    EFI_DEVICE_PATH *remaining; /* what Start was given */
};

extern char fake_driver_trace[128];

/* Installs the binding on a handle of its own. */
struct fake_driver *fake_driver_new(char letter, uint32_t version, const EFI_GUID *consumes);

/* Has it this protocol of the controller open as its driver? */
bool fake_driver_drives(const struct fake_driver *driver, EFI_HANDLE controller);

#endif
