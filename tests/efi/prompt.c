/*
 * Waits for keys, as a boot menu does, and tells each: "prompt: key <scan code> <character>". The
 * key q ends it.
 */
#include <efi.h>

static EFI_SYSTEM_TABLE *system_table;

static void print(CHAR16 *text)
{
    system_table->ConOut->OutputString(system_table->ConOut, text);
}

static void print_hex(UINT16 value)
{
    CHAR16 text[] = L"0000";

    for (int i = 3; i >= 0; i--, value >>= 4)
        text[i] = L"0123456789abcdef"[value & 0xf];
    print(text);
}

static EFI_STATUS wait_for_key(EFI_INPUT_KEY *key)
{
    SIMPLE_INPUT_INTERFACE *keyboard = system_table->ConIn;
    UINTN index;
    EFI_STATUS status = system_table->BootServices->WaitForEvent(1, &keyboard->WaitForKey, &index);

    return EFI_ERROR(status) ? status : keyboard->ReadKeyStroke(keyboard, key);
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_INPUT_KEY key = {0};
    EFI_STATUS status;

    (void)image;
    system_table = table;
    print(L"prompt: ready\r\n");
    while (key.UnicodeChar != 'q') {
        status = wait_for_key(&key);
        if (EFI_ERROR(status))
            return status;
        print(L"prompt: key ");
        print_hex(key.ScanCode);
        print(L" ");
        print_hex(key.UnicodeChar);
        print(L"\r\n");
    }
    return EFI_SUCCESS;
}
