/*
 * Creates, writes, renames and deletes files for ever on the volume that it was started from, until
 * somebody destroys the guest. First of all the files \OLD\0 to \OLD\7, which it never changes,
 * must be there: each holds its number in every byte. Prints "scribble: begin", and
 * "scribble: N rounds" now and then; returns an error when it cannot go on.
 */
#include <efi.h>
#include <efilib.h>

#define OLD_FILES    8u
#define OLD_BYTES    100000u
#define FILES        24u
#define CHUNK        20000u
#define NAME_BYTES   128u
#define REPORT_EVERY 10u
#define READ_WRITE   (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)

static EFI_FILE_PROTOCOL *root;
static UINT8 buffer[OLD_BYTES + 1];
static UINT64 info_buffer[(sizeof(EFI_FILE_INFO) + NAME_BYTES) / sizeof(UINT64)];
static UINT64 seed;

/* Of Knuth's: any sequence will do, as long as each start has another one. */
static UINTN random_below(UINTN limit)
{
    seed = seed * 6364136223846793005 + 1442695040888963407;
    return (seed >> 33) % limit;
}

static EFI_STATUS check_old_file(UINTN number)
{
    EFI_FILE_PROTOCOL *file;
    UINTN bytes = sizeof(buffer);
    CHAR16 name[16];
    EFI_STATUS status;

    SPrint(name, sizeof(name), L"\\OLD\\%d", number);
    status = root->Open(root, &file, name, EFI_FILE_MODE_READ, 0);
    if (status != EFI_SUCCESS)
        return status;
    status = file->Read(file, &bytes, buffer);
    file->Close(file);
    if (status == EFI_SUCCESS && bytes != OLD_BYTES)
        status = EFI_END_OF_FILE;
    for (UINTN i = 0; i < bytes && status == EFI_SUCCESS; i++)
        if (buffer[i] != number)
            status = EFI_VOLUME_CORRUPTED;
    return status;
}

/* Some names are short, some take three entries of the folder; some lie beside the old files. */
static EFI_FILE_PROTOCOL *open_any(UINT64 mode)
{
    static const CHAR16 *const patterns[] = {L"\\NEW%d.TXT", L"\\OLD\\n%d",
                                             L"\\OLD\\A New File With A Long Name %d.text"};
    UINTN number = random_below(FILES);
    EFI_FILE_PROTOCOL *file;
    CHAR16 name[NAME_BYTES / sizeof(CHAR16)];

    SPrint(name, sizeof(name), patterns[number % 3], number);
    return root->Open(root, &file, name, mode, 0) == EFI_SUCCESS ? file : NULL;
}

static EFI_STATUS write_any(void)
{
    EFI_FILE_PROTOCOL *file = open_any(READ_WRITE | EFI_FILE_MODE_CREATE);
    UINTN bytes = 1 + random_below(CHUNK);
    EFI_STATUS status;

    if (!file)
        return EFI_DEVICE_ERROR;
    file->SetPosition(file, random_below(2) ? 0 : ~0ull);
    status = file->Write(file, &bytes, buffer);
    file->Close(file);
    return status;
}

static EFI_STATUS delete_any(void)
{
    EFI_FILE_PROTOCOL *file = open_any(READ_WRITE);

    return file ? file->Delete(file) : EFI_SUCCESS;
}

/* Within its folder, perhaps to a name that is taken: then it stays as it is. */
static EFI_STATUS rename_any(void)
{
    EFI_FILE_PROTOCOL *file = open_any(READ_WRITE);
    EFI_FILE_INFO *info = (EFI_FILE_INFO *)info_buffer;
    UINTN bytes = sizeof(info_buffer);
    EFI_STATUS status;

    if (!file)
        return EFI_SUCCESS;
    status = file->GetInfo(file, &gEfiFileInfoGuid, &bytes, info);
    SPrint(info->FileName, NAME_BYTES, L"NEW%d.TXT", random_below(FILES) / 3 * 3);
    info->Size = SIZE_OF_EFI_FILE_INFO + StrSize(info->FileName);
    if (status == EFI_SUCCESS)
        status = file->SetInfo(file, &gEfiFileInfoGuid, info->Size, info);
    file->Close(file);
    return status == EFI_ACCESS_DENIED ? EFI_SUCCESS : status;
}

static EFI_STATUS one_round(void)
{
    switch (random_below(4)) {
    case 0:
        return delete_any();
    case 1:
        return rename_any();
    default:
        return write_any();
    }
}

static EFI_STATUS open_root(EFI_HANDLE image)
{
    EFI_LOADED_IMAGE_PROTOCOL *loaded;
    EFI_STATUS status = BS->HandleProtocol(image, &LoadedImageProtocol, (void **)&loaded);

    if (status == EFI_SUCCESS)
        root = LibOpenRoot(loaded->DeviceHandle);
    return root ? status : EFI_NOT_FOUND;
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_STATUS status;

    InitializeLib(image, table);
    BS->GetNextMonotonicCount(&seed);
    seed += __builtin_ia32_rdtsc();
    status = open_root(image);
    for (UINTN i = 0; i < OLD_FILES && status == EFI_SUCCESS; i++)
        status = check_old_file(i);
    if (status == EFI_SUCCESS)
        Print(L"scribble: begin\n");
    for (UINTN rounds = 0; status == EFI_SUCCESS; rounds++) {
        if (rounds && rounds % REPORT_EVERY == 0)
            Print(L"scribble: %d rounds\n", rounds);
        status = one_round();
    }
    Print(L"scribble: %r\n", status);
    return status;
}
