#include "tests/unit/image_fixture.h"

#include <string.h>

#include "shim/image/image.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

/* Where the entry point lies in the file. */
#define ENTRY_OFFSET (PE_ENTRY_RVA - 0x1000 + 0x200)

EFI_SYSTEM_TABLE image_system_table;
EFI_HANDLE image_firmware;
const char image_firmware_memory[100];

int image_setup(void **state)
{
    fake_memory_setup(state);
    return image_firmware_init(&image_system_table, image_firmware_memory,
                               image_firmware_memory + sizeof(image_firmware_memory),
                               &image_firmware) != EFI_SUCCESS;
}

/* movabs $function, %rax; jmp *%rax: arguments and return address stay as they are. */
static void put_jump(struct pe_file *file, EFI_IMAGE_ENTRY_POINT function)
{
    static const uint8_t movabs[] = {0x48, 0xb8};
    static const uint8_t jmp[] = {0xff, 0xe0};

    memcpy(file->bytes + ENTRY_OFFSET, movabs, sizeof(movabs));
    pe_put64(file, ENTRY_OFFSET + 2, (uintptr_t)function);
    memcpy(file->bytes + ENTRY_OFFSET + 10, jmp, sizeof(jmp));
}

struct pe_file image_file(uint16_t subsystem, EFI_IMAGE_ENTRY_POINT function)
{
    struct pe_file file = pe_build();

    pe_put16(&file, PE_SUBSYSTEM, subsystem);
    put_jump(&file, function);
    return file;
}

EFI_HANDLE image_load_file(const struct pe_file *file)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(image_load(image_firmware, NULL, file->bytes, sizeof(file->bytes), &handle),
                     EFI_SUCCESS);
    assert_non_null(handle);
    return handle;
}

EFI_HANDLE image_load_new(uint16_t subsystem, EFI_IMAGE_ENTRY_POINT function)
{
    struct pe_file file = image_file(subsystem, function);

    return image_load_file(&file);
}
