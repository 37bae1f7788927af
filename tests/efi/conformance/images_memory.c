/* Where an image lies, and what is there. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"
#include "tests/efi/conformance/memory_view.h"

#define FILE_DATA   0x400
#define DATA_RVA    0x2000
#define BSS_RVA     0x2200
#define BSS_END_RVA 0x3100
#define DIR64       0x10
#define HIGHLOW     0x21

static UINT64 free_pages(void)
{
    const struct memory_view *view = memory_view_read();
    UINT64 pages = 0;

    for (UINTN i = 0; view && i < memory_view_count(view); i++) {
        if (memory_view_at(view, i)->Type == EfiConventionalMemory)
            pages += memory_view_at(view, i)->NumberOfPages;
    }
    return pages;
}

static UINT64 read(const void *from, UINTN bytes)
{
    UINT64 value = 0;

    boot->CopyMem(&value, (void *)(UINTN)from, bytes);
    return value;
}

static void contents(void)
{
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE child;
    const UINT8 *base;
    UINT64 moved;
    UINTN zeroes = 0;

    topic("images.contents", "7.4.1");
    if (!need_status(child_load_file(&file, &child), "image"))
        return;
    base = child_protocol(child)->ImageBase;
    moved = (UINTN)base - PE_PREFERRED_BASE;
    check_number("aligned", (UINTN)base % PAGE_BYTES, 0, "an image begins on a page");
    check_number("size", child_protocol(child)->ImageSize, PE_IMAGE_BYTES, "its size is told");
    check("header", base[0] == 'M' && base[1] == 'Z', "its header is there");
    check("data", base[DATA_RVA] == file.bytes[FILE_DATA], "its data is");
    check_number("dir64", read(base + DATA_RVA + DIR64, 8),
                 read(file.bytes + FILE_DATA + DIR64, 8) + moved, "64-bit addresses are relocated");
    check_number("highlow", read(base + DATA_RVA + HIGHLOW, 4),
                 (UINT32)(read(file.bytes + FILE_DATA + HIGHLOW, 4) + moved),
                 "32-bit addresses are, at odd places, too");
    while (BSS_RVA + zeroes < BSS_END_RVA && base[BSS_RVA + zeroes] == 0)
        zeroes++;
    check_number("bss", zeroes, BSS_END_RVA - BSS_RVA, "what the file does not have is zero");
    boot->UnloadImage(child);
}

static void types(const char *id, UINT16 subsystem, EFI_MEMORY_TYPE code, EFI_MEMORY_TYPE data)
{
    EFI_HANDLE child = child_load(subsystem, child_succeeds);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(child);

    topic(id, "7.2");
    if (!need(loaded != NULL, "loaded image protocol"))
        return;
    check_number("code", loaded->ImageCodeType, code, "the type of its code is told");
    check_number("data", loaded->ImageDataType, data, "the type of its data is");
    check("memory", memory_is((UINTN)loaded->ImageBase, PE_IMAGE_BYTES / PAGE_BYTES, code),
          "it lies in such memory");
    boot->UnloadImage(child);
}

/* Once before, so that no pool has to grow while pages are counted. */
static void given_back(void)
{
    UINT64 before;

    topic("images.memory", "7.4.3");
    boot->UnloadImage(child_load(APPLICATION, child_succeeds));
    before = free_pages();
    for (unsigned int i = 0; i < 20; i++)
        boot->UnloadImage(child_load(APPLICATION, child_succeeds));
    check_range("unload", before - free_pages() + 4, 0, 8, "unloading gives all memory back");
    topic("images.memory", "7.4.2");
    for (unsigned int i = 0; i < 20; i++)
        boot->StartImage(child_load(APPLICATION, child_succeeds), NULL, NULL);
    check_range("return", before - free_pages() + 4, 0, 8, "so does an application's end");
}

void images_memory_tests(void)
{
    contents();
    types("images.types-application", APPLICATION, EfiLoaderCode, EfiLoaderData);
    types("images.types-boot-driver", BOOT_DRIVER, EfiBootServicesCode, EfiBootServicesData);
    types("images.types-runtime-driver", RUNTIME_DRIVER, EfiRuntimeServicesCode,
          EfiRuntimeServicesData);
    given_back();
}
