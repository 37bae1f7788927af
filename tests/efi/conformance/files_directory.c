/* Directories as files. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/files.h"

static union files_info info;

/* Entries that are left to read; the last one is in `info`. */
static UINTN count_entries(EFI_FILE_HANDLE directory)
{
    UINTN count = 0;

    while (files_read(directory, &info, sizeof(info)))
        count++;
    return count;
}

static void reading(EFI_FILE_HANDLE root)
{
    UINTN bytes = 0;
    UINT64 position;

    topic("files.directory", "13.5.5");
    check_status("too-small", root->Read(root, &bytes, NULL), EFI_BUFFER_TOO_SMALL,
                 "a buffer without room");
    check_number("needed", bytes, SIZE_OF_EFI_FILE_INFO + sizeof(u"first"), "what it takes");
    check_number("first", files_read(root, &info, sizeof(info)),
                 SIZE_OF_EFI_FILE_INFO + sizeof(u"first"), "the entry is still the next one");
    check_number("size", info.file.Size, SIZE_OF_EFI_FILE_INFO + sizeof(u"first"),
                 "its size is in it");
    check_number("file-size", info.file.FileSize, 5, "so is the file's");
    check_number("rest", count_entries(root), 2, "all others follow");
    check_number("end", files_read(root, &info, sizeof(info)), 0, "then there are none");
    check_status("rewind", root->SetPosition(root, 0), EFI_SUCCESS, "the beginning can be set");
    check_number("again", count_entries(root), 3, "all entries come again");
    check_status("seek", root->SetPosition(root, 1), EFI_UNSUPPORTED, "other positions cannot");
    check_status("tell", root->GetPosition(root, &position), EFI_UNSUPPORTED, "nor be told");
    bytes = 1;
    check_status("write", root->Write(root, &bytes, &info), EFI_UNSUPPORTED,
                 "a directory cannot be written to");
}

void files_directory_tests(void)
{
    EFI_FILE_HANDLE root = files_volume_new();

    if (!root)
        return;
    files_make(root, u"first", "hello");
    files_make(root, u"A second one with a long name", "x");
    files_try(root, u"folder", FILES_CREATE, EFI_FILE_DIRECTORY);
    reading(root);
    files_volume_remove(root);
}
