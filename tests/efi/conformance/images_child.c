#include "tests/efi/conformance/images_child.h"

#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"

/* Where the entry point lies in the file. */
#define ENTRY_OFFSET 0x220

static EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;

struct pe_file child_file(UINT16 subsystem, EFI_IMAGE_ENTRY_POINT entry)
{
    struct pe_file file = pe_build();

    pe_put16(&file, PE_SUBSYSTEM, subsystem);
    pe_put16(&file, ENTRY_OFFSET, 0xb848); /* mov rax, entry */
    pe_put64(&file, ENTRY_OFFSET + 2, (UINTN)entry);
    pe_put16(&file, ENTRY_OFFSET + 10, 0xe0ff); /* jmp rax */
    return file;
}

EFI_STATUS child_load_file(const struct pe_file *file, EFI_HANDLE *ret_child)
{
    *ret_child = NULL;
    return boot->LoadImage(FALSE, program_image, NULL, (void *)(UINTN)file, sizeof(*file),
                           ret_child);
}

EFI_HANDLE child_load(UINT16 subsystem, EFI_IMAGE_ENTRY_POINT entry)
{
    struct pe_file file = child_file(subsystem, entry);
    EFI_HANDLE child;

    return need_status(child_load_file(&file, &child), "image") ? child : NULL;
}

EFI_LOADED_IMAGE_PROTOCOL *child_protocol(EFI_HANDLE child)
{
    return interface_of(child, &loaded_image_guid);
}

EFI_STATUS EFIAPI child_succeeds(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)image;
    (void)table;
    return EFI_SUCCESS;
}
