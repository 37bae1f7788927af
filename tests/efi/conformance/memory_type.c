/* Every memory type, for pages and for pools. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory.h"
#include "tests/efi/conformance/memory_view.h"

struct type {
    const char *name;
    EFI_MEMORY_TYPE type;
};

static const struct type good_types[] = {
    {"reserved", EfiReservedMemoryType},
    {"loader-code", EfiLoaderCode},
    {"loader-data", EfiLoaderData},
    {"boot-services-code", EfiBootServicesCode},
    {"boot-services-data", EfiBootServicesData},
    {"runtime-services-code", EfiRuntimeServicesCode},
    {"runtime-services-data", EfiRuntimeServicesData},
    {"unusable", EfiUnusableMemory},
    {"acpi-reclaim", EfiACPIReclaimMemory},
    {"acpi-nvs", EfiACPIMemoryNVS},
    {"memory-mapped-io", EfiMemoryMappedIO},
    {"memory-mapped-io-ports", EfiMemoryMappedIOPortSpace},
    {"pal-code", EfiPalCode},
    {"oem-first", TYPE_OEM_FIRST},
    {"oem", (EFI_MEMORY_TYPE)0x71234567},
    {"oem-last", TYPE_OEM_LAST},
    {"os-first", TYPE_OS_FIRST},
    {"os", (EFI_MEMORY_TYPE)0x91234567},
    {"os-last", TYPE_OS_LAST},
};

static const struct type bad_types[] = {
    {"conventional", EfiConventionalMemory},   {"persistent", TYPE_PERSISTENT},
    {"unaccepted", TYPE_UNACCEPTED},           {"undefined-first", TYPE_SPEC_END},
    {"undefined", (EFI_MEMORY_TYPE)0x1234567}, {"undefined-last", (EFI_MEMORY_TYPE)0x6fffffff},
};

static void good_type(const struct type *type)
{
    UINT64 address = 0;
    EFI_STATUS status = boot->AllocatePages(AllocateAnyPages, type->type, 2, &address);
    void *buffer = NULL;

    topic("memory.pages-of-type", "7.2.1");
    check_status(type->name, status, EFI_SUCCESS, "pages can have this type");
    if (status == EFI_SUCCESS) {
        topic("memory.map-of-type", "7.2.3");
        check(type->name, memory_is(address, 2, type->type), "the map shows pages of this type");
        topic("memory.free-of-type", "7.2.2");
        check_status(type->name, boot->FreePages(address, 2), EFI_SUCCESS, "they can be freed");
        topic("memory.free-again-of-type", "7.2.2");
        check(type->name, memory_is(address, 2, EfiConventionalMemory),
              "the map shows them as conventional memory then");
    }
    status = boot->AllocatePool(type->type, 100, &buffer);
    topic("memory.pool-of-type", "7.2.4");
    check_status(type->name, status, EFI_SUCCESS, "pools can have this type");
    if (status != EFI_SUCCESS)
        return;
    topic("memory.map-of-pool-of-type", "7.2.4");
    check(type->name, memory_is((UINTN)buffer & ~(PAGE_BYTES - 1), 1, type->type),
          "the map shows its page with the type");
    topic("memory.free-pool-of-type", "7.2.5");
    check_status(type->name, boot->FreePool(buffer), EFI_SUCCESS, "the buffer can be freed");
}

static void bad_type(const struct type *type)
{
    UINT64 address = 0;
    void *buffer = NULL;
    EFI_STATUS status;

    topic("memory.pages-of-type", "7.2.1");
    status = boot->AllocatePages(AllocateAnyPages, type->type, 1, &address);
    check_status(type->name, status, EFI_INVALID_PARAMETER, "nobody can allocate this type");
    if (status == EFI_SUCCESS)
        boot->FreePages(address, 1);
    topic("memory.pool-of-type", "7.2.4");
    status = boot->AllocatePool(type->type, 8, &buffer);
    check_status(type->name, status, EFI_INVALID_PARAMETER, "nor a pool of it");
    if (status == EFI_SUCCESS)
        boot->FreePool(buffer);
}

/* An OS finds what it must map by this attribute. */
static void runtime_attribute(void)
{
    static const struct type types[] = {{"code", EfiRuntimeServicesCode},
                                        {"data", EfiRuntimeServicesData}};

    topic("memory.runtime-attribute", "7.2.3");
    for (UINTN i = 0; i < COUNT_OF(types); i++) {
        const EFI_MEMORY_DESCRIPTOR *descriptor = NULL;
        const struct memory_view *view;
        UINT64 address;

        if (!need_status(boot->AllocatePages(AllocateAnyPages, types[i].type, 1, &address), "page"))
            return;
        view = memory_view_read();
        if (view)
            descriptor = memory_view_find(view, address);
        check(types[i].name, descriptor && descriptor->Attribute & EFI_MEMORY_RUNTIME,
              "allocated runtime memory says that it needs a mapping");
        boot->FreePages(address, 1);
    }
}

void memory_type_tests(void)
{
    for (UINTN i = 0; i < COUNT_OF(good_types); i++)
        good_type(&good_types[i]);
    for (UINTN i = 0; i < COUNT_OF(bad_types); i++)
        bad_type(&bad_types[i]);
    runtime_attribute();
}
