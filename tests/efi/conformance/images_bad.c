/* Files that are damaged, or for somebody else. None is started. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"

struct damage {
    const char *name;
    UINT16 offset;
    UINT8 bytes;
    UINT64 value;
};

/* Not an image for this machine. */
static const struct damage foreign[] = {
    {"no-mz", 0, 2, 0},
    {"no-pe", PE_SIGNATURE_FIELD, 4, 0x12345678},
    {"machine-ia32", PE_MACHINE, 2, 0x014c},
    {"machine-arm64", PE_MACHINE, 2, 0xaa64},
    {"machine-none", PE_MACHINE, 2, 0},
    {"subsystem-none", PE_SUBSYSTEM, 2, 0},
    {"subsystem-console", PE_SUBSYSTEM, 2, 3},
    {"subsystem-14", PE_SUBSYSTEM, 2, 14},
};

#define TEXT(field) PE_SECTION_FIELD(PE_TEXT, field)
#define DATA(field) PE_SECTION_FIELD(PE_DATA, field)
#define RELOCATIONS 0x600
#define FIRST_FIXUP 0x608

/* Damaged so that loading it would read or write what is not its own. */
static const struct damage hostile[] = {
    {"lfanew-beyond", PE_LFANEW, 4, PE_FILE_BYTES},
    {"lfanew-last-bytes", PE_LFANEW, 4, PE_FILE_BYTES - 4},
    {"lfanew-huge", PE_LFANEW, 4, 0xfffffff0},
    {"optional-huge", PE_OPTIONAL_BYTES, 2, 0xffff},
    {"sections-65535", PE_SECTION_COUNT, 2, 0xffff},
    {"headers-beyond-file", PE_SIZE_OF_HEADERS, 4, PE_FILE_BYTES + 1},
    {"headers-huge", PE_SIZE_OF_HEADERS, 4, 0xffffffff},
    {"image-0", PE_SIZE_OF_IMAGE, 4, 0},
    {"image-below-headers", PE_SIZE_OF_IMAGE, 4, 0x100},
    {"image-below-sections", PE_SIZE_OF_IMAGE, 4, 0x2000},
    {"text-beyond-image", TEXT(PE_RVA), 4, 0x10000000},
    {"data-beyond-image", DATA(PE_RVA), 4, 0x5000},
    {"data-wraps", DATA(PE_RVA), 4, 0xfffff000},
    {"data-too-long", DATA(PE_VIRTUAL_BYTES), 4, 0x7fffffff},
    {"data-file-beyond", DATA(PE_RAW_OFFSET), 4, PE_FILE_BYTES},
    {"data-file-huge", DATA(PE_RAW_OFFSET), 4, 0xfffffff0},
    {"data-file-too-long", DATA(PE_RAW_BYTES), 4, 0x7fffffff},
    {"relocations-beyond-image", PE_RELOCATION_RVA, 4, 0x5000},
    {"relocations-huge", PE_RELOCATION_BYTES, 4, 0xfffffff0},
    {"relocation-page-beyond", RELOCATIONS, 4, 0x10000000},
    {"relocation-page-huge", RELOCATIONS, 4, 0xfffff000},
    {"relocation-block-long", RELOCATIONS + 4, 4, 0x1000},
    {"relocation-block-huge", RELOCATIONS + 4, 4, 0xfffffffc},
    {"relocation-kind", FIRST_FIXUP, 2, 0xf010},
};

static void damage_file(struct pe_file *file, const struct damage *damage)
{
    if (damage->bytes == 2)
        pe_put16(file, damage->offset, (UINT16)damage->value);
    else
        pe_put32(file, damage->offset, (UINT32)damage->value);
}

static EFI_STATUS load_damaged(const struct damage *damage)
{
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE child;
    EFI_STATUS status;

    damage_file(&file, damage);
    status = child_load_file(&file, &child);
    if (status == EFI_SUCCESS)
        boot->UnloadImage(child);
    return status;
}

static void cut_off(void)
{
    static const UINT16 lengths[] = {1,    2,     0x3f,  0x40,  0x83,  0x97,
                                     0x98, 0x107, 0x187, 0x1ff, 0x21f, 0x3ff};
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE child;

    topic("images.cut-off", "7.4.1");
    for (UINTN i = 0; i < COUNT_OF(lengths); i++) {
        EFI_STATUS status = boot->LoadImage(FALSE, program_image, NULL, &file, lengths[i], &child);

        check_refused(numbered("bytes-", lengths[i]), status, "a file that ends too early");
        if (status == EFI_SUCCESS)
            boot->UnloadImage(child);
    }
}

void images_bad_tests(void)
{
    topic("images.foreign", "7.4.1");
    for (UINTN i = 0; i < COUNT_OF(foreign); i++)
        check_status_either(foreign[i].name, load_damaged(&foreign[i]), EFI_UNSUPPORTED,
                            EFI_LOAD_ERROR, "a file that is no image for this machine");
    topic("images.hostile", "7.4.1");
    for (UINTN i = 0; i < COUNT_OF(hostile); i++)
        check_status_either(hostile[i].name, load_damaged(&hostile[i]), EFI_LOAD_ERROR,
                            EFI_UNSUPPORTED, "a file whose headers lie");
    cut_off();
    topic("images.hostile", "7.4.1");
    check_status("afterwards",
                 boot->StartImage(child_load(APPLICATION, child_succeeds), NULL, NULL), EFI_SUCCESS,
                 "after all that a good one still works");
}
