/* GetInfo and SetInfo. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/files.h"

EFI_GUID files_info_guid = EFI_FILE_INFO_ID;

static EFI_GUID label_guid = EFI_FILE_SYSTEM_VOLUME_LABEL_ID;
static EFI_GUID unknown_guid = EFI_BLOCK_IO_PROTOCOL_GUID;
static union files_info info;

static EFI_STATUS get(EFI_FILE_HANDLE file)
{
    UINTN bytes = sizeof(info);

    return file->GetInfo(file, &files_info_guid, &bytes, &info);
}

static EFI_STATUS set(EFI_FILE_HANDLE file)
{
    return file->SetInfo(file, &files_info_guid, info.file.Size, &info);
}

static EFI_STATUS set_size(EFI_FILE_HANDLE file, UINT64 bytes)
{
    if (!need_status(get(file), "info"))
        return EFI_NOT_READY;
    info.file.FileSize = bytes;
    return set(file);
}

static EFI_STATUS set_name(EFI_FILE_HANDLE file, const CHAR16 *name, UINTN name_bytes)
{
    if (!need_status(get(file), "info"))
        return EFI_NOT_READY;
    memcpy(info.bytes + SIZE_OF_EFI_FILE_INFO, name, name_bytes);
    info.file.Size = SIZE_OF_EFI_FILE_INFO + name_bytes;
    return set(file);
}

static void getting(EFI_FILE_HANDLE file)
{
    UINTN bytes = 0;

    topic("files.get-info", "13.5.13");
    check_status("too-small", file->GetInfo(file, &files_info_guid, &bytes, NULL),
                 EFI_BUFFER_TOO_SMALL, "a buffer without room");
    check_number("needed", bytes, SIZE_OF_EFI_FILE_INFO + sizeof(u"file"), "what it takes");
    check_status("works", get(file), EFI_SUCCESS, "a file is described");
    check_number("size", info.file.FileSize, 5, "its size");
    check_number("allocated", info.file.PhysicalSize, 512, "its room");
    check_number("archive", info.file.Attribute & EFI_FILE_DIRECTORY, 0, "it is no directory");
    check_status("unknown", file->GetInfo(file, &unknown_guid, &bytes, &info), EFI_UNSUPPORTED,
                 "information of an unknown kind");
}

static void sizes(EFI_FILE_HANDLE file)
{
    UINT8 content[8];

    topic("files.set-size", "13.5.14");
    check_status("shorter", set_size(file, 2), EFI_SUCCESS, "a file becomes shorter");
    check_status("longer", set_size(file, 4), EFI_SUCCESS, "and longer");
    file->SetPosition(file, 0);
    check_number("read", files_read(file, content, sizeof(content)), 4, "it has that size");
    check("zero", content[0] == 'h' && content[1] == 'e' && !content[2] && !content[3],
          "what is new is zero");
}

static void names(EFI_FILE_HANDLE root, EFI_FILE_HANDLE file)
{
    topic("files.rename", "13.5.14");
    check_status("works", set_name(file, u"A new name", sizeof(u"A new name")), EFI_SUCCESS,
                 "a file gets another name");
    check_status("new", files_try(root, u"A new name", FILES_READ, 0), EFI_SUCCESS,
                 "that it can be found by");
    check_status("old", files_try(root, u"file", FILES_READ, 0), EFI_NOT_FOUND,
                 "the old one is gone");
    files_make(root, u"other", "x");
    check_status("occupied", set_name(file, u"other", sizeof(u"other")), EFI_ACCESS_DENIED,
                 "a name that another file has");
}

static void attributes(EFI_FILE_HANDLE root)
{
    EFI_FILE_HANDLE file = files_open(root, u"other", FILES_READ, 0);

    topic("files.attributes", "13.5.14");
    if (!file || !need_status(get(file), "info"))
        return;
    info.file.Attribute = 0x40;
    check_status("invalid", set(file), EFI_INVALID_PARAMETER, "an attribute that is none");
    info.file.Attribute = EFI_FILE_DIRECTORY;
    check_status("directory", set(file), EFI_ACCESS_DENIED, "a file is no directory");
    info.file.Attribute = EFI_FILE_READ_ONLY;
    check_status("opened-read-only", set(file), EFI_SUCCESS,
                 "attributes of a file that was opened for reading");
    file->Close(file);
    check_status("read-only", files_try(root, u"other", FILES_WRITE, 0), EFI_ACCESS_DENIED,
                 "a read-only file is not opened for writing");
    file = files_open(root, u"A new name", FILES_READ, 0);
    if (!file)
        return;
    check_status("size", set_size(file, 0), EFI_ACCESS_DENIED,
                 "nothing else of a file that was opened for reading");
    file->Close(file);
}

static void label(EFI_FILE_HANDLE root)
{
    CHAR16 text[] = u"MYLABEL";
    UINTN bytes = sizeof(info);

    topic("files.label", "13.5.18");
    check_status("set", root->SetInfo(root, &label_guid, sizeof(text), text), EFI_SUCCESS,
                 "the volume gets a label");
    check_status("get", root->GetInfo(root, &label_guid, &bytes, &info), EFI_SUCCESS, "and has it");
    check("same", memcmp(&info, text, sizeof(text)) == 0, "as it was given");
}

void files_info_tests(void)
{
    EFI_FILE_HANDLE root = files_volume_new();
    EFI_FILE_HANDLE file;

    if (!root)
        return;
    files_make(root, u"file", "hello");
    file = files_open(root, u"file", FILES_WRITE, 0);
    if (file) {
        getting(file);
        sizes(file);
        names(root, file);
        file->Close(file);
    }
    attributes(root);
    label(root);
    files_volume_remove(root);
}
