#include "tests/unit/memory_disk.h"

#include <string.h>

static struct memory_disk disk;
static struct block_device partition;

static struct memory_disk *disk_of(struct block_device *device)
{
    return container_of(device, struct memory_disk, device);
}

static bool is_bad(const struct memory_disk *this, const struct block_request *request)
{
    uint64_t blocks = request->bytes / this->device.media.BlockSize;

    return this->bad_lba >= request->lba && this->bad_lba - request->lba < blocks;
}

static EFI_STATUS carry_out(struct memory_disk *this, const struct block_request *request)
{
    char *content;

    if (this->error != EFI_SUCCESS)
        return this->error;
    if (request->operation == BLOCK_FLUSH)
        return EFI_SUCCESS;
    if (is_bad(this, request))
        return EFI_DEVICE_ERROR;
    content = this->content + request->lba * this->device.media.BlockSize;
    if (request->operation == BLOCK_READ)
        memcpy(request->buffer, content, request->bytes);
    else
        memcpy(content, request->buffer, request->bytes);
    return EFI_SUCCESS;
}

static void submit(struct block_device *device, struct block_request *request)
{
    struct memory_disk *this = disk_of(device);

    this->requests++;
    this->flushes += request->operation == BLOCK_FLUSH;
    if (request->operation != BLOCK_FLUSH && request->bytes > this->largest_bytes)
        this->largest_bytes = request->bytes;
    if (this->is_late)
        list_append(&this->waiting, &request->link);
    else
        block_complete(request, carry_out(this, request));
}

void memory_disk_answer(struct memory_disk *this, unsigned int count)
{
    while (count-- && !list_is_empty(&this->waiting)) {
        struct block_request *request =
            container_of(this->waiting.next, struct block_request, link);

        list_remove(&request->link);
        block_complete(request, carry_out(this, request));
    }
}

/* One at a time, so that requests of one call end apart from each other. */
static void poll(struct block_device *device)
{
    memory_disk_answer(disk_of(device), 1);
}

static const struct block_driver driver = {.submit = submit, .poll = poll};

char memory_disk_byte(uint64_t offset)
{
    return (char)(offset * 7 + offset / 251);
}

struct memory_disk *memory_disk_new(uint32_t block_bytes)
{
    disk = (struct memory_disk){
        .device = {.driver = &driver,
                   .media = {.MediaId = MEMORY_DISK_MEDIA_ID,
                             .MediaPresent = TRUE,
                             .BlockSize = block_bytes,
                             .IoAlign = MEMORY_DISK_IO_ALIGN,
                             .LastBlock = MEMORY_DISK_BYTES / block_bytes - 1}},
        .bad_lba = UINT64_MAX,
    };
    list_init(&disk.waiting);
    for (size_t i = 0; i < sizeof(disk.content); i++)
        disk.content[i] = memory_disk_byte(i);
    return &disk;
}

struct block_device *memory_disk_partition(struct memory_disk *this, uint64_t first_lba,
                                           uint64_t blocks)
{
    partition = (struct block_device){
        .parent = &this->device,
        .first_lba = first_lba,
        .media = this->device.media,
    };
    partition.media.LogicalPartition = TRUE;
    partition.media.LastBlock = blocks - 1;
    return &partition;
}
