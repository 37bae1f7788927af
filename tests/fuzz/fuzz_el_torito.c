/*
 * The input is the boot record's sector without its unused end, and the catalog behind it; wherever
 * the record says that the catalog is, there it is.
 */
#include "shim/partition/el_torito.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

#define SECTOR       EL_TORITO_SECTOR_BYTES
#define SECTORS      1000u
#define RECORD       16u
#define RECORD_BYTES 75u

static const uint8_t *content;
static size_t content_bytes;

static void copy(uint8_t *to, size_t bytes, size_t from, size_t end)
{
    memset(to, 0, bytes);
    if (end > content_bytes)
        end = content_bytes;
    if (from < end)
        memcpy(to, content + from, end - from < bytes ? end - from : bytes);
}

static EFI_STATUS read_sector(struct medium *medium, uint64_t offset, size_t bytes, void *buffer)
{
    (void)medium;
    if (offset == RECORD * SECTOR)
        copy(buffer, bytes, 0, RECORD_BYTES);
    else
        copy(buffer, bytes, RECORD_BYTES, content_bytes);
    return EFI_SUCCESS;
}

static const struct medium_operations operations = {.read = read_sector};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct medium medium = {
        .operations = &operations, .bytes = (uint64_t)SECTORS * SECTOR, .block_bytes = SECTOR};
    struct el_torito torito;

    content = data;
    content_bytes = size;
    if (el_torito_read(&medium, &torito) != EFI_SUCCESS)
        return 0;
    REQUIRE(torito.count <= EL_TORITO_IMAGES_MAX);
    for (unsigned int i = 0; i < torito.count; i++) {
        const struct el_torito_image *image = &torito.image[i];

        REQUIRE(image->bytes > 0 && image->offset > 0 && image->offset % SECTOR == 0);
        REQUIRE(image->offset < medium.bytes && image->bytes <= medium.bytes - image->offset);
        REQUIRE(i == 0 || image->boot_entry > torito.image[i - 1].boot_entry);
    }
    return 0;
}
