/*
 * What the runtime image keeps between calls. One object in its writable part, reached relative to
 * the instruction pointer, so SetVirtualAddressMap moves it together with the code.
 */
#ifndef PVHEFI_SHIM_RUNTIME_STATE_H
#define PVHEFI_SHIM_RUNTIME_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/runtime/interface.h"
#include "shim/runtime/variable_store.h"

struct runtime_state {
    struct runtime_parameters parameters;
    EFI_RUNTIME_SERVICES services;
    struct variable_store *variables; /* inside parameters.variable_store */
    const void *image;                /* for the checks of SetVirtualAddressMap */
    uint64_t image_bytes;
    uint64_t monotonic_count;
    bool at_runtime; /* ExitBootServices is behind us */
    bool is_virtual; /* SetVirtualAddressMap too */
};

extern struct runtime_state runtime_state;

#endif
