/*
 * The program's command line as text, for tests that choose what to do by it.
 */
#ifndef PVHEFI_TESTS_EFI_OPTIONS_H
#define PVHEFI_TESTS_EFI_OPTIONS_H

#include <efi.h>

/* Does the load options' text begin with `word`? */
static inline BOOLEAN option_is(EFI_HANDLE image, EFI_SYSTEM_TABLE *table, const CHAR16 *word)
{
    EFI_GUID guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
    EFI_LOADED_IMAGE_PROTOCOL *loaded;
    const CHAR16 *options;

    if (table->BootServices->HandleProtocol(image, &guid, (void **)&loaded) != EFI_SUCCESS ||
        loaded->LoadOptionsSize == 0)
        return FALSE;
    for (options = loaded->LoadOptions; *word; word++, options++) {
        if (*options != *word)
            return FALSE;
    }
    return TRUE;
}

#endif
