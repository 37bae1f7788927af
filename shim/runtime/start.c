#include "shim/runtime/start.h"

#include <stddef.h>

#include "hypercall/hypercall.h"
#include "shim/runtime/capsule.h"
#include "shim/runtime/clock.h"
#include "shim/runtime/monotonic.h"
#include "shim/runtime/reset.h"
#include "shim/runtime/state.h"
#include "shim/runtime/table_crc.h"
#include "shim/runtime/variable.h"
#include "shim/runtime/virtual_map.h"
#include "tables/rt_properties.h"

#define UEFI_REVISION_2_10 (2u << 16 | 100u)

/* Those that always refuse (SetTime, the wake-up timer, capsules) are not in it. */
#define ALWAYS_SUPPORTED                                                           \
    (EFI_RT_SUPPORTED_GET_VARIABLE | EFI_RT_SUPPORTED_GET_NEXT_VARIABLE_NAME |     \
     EFI_RT_SUPPORTED_SET_VARIABLE | EFI_RT_SUPPORTED_QUERY_VARIABLE_INFO |        \
     EFI_RT_SUPPORTED_SET_VIRTUAL_ADDRESS_MAP | EFI_RT_SUPPORTED_CONVERT_POINTER | \
     EFI_RT_SUPPORTED_GET_NEXT_HIGH_MONOTONIC_COUNT | EFI_RT_SUPPORTED_RESET_SYSTEM)

/* shim/runtime/x86/header.S spells them out. */
_Static_assert(RUNTIME_MAGIC == 0x6d69747265687670ull, "magic of the header");
_Static_assert(offsetof(struct runtime_header, text_bytes) == 8, "layout of the header");
_Static_assert(offsetof(struct runtime_header, file_bytes) == 12, "layout of the header");
_Static_assert(offsetof(struct runtime_header, image_bytes) == 16, "layout of the header");
_Static_assert(offsetof(struct runtime_header, start_offset) == 20, "layout of the header");

/* By code: a table of addresses in the image's file would need relocation. */
static void services_fill(EFI_RUNTIME_SERVICES *services)
{
    services->Hdr.Signature = EFI_RUNTIME_SERVICES_SIGNATURE;
    services->Hdr.Revision = UEFI_REVISION_2_10;
    services->Hdr.HeaderSize = sizeof(*services);
    services->GetTime = clock_get_time;
    services->SetTime = clock_set_time;
    services->GetWakeupTime = clock_get_wakeup_time;
    services->SetWakeupTime = clock_set_wakeup_time;
    services->SetVirtualAddressMap = virtual_map_set;
    services->ConvertPointer = virtual_map_convert_pointer;
    services->GetVariable = variable_get;
    services->GetNextVariableName = variable_get_next_name;
    services->SetVariable = variable_set;
    services->GetNextHighMonotonicCount = monotonic_get_next_high;
    services->ResetSystem = reset_system;
    services->UpdateCapsule = capsule_update;
    services->QueryCapsuleCapabilities = capsule_query_capabilities;
    services->QueryVariableInfo = variable_query_info;
    table_crc_update(&services->Hdr);
}

static void leave_boot(void)
{
    variable_leave_boot();
    runtime_state.at_runtime = true;
    table_crc_update(&runtime_state.parameters.system_table->Hdr);
}

static uint32_t supported_mask(void)
{
    return ALWAYS_SUPPORTED | (clock_is_known() ? EFI_RT_SUPPORTED_GET_TIME : 0);
}

void runtime_start(const struct runtime_parameters *parameters, struct runtime_exports *ret_exports)
{
    runtime_state.parameters = *parameters;
    runtime_state.image = &runtime_header;
    runtime_state.image_bytes = runtime_header.image_bytes;
    hypercall_instruction = parameters->hypercall_instruction;
    variable_start();
    monotonic_start();
    services_fill(&runtime_state.services);

    ret_exports->services = &runtime_state.services;
    ret_exports->monotonic_count = &runtime_state.monotonic_count;
    ret_exports->supported_mask = supported_mask();
    ret_exports->define_variable = variable_define;
    ret_exports->leave_boot = leave_boot;
}
