/* Read, Write, positions, Flush, and the functions with tokens. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/files.h"
#include "tests/efi/conformance/fixture.h"

#define LARGE_BYTES 100000u

static UINT8 large[LARGE_BYTES];
static UINT8 buffer[LARGE_BYTES];

static void positions(EFI_FILE_HANDLE file)
{
    UINT64 position = 0;
    UINTN bytes = 3;

    topic("files.position", "13.5.11");
    check_number("reads", files_read(file, buffer, 3), 3, "as much as was asked for");
    check_status("get", file->GetPosition(file, &position), EFI_SUCCESS, "the position is told");
    check_number("moved", position, 3, "it is behind what was read");
    file->SetPosition(file, UINT64_MAX);
    file->GetPosition(file, &position);
    check_number("end", position, 5, "all ones is the end");
    check_number("nothing", files_read(file, buffer, 3), 0, "there is nothing at the end");
    check_status("beyond", file->SetPosition(file, 6), EFI_SUCCESS, "the position may be beyond");
    check_status("read-beyond", file->Read(file, &bytes, buffer), EFI_DEVICE_ERROR,
                 "there is an error beyond the end");
    file->SetPosition(file, 4);
    check_number("less", files_read(file, buffer, 3), 1, "less, when there is less");
}

static void writing(EFI_FILE_HANDLE root)
{
    EFI_FILE_HANDLE file = files_open(root, u"large", FILES_CREATE, 0);
    UINTN bytes = LARGE_BYTES;

    topic("files.write", "13.5.6");
    if (!file)
        return;
    for (UINTN i = 0; i < LARGE_BYTES; i++)
        large[i] = (UINT8)(i * 7 + i / 256);
    check_status("works", file->Write(file, &bytes, large), EFI_SUCCESS, "much is written at once");
    check_number("all", bytes, LARGE_BYTES, "all of it");
    check_status("flush", file->Flush(file), EFI_SUCCESS, "and flushed");
    file->SetPosition(file, 1);
    check_number("reads", files_read(file, buffer, LARGE_BYTES), LARGE_BYTES - 1, "and read");
    check("same", memcmp(buffer, large + 1, LARGE_BYTES - 1) == 0, "as it was written");
    file->SetPosition(file, LARGE_BYTES + 1000);
    bytes = 1;
    check_status("beyond", file->Write(file, &bytes, large), EFI_SUCCESS, "beyond the end");
    file->SetPosition(file, LARGE_BYTES);
    check_number("gap", files_read(file, buffer, 2000), 1001, "the file reaches there");
    check("zero", buffer[0] == 0 && buffer[999] == 0, "what lies between is zero");
    bytes = 2 * 1024 * 1024;
    file->SetPosition(file, 0);
    check_status("full", file->Write(file, &bytes, large), EFI_VOLUME_FULL,
                 "more than the volume holds");
    file->Close(file);
    file = files_open(root, u"large", FILES_READ, 0);
    bytes = 1;
    if (file)
        check_status("read-only", file->Write(file, &bytes, large), EFI_ACCESS_DENIED,
                     "a file that was opened for reading is not written to");
    if (file)
        file->Close(file);
}

static void tokens(EFI_FILE_HANDLE root)
{
    UINT32 calls = 0;
    EFI_FILE_IO_TOKEN token = {.Event = counting_event(TPL_CALLBACK, &calls)};
    CHAR16 name[] = u"file";
    EFI_FILE_HANDLE file = NULL;

    topic("files.token", "13.5.7");
    if (!token.Event)
        return;
    check_status("open", root->OpenEx(root, &file, name, FILES_READ, 0, &token), EFI_SUCCESS,
                 "OpenEx is begun");
    boot->Stall(10000);
    check_number("open-signalled", calls, 1, "its event is signalled");
    check_status("open-status", token.Status, EFI_SUCCESS, "the token says what became of it");
    if (!file)
        return;
    token.Buffer = buffer;
    token.BufferSize = 100;
    check_status("read", file->ReadEx(file, &token), EFI_SUCCESS, "ReadEx is begun");
    boot->Stall(10000);
    check_number("read-signalled", calls, 2, "its event is signalled");
    check_number("read-bytes", token.BufferSize, 5, "the token says how much was read");
    check_status("no-token", file->ReadEx(file, NULL), EFI_INVALID_PARAMETER,
                 "a token must be there");
    file->Close(file);
    boot->CloseEvent(token.Event);
}

void files_content_tests(void)
{
    EFI_FILE_HANDLE root = files_volume_new();
    EFI_FILE_HANDLE file;

    if (!root)
        return;
    files_make(root, u"file", "hello");
    file = files_open(root, u"file", FILES_READ, 0);
    if (file) {
        positions(file);
        file->Close(file);
    }
    tokens(root);
    writing(root);
    files_volume_remove(root);
}
