/*
 * The input is the used part of two volume descriptors and then the first 1024 bytes of each of the
 * sectors behind them.
 */
#include "shim/iso9660/iso_system.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/volume_walk.h"
#include "tests/unit/memory_medium.h"

#define SECTOR           2048u
#define SECTORS          64u
#define FIRST            16u
#define DESCRIPTORS      2u
#define DESCRIPTOR_BYTES 190u
#define PIECE_BYTES      1024u
#define READS_MAX        1000000u

static uint8_t content[SECTORS * SECTOR];

/* Takes up to `bytes` from the input to the sector. */
static void fill(uint32_t sector, size_t bytes, const uint8_t **data, size_t *size)
{
    if (bytes > *size)
        bytes = *size;
    memcpy(&content[sector * SECTOR], *data, bytes);
    *data += bytes;
    *size -= bytes;
}

static void make_disc(const uint8_t *data, size_t size)
{
    static const uint8_t terminator[] = {255, 'C', 'D', '0', '0', '1', 1};
    uint32_t sector = FIRST;

    memset(content, 0, sizeof(content));
    while (sector < FIRST + DESCRIPTORS)
        fill(sector++, DESCRIPTOR_BYTES, &data, &size);
    memcpy(&content[sector++ * SECTOR], terminator, sizeof(terminator));
    while (sector < SECTORS)
        fill(sector++, PIECE_BYTES, &data, &size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct iso_system iso;
    struct memory_medium memory;
    struct file_volume volume;
    uint64_t used_pages;

    volume_walk_prepare();
    used_pages = volume_walk_used_pages();
    make_disc(data, size);
    memory_medium_init(&memory, content, sizeof(content), SECTOR);
    if (iso_system_mount(&iso, &memory.medium) == EFI_SUCCESS) {
        file_volume_init(&volume, &iso.system);
        volume_walk_read(&volume);
        volume_walk_change(&volume);
        REQUIRE(iso.nodes == 0);
        iso_system_unmount(&iso);
    }
    REQUIRE(volume_walk_used_pages() == used_pages);
    REQUIRE(memory.reads < READS_MAX);
    return 0;
}
