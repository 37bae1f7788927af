/* Open, Close, Delete. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/files.h"

static void modes(EFI_FILE_HANDLE root)
{
    topic("files.open", "13.5.2");
    check_status("read", files_try(root, u"file", FILES_READ, 0), EFI_SUCCESS, "read");
    check_status("write", files_try(root, u"file", FILES_WRITE, 0), EFI_SUCCESS, "read and write");
    check_status("create-existing", files_try(root, u"file", FILES_CREATE, 0), EFI_SUCCESS,
                 "create what is there");
    check_status("write-alone", files_try(root, u"file", EFI_FILE_MODE_WRITE, 0),
                 EFI_INVALID_PARAMETER, "no mode is write alone");
    check_status("nothing", files_try(root, u"file", 0, 0), EFI_INVALID_PARAMETER, "no mode is 0");
    check_status("missing", files_try(root, u"missing", FILES_WRITE, 0), EFI_NOT_FOUND,
                 "a file that is not there");
    check_status("missing-folder", files_try(root, u"missing\\file", FILES_CREATE, 0),
                 EFI_NOT_FOUND, "a folder that is not there is not created");
    check_status("read-only-attribute", files_try(root, u"new", FILES_CREATE, EFI_FILE_READ_ONLY),
                 EFI_INVALID_PARAMETER, "a new file cannot be read-only");
}

static void paths(EFI_FILE_HANDLE root)
{
    EFI_FILE_HANDLE folder = files_open(root, u"folder", FILES_CREATE, EFI_FILE_DIRECTORY);
    EFI_FILE_HANDLE file;

    topic("files.path", "13.5.2");
    if (!folder)
        return;
    files_make(folder, u"inside", "x");
    check_status("relative", files_try(folder, u"inside", FILES_READ, 0), EFI_SUCCESS,
                 "from a folder");
    check_status("absolute", files_try(folder, u"\\folder\\inside", FILES_READ, 0), EFI_SUCCESS,
                 "from the root");
    check_status("dot", files_try(folder, u".\\inside", FILES_READ, 0), EFI_SUCCESS, "'.'");
    check_status("dot-dot", files_try(folder, u"..\\file", FILES_READ, 0), EFI_SUCCESS, "'..'");
    check_status("any-case", files_try(root, u"FOLDER\\Inside", FILES_READ, 0), EFI_SUCCESS,
                 "names differ in more than case");
    check_status("through-file", files_try(root, u"file\\inside", FILES_READ, 0), EFI_NOT_FOUND,
                 "a file is no folder");
    file = files_open(root, u"file", FILES_READ, 0);
    if (file) {
        check_status("absolute-from-file", files_try(file, u"\\folder\\inside", FILES_READ, 0),
                     EFI_SUCCESS, "from the root, through a file");
        file->Close(file);
    }
    folder->Close(folder);
}

static void deletion(EFI_FILE_HANDLE root)
{
    EFI_FILE_HANDLE file = files_open(root, u"file", FILES_READ, 0);
    EFI_FILE_HANDLE folder = files_open(root, u"folder", FILES_WRITE, 0);

    topic("files.delete", "13.5.4");
    if (!file || !folder)
        return;
    check_status("read-only", file->Delete(file), EFI_WARN_DELETE_FAILURE,
                 "a file that was opened for reading stays");
    check_status("full-folder", folder->Delete(folder), EFI_WARN_DELETE_FAILURE,
                 "a folder with something in it stays");
    file = files_open(root, u"file", FILES_WRITE, 0);
    if (!file)
        return;
    check_status("file", file->Delete(file), EFI_SUCCESS, "a file is deleted");
    check_status("gone", files_try(root, u"file", FILES_READ, 0), EFI_NOT_FOUND, "it is gone");
    file = files_open(root, u"folder\\inside", FILES_WRITE, 0);
    if (file)
        file->Delete(file);
    folder = files_open(root, u"folder", FILES_WRITE, 0);
    if (folder)
        check_status("folder", folder->Delete(folder), EFI_SUCCESS, "an empty folder is deleted");
}

void files_open_tests(void)
{
    EFI_FILE_HANDLE root = files_volume_new();

    if (!root)
        return;
    files_make(root, u"file", "x");
    modes(root);
    paths(root);
    deletion(root);
    files_volume_remove(root);
}
