/*
 * Memory services: AllocatePages, FreePages, AllocatePool, FreePool, GetMemoryMap, and the memory
 * attribute protocol.
 */
#include "tests/efi/conformance/memory.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        memory_allocate_tests, memory_address_tests,   memory_type_tests,
        memory_free_tests,     memory_pool_tests,      memory_map_tests,
        memory_key_tests,      memory_attribute_tests, memory_wrap_tests,
    };

    return check_run("memory", image, table, tests, COUNT_OF(tests));
}
