/*
 * Puts the runtime image where it stays after ExitBootServices (shim/runtime/interface.h). Boot
 * phase.
 */
#ifndef PVHEFI_SHIM_RUNTIME_IMAGE_H
#define PVHEFI_SHIM_RUNTIME_IMAGE_H

#include <efi.h>

#include "shim/runtime/interface.h"
#include "tables/memory_attributes.h"

/*
 * Allocates, copies, starts and protects it. `parameters` is completed with the variable store.
 * EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS runtime_image_install(struct runtime_parameters *parameters);

/* What the started image offers; valid after runtime_image_install(). */
const struct runtime_exports *runtime_image_exports(void);

/* Where its parts lie, for the memory attributes table. */
struct runtime_layout runtime_image_layout(void);

#endif
