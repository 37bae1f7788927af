/*
 * The input is the beginning of a volume, the rest of which is zero: boot sector, table, root
 * directory and some clusters of a small one.
 */
#include "shim/fat/fat_system.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/volume_walk.h"
#include "tests/unit/memory_medium.h"

#define MEDIUM_BYTES (256u << 10)
#define READS_MAX    1000000u

static uint8_t content[MEDIUM_BYTES];

static bool tell_time(EFI_TIME *ret_time)
{
    *ret_time = (EFI_TIME){.Year = 2026, .Month = 11, .Day = 22};
    return true;
}

static void walk(struct memory_medium *memory)
{
    static struct fat_system fat;
    struct file_volume volume;
    uint64_t used_pages = volume_walk_used_pages();

    if (fat_system_mount(&fat, &memory->medium, tell_time) == EFI_SUCCESS) {
        file_volume_init(&volume, &fat.system);
        volume_walk_read(&volume);
        volume_walk_change(&volume);
        volume_walk_read(&volume);
        REQUIRE(list_is_empty(&fat.volume.nodes));
        fat_system_unmount(&fat);
    }
    REQUIRE(volume_walk_used_pages() == used_pages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_medium memory;

    if (size > MEDIUM_BYTES)
        return 0;
    volume_walk_prepare();
    memset(content, 0, sizeof(content));
    memcpy(content, data, size);
    memory_medium_init(&memory, content, sizeof(content), 512);
    walk(&memory);
    REQUIRE(memory.reads < READS_MAX);
    return 0;
}
