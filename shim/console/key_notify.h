/*
 * Functions of clients that are called when a certain key is typed (UEFI 2.10 section 12.2.5), for
 * SimpleTextInputEx. edk2's shell breaks a command on Ctrl-C by it. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_KEY_NOTIFY_H
#define PVHEFI_SHIM_CONSOLE_KEY_NOTIFY_H

#include <stdbool.h>

#include <efi.h>

/* Once, before all others. EFI_OUT_OF_RESOURCES. */
EFI_STATUS key_notify_init(void);

/*
 * A key matches when all that `key` says is so: the character or scan code always, the shift and
 * toggle states unless they are 0. With a shift state of 0 the key is the one that ReadKeyStroke()
 * returns, U+0003 for Ctrl-C. Each call makes a handle of its own. EFI_OUT_OF_RESOURCES.
 */
EFI_STATUS key_notify_add(const EFI_KEY_DATA *key, EFI_KEY_NOTIFY_FUNCTION function,
                          void **ret_handle);

/* EFI_INVALID_PARAMETER when there is no such handle. */
EFI_STATUS key_notify_remove(void *handle);

/* Does anybody wait for a key? */
bool key_notify_is_wanted(void);

/* `key` was typed. Too many that wait to be told of are forgotten. */
void key_notify_post(const EFI_KEY_DATA *key);

/* Calls the functions for what was posted, at TPL_CALLBACK: now, or as soon as that is allowed. */
void key_notify_deliver(void);

#endif
