#include "loader/boot_disk.h"

#include <stddef.h>

#include "loader/boot_image.h"
#include "loader/disk_name.h"
#include "loader/lib/log.h"
#include "loader/stage.h"
#include "loader/status_name.h"
#include "shim/block/block_io.h"
#include "shim/device_path/device_path.h"
#include "shim/driver/driver.h"
#include "shim/image/image.h"
#include "shim/image/image_source.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"

#define FILE_NAME      u"\\EFI\\BOOT\\BOOTX64.EFI"
#define FILE_NAME_TEXT "\\EFI\\BOOT\\BOOTX64.EFI"

struct boot_attempt {
    const char *cmdline;
    EFI_HANDLE firmware;
};

static struct {
    EFI_DEVICE_PATH header;
    CHAR16 name[sizeof(FILE_NAME) / sizeof(CHAR16)];
    EFI_DEVICE_PATH end;
} __attribute__((packed)) file_path = {
    .header = DEVICE_PATH_NODE(MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP,
                               sizeof(EFI_DEVICE_PATH) + sizeof(FILE_NAME)),
    .name = FILE_NAME,
    .end = DEVICE_PATH_END,
};

static EFI_DEVICE_PATH *path_of(EFI_HANDLE handle)
{
    return handle_get_interface(handle, &device_path_protocol_guid);
}

static EFI_STATUS load(const struct boot_attempt *attempt, EFI_DEVICE_PATH *path,
                       EFI_HANDLE *ret_image)
{
    size_t bytes;
    void *file;
    EFI_STATUS status;

    stage_reached(STAGE_LOAD_IMAGE);
    status = image_source_read(path, false, &file, &bytes);
    if (status != EFI_SUCCESS)
        return status;
    status = image_load(attempt->firmware, path, file, bytes, ret_image);
    pool_free(file);
    return status;
}

static EFI_STATUS try_volume(const struct boot_attempt *attempt, EFI_HANDLE volume)
{
    EFI_DEVICE_PATH *path = device_path_join(path_of(volume), &file_path.header);
    char name[DISK_NAME_BYTES];
    EFI_HANDLE image;
    EFI_STATUS status;

    if (!path)
        return EFI_OUT_OF_RESOURCES;
    disk_name(path, name);
    status = load(attempt, path, &image);
    pool_free(path);
    if (status == EFI_NOT_FOUND)
        log_info("boot: %s: there is no " FILE_NAME_TEXT, name);
    else if (status != EFI_SUCCESS)
        log_err("boot: %s: " FILE_NAME_TEXT " was not loaded: %s", name, status_name(status));
    return status == EFI_SUCCESS ? boot_image_start(image, attempt->cmdline) : status;
}

/* The file systems on the disk and its partitions, in the order in which they were found. */
static EFI_STATUS try_volumes(const struct boot_attempt *attempt, EFI_DEVICE_PATH *disk,
                              const char *name)
{
    static const EFI_GUID guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
    EFI_STATUS status = EFI_NOT_FOUND;
    UINTN tried = 0;
    EFI_HANDLE *volumes = NULL;
    UINTN count = 0;

    locate_handle_buffer(ByProtocol, &guid, NULL, &count, &volumes);
    for (UINTN i = 0; i < count && EFI_ERROR(status); i++) {
        EFI_DEVICE_PATH *path = path_of(volumes[i]);

        if (!path || !device_path_behind(path, disk))
            continue;
        tried++;
        status = try_volume(attempt, volumes[i]);
    }
    if (volumes)
        pool_free(volumes);
    if (!tried)
        log_info("boot: %s: there is no file system that the firmware can read", name);
    return status;
}

static EFI_STATUS try_disk(const struct boot_attempt *attempt, EFI_HANDLE disk,
                           const EFI_BLOCK_IO_MEDIA *media)
{
    EFI_DEVICE_PATH *path = path_of(disk);
    char name[DISK_NAME_BYTES];

    if (!path || media->LogicalPartition)
        return EFI_NOT_FOUND;
    disk_name(path, name);
    if (!media->MediaPresent) {
        log_info("boot: %s: there is no medium", name);
        return EFI_NO_MEDIA;
    }
    driver_connect(disk, NULL, NULL, true);
    return try_volumes(attempt, path, name);
}

EFI_STATUS boot_disk_run(const char *cmdline, EFI_HANDLE firmware_handle)
{
    struct boot_attempt attempt = {.cmdline = cmdline, .firmware = firmware_handle};
    EFI_STATUS status = EFI_NOT_FOUND;
    EFI_HANDLE *disks = NULL;
    UINTN count = 0;

    locate_handle_buffer(ByProtocol, &block_io_protocol_guid, NULL, &count, &disks);
    for (UINTN i = 0; i < count && EFI_ERROR(status); i++) {
        const EFI_BLOCK_IO_PROTOCOL *block_io =
            handle_get_interface(disks[i], &block_io_protocol_guid);

        if (block_io)
            status = try_disk(&attempt, disks[i], block_io->Media);
    }
    if (disks)
        pool_free(disks);
    return EFI_ERROR(status) ? EFI_NOT_FOUND : status;
}
