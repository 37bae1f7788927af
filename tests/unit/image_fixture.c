#include "tests/unit/image_fixture.h"

#include <string.h>

#include "shim/image/image.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

/* Where the entry point lies in the file. */
#define ENTRY_OFFSET (PE_ENTRY_RVA - 0x1000 + 0x200)

EFI_SYSTEM_TABLE image_system_table;
EFI_HANDLE image_firmware;
const char image_firmware_memory[100];
struct image_seen image_seen;

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

EFI_STATUS image_try_load(const struct pe_file *file, void *path, EFI_HANDLE *ret_handle)
{
    log_capture_clear();
    return image_load(image_firmware, path, file->bytes, sizeof(file->bytes), ret_handle);
}

void image_is_refused(const struct pe_file *file, EFI_STATUS status, const char *message)
{
    uint64_t used = fake_memory_used_pages();
    EFI_HANDLE handle = NULL;

    assert_int_equal(image_try_load(file, NULL, &handle), status);
    assert_null(handle);
    assert_non_null(strstr(log_capture_last(), message));
    assert_int_equal(fake_memory_used_pages(), used);
}

EFI_HANDLE image_load_new(uint16_t subsystem, EFI_IMAGE_ENTRY_POINT function)
{
    struct pe_file file = image_file(subsystem, function);

    return image_load_file(&file);
}

uint64_t image_base_of(EFI_HANDLE image)
{
    return (uintptr_t)image_protocol(image)->ImageBase;
}

EFI_STATUS image_start_only(EFI_HANDLE image)
{
    return image_start(image, NULL, NULL);
}

EFI_STATUS EFIAPI image_return_success(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    image_seen.handle = image;
    image_seen.table = table;
    return EFI_SUCCESS;
}

EFI_STATUS EFIAPI image_return_error(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    image_return_success(image, table);
    return EFI_NOT_READY;
}
