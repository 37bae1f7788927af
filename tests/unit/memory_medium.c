#include "tests/unit/memory_medium.h"

#include <string.h>

#include "loader/lib/list.h"

static struct memory_medium *memory_of(struct medium *medium)
{
    return container_of(medium, struct memory_medium, medium);
}

static EFI_STATUS read_memory(struct medium *medium, uint64_t offset, size_t bytes, void *buffer)
{
    struct memory_medium *memory = memory_of(medium);

    memory->reads++;
    if (bytes > memory->largest_read) {
        memory->largest_read = bytes;
        memory->largest_read_buffer = buffer;
    }
    if (offset < memory->bad_end && offset + bytes > memory->bad_start)
        return EFI_DEVICE_ERROR;
    memcpy(buffer, memory->content + offset, bytes);
    return EFI_SUCCESS;
}

/* A write that ends in the middle has written whole blocks. */
static EFI_STATUS write_memory(struct medium *medium, uint64_t offset, size_t bytes,
                               const void *buffer)
{
    struct memory_medium *memory = memory_of(medium);
    uint64_t blocks = (bytes + medium->block_bytes - 1) / medium->block_bytes;

    memory->writes++;
    memory->blocks_written += blocks;
    if (memory->blocks_to_write != MEMORY_MEDIUM_NO_LIMIT) {
        if (blocks > memory->blocks_to_write)
            bytes = memory->blocks_to_write * medium->block_bytes;
        memory->blocks_to_write -=
            blocks < memory->blocks_to_write ? blocks : memory->blocks_to_write;
    }
    memcpy(memory->content + offset, buffer, bytes);
    return EFI_SUCCESS;
}

static EFI_STATUS flush_memory(struct medium *medium)
{
    memory_of(medium)->flushes++;
    return EFI_SUCCESS;
}

static const struct medium_operations operations = {
    .read = read_memory,
    .write = write_memory,
    .flush = flush_memory,
};

void memory_medium_init(struct memory_medium *memory, void *content, uint64_t bytes,
                        uint32_t block_bytes)
{
    *memory = (struct memory_medium){
        .medium = {.operations = &operations, .bytes = bytes, .block_bytes = block_bytes},
        .content = content,
        .blocks_to_write = MEMORY_MEDIUM_NO_LIMIT,
    };
}

void memory_medium_reset_counts(struct memory_medium *memory)
{
    memory->reads = 0;
    memory->writes = 0;
    memory->flushes = 0;
    memory->blocks_written = 0;
    memory->largest_read = 0;
    memory->largest_read_buffer = NULL;
}
