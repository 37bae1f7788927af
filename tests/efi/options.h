/*
 * The program's command line as text, for tests that choose what to do by it.
 */
#ifndef PVHEFI_TESTS_EFI_OPTIONS_H
#define PVHEFI_TESTS_EFI_OPTIONS_H

#include <efi.h>

/* Does a word of `text`, which begins here, equal `word`? */
static inline BOOLEAN word_is(const CHAR16 *text, const CHAR16 *word)
{
    for (; *word; word++, text++) {
        if (*text != *word)
            return FALSE;
    }
    return *text == 0 || *text == ' ';
}

/* Is `word` one of the load options' words? */
static inline BOOLEAN option_is(EFI_HANDLE image, EFI_SYSTEM_TABLE *table, const CHAR16 *word)
{
    EFI_GUID guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
    EFI_LOADED_IMAGE_PROTOCOL *loaded;
    const CHAR16 *text;

    if (table->BootServices->HandleProtocol(image, &guid, (void **)&loaded) != EFI_SUCCESS ||
        loaded->LoadOptionsSize == 0)
        return FALSE;
    for (text = loaded->LoadOptions; *text; text++) {
        if ((text == loaded->LoadOptions || text[-1] == ' ') && word_is(text, word))
            return TRUE;
    }
    return FALSE;
}

#endif
