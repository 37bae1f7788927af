#include "tests/fuzz/volume_walk.h"

#include <stdbool.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/unit/fake_memory.h"

#define DEPTH_MAX    4u
#define ENTRIES_MAX  64u /* read of one directory; there may be up to 65536 */
#define BUFFER_BYTES 40000u
#define INFO_BYTES   1024u

#define MODE_READ   EFI_FILE_MODE_READ
#define MODE_WRITE  (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)
#define MODE_CREATE (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_CREATE)

static EFI_GUID file_info_guid = EFI_FILE_INFO_ID;
static EFI_GUID volume_info_guid = EFI_FILE_SYSTEM_INFO_ID;
static uint8_t buffer[BUFFER_BYTES];

union info {
    EFI_FILE_INFO file;
    uint8_t bytes[INFO_BYTES];
};

void volume_walk_prepare(void)
{
    static bool is_ready;

    if (!is_ready)
        fake_memory_init();
    is_ready = true;
}

uint64_t volume_walk_used_pages(void)
{
    return fake_memory_used_pages();
}

static EFI_FILE_HANDLE open_root(struct file_volume *volume)
{
    EFI_FILE_HANDLE root = NULL;

    if (volume->protocol.OpenVolume(&volume->protocol, &root) != EFI_SUCCESS)
        return NULL;
    return root;
}

static EFI_FILE_HANDLE open_file(EFI_FILE_HANDLE from, const CHAR16 *name, uint64_t mode,
                                 uint64_t attributes)
{
    EFI_FILE_HANDLE file = NULL;
    CHAR16 copy[FILE_NAME_CHARS_MAX + 1];
    size_t chars = 0;

    for (; chars < FILE_NAME_CHARS_MAX && name[chars]; chars++)
        copy[chars] = name[chars];
    copy[chars] = 0;
    if (from->Open(from, &file, copy, mode, attributes) != EFI_SUCCESS)
        return NULL;
    REQUIRE(file != NULL);
    return file;
}

static void read_file(EFI_FILE_HANDLE file)
{
    UINTN bytes = sizeof(buffer);
    union info info;
    UINTN info_bytes = sizeof(info);

    if (file->GetInfo(file, &file_info_guid, &info_bytes, &info) == EFI_SUCCESS)
        REQUIRE(info_bytes <= sizeof(info) && info.file.Size == info_bytes);
    if (file->Read(file, &bytes, buffer) == EFI_SUCCESS)
        REQUIRE(bytes <= sizeof(buffer));
    file->SetPosition(file, UINT64_MAX);
    bytes = 1;
    if (file->Read(file, &bytes, buffer) == EFI_SUCCESS)
        REQUIRE(bytes == 0);
}

static bool is_dots(const CHAR16 *name)
{
    return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

/* Damage may make a directory that contains itself. */
static void read_directory(EFI_FILE_HANDLE directory, unsigned int depth)
{
    for (unsigned int i = 0; i < ENTRIES_MAX; i++) {
        union info info;
        UINTN bytes = sizeof(info);
        const CHAR16 *name = info.file.FileName;
        EFI_FILE_HANDLE file;

        if (directory->Read(directory, &bytes, &info) != EFI_SUCCESS || !bytes)
            return;
        if (is_dots(name))
            continue;
        file = open_file(directory, name, MODE_READ, 0);
        if (!file)
            continue;
        if (!(info.file.Attribute & EFI_FILE_DIRECTORY))
            read_file(file);
        else if (depth < DEPTH_MAX)
            read_directory(file, depth + 1);
        file->Close(file);
    }
}

void volume_walk_read(struct file_volume *volume)
{
    EFI_FILE_HANDLE root = open_root(volume);
    UINTN bytes = sizeof(buffer);

    if (!root)
        return;
    root->GetInfo(root, &volume_info_guid, &bytes, buffer);
    read_directory(root, 0);
    root->Close(root);
}

/* Another size, or another name. */
static void set_info(EFI_FILE_HANDLE file, const CHAR16 *name, uint64_t file_bytes)
{
    union info info;
    UINTN bytes = sizeof(info);
    CHAR16 *to = info.file.FileName;

    if (file->GetInfo(file, &file_info_guid, &bytes, &info) != EFI_SUCCESS)
        return;
    for (size_t i = 0; name && (i == 0 || name[i - 1]); i++)
        to[i] = name[i];
    if (!name)
        info.file.FileSize = file_bytes;
    file->SetInfo(file, &file_info_guid, sizeof(info), &info);
}

static void change_file(EFI_FILE_HANDLE file)
{
    UINTN bytes = 5000;

    file->SetPosition(file, 100);
    file->Write(file, &bytes, buffer);
    set_info(file, NULL, 10000);
    set_info(file, NULL, 600);
    set_info(file, u"another name, which is a longer one", 0);
}

/* What is there, and what is made. */
static void change_directory(EFI_FILE_HANDLE directory)
{
    for (unsigned int i = 0; i < 8; i++) {
        union info info;
        UINTN bytes = sizeof(info);
        const CHAR16 *name = info.file.FileName;
        EFI_FILE_HANDLE file;

        if (directory->Read(directory, &bytes, &info) != EFI_SUCCESS || !bytes)
            return;
        file = is_dots(name) ? NULL : open_file(directory, name, MODE_WRITE, 0);
        if (!file)
            continue;
        change_file(file);
        if (i % 2)
            file->Delete(file);
        else
            file->Close(file);
    }
}

void volume_walk_change(struct file_volume *volume)
{
    EFI_FILE_HANDLE root = open_root(volume);
    EFI_FILE_HANDLE file;

    if (!root)
        return;
    file = open_file(root, u"a new file with a long name", MODE_CREATE, 0);
    if (file) {
        change_file(file);
        file->Close(file);
    }
    file = open_file(root, u"directory", MODE_CREATE, EFI_FILE_DIRECTORY);
    if (file) {
        set_info(file, u"directory\\inside itself", 0);
        file->Close(file);
    }
    change_directory(root);
    root->Close(root);
}
