/*
 * Asking for a key.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_KEYS_PROMPT_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_KEYS_PROMPT_H

#include <efi.h>

/* ConIn's; NULL, with an ERROR line, when it has none. */
EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *keys_input_ex(void);

/* Writes "TYPE <name>" and returns when a key has come, in the order of its waits. */
void keys_wait(const char *name, EFI_EVENT event);

#endif
