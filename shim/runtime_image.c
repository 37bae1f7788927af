#include "shim/runtime_image.h"

#include "loader/lib/string.h"
#include "loader/x86/paging.h"
#include "shim/memory/page_alloc.h"

#define PAGE_BYTES 4096u

/*
 * Room for all variables. shim's mirrors of its key and hash lists are the largest ones that a boot
 * makes, some kilobytes; what is reserved here is lost to the guest for its whole life.
 */
#define VARIABLE_STORE_BYTES 40960u

extern const char runtime_blob[];

static struct runtime_exports exports;
static struct runtime_layout layout;

static EFI_STATUS place(const struct runtime_header *header)
{
    EFI_PHYSICAL_ADDRESS start;
    EFI_STATUS status = page_alloc(AllocateAnyPages, EfiRuntimeServicesCode,
                                   header->image_bytes / PAGE_BYTES, &start);

    if (status != EFI_SUCCESS)
        return status;
    layout = (struct runtime_layout){
        .start = start,
        .text_end = start + header->text_bytes,
        .end = start + header->image_bytes,
    };
    memcpy((void *)(uintptr_t)start, header, header->file_bytes);
    memset((void *)(uintptr_t)(start + header->file_bytes), 0,
           header->image_bytes - header->file_bytes);
    return EFI_SUCCESS;
}

static EFI_STATUS allocate_variable_store(struct runtime_parameters *parameters)
{
    EFI_PHYSICAL_ADDRESS store;
    EFI_STATUS status = page_alloc(AllocateAnyPages, EfiRuntimeServicesData,
                                   VARIABLE_STORE_BYTES / PAGE_BYTES, &store);

    if (status != EFI_SUCCESS)
        return status;
    parameters->variable_store = memset((void *)(uintptr_t)store, 0, VARIABLE_STORE_BYTES);
    parameters->variable_store_bytes = VARIABLE_STORE_BYTES;
    return EFI_SUCCESS;
}

EFI_STATUS runtime_image_install(struct runtime_parameters *parameters)
{
    const struct runtime_header *header = (const void *)runtime_blob;
    runtime_start_function start;
    EFI_STATUS status = place(header);

    if (status == EFI_SUCCESS)
        status = allocate_variable_store(parameters);
    if (status == EFI_SUCCESS)
        status =
            paging_protect(layout.start, layout.text_end, PAGE_ACCESS_READ | PAGE_ACCESS_EXECUTE);
    if (status == EFI_SUCCESS)
        status = paging_protect(layout.text_end, layout.end, PAGE_ACCESS_READ | PAGE_ACCESS_WRITE);
    if (status != EFI_SUCCESS)
        return status;
    start = (runtime_start_function)(uintptr_t)(layout.start + header->start_offset);
    start(parameters, &exports);
    return EFI_SUCCESS;
}

const struct runtime_exports *runtime_image_exports(void)
{
    return &exports;
}

struct runtime_layout runtime_image_layout(void)
{
    return layout;
}
