/*
 * The image's entry: takes over the parameters, fills the services' table. Called through the
 * header.
 */
#ifndef PVHEFI_SHIM_RUNTIME_START_H
#define PVHEFI_SHIM_RUNTIME_START_H

#include "shim/runtime/interface.h"

/* The first bytes of the image (shim/runtime/x86/header.S). */
extern const struct runtime_header runtime_header;

void runtime_start(const struct runtime_parameters *parameters,
                   struct runtime_exports *ret_exports);

#endif
