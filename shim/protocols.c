#include "shim/protocols.h"

#include <stddef.h>

#include "shim/device_path/device_path_from_text.h"
#include "shim/device_path/device_path_to_text.h"
#include "shim/device_path/device_path_utilities.h"
#include "shim/hii/hii_config_routing.h"
#include "shim/hii/hii_database_protocol.h"
#include "shim/hii/hii_string.h"
#include "shim/memory/memory_attribute.h"
#include "shim/rng.h"
#include "shim/text/unicode_collation.h"

static EFI_STATUS (*const installers[])(EFI_HANDLE *handle) = {
    device_path_utilities_install,
    device_path_to_text_install,
    device_path_from_text_install,
    unicode_collation_install,
    rng_install,
    hii_database_install,
    hii_string_install,
    hii_config_routing_install,
    memory_attribute_install,
};

EFI_STATUS protocols_install(void)
{
    EFI_HANDLE handle = NULL;

    for (size_t i = 0; i < sizeof(installers) / sizeof(installers[0]); i++) {
        EFI_STATUS status = installers[i](&handle);

        if (status != EFI_SUCCESS)
            return status;
    }
    return EFI_SUCCESS;
}
