/*
 * The keys that were typed and not read yet, one queue for SimpleTextInput and SimpleTextInputEx.
 * The terminal is only read when somebody wants a key: what is typed ahead while nobody does
 * remains for the OS, and so does what finds the queue full. Boot phase.
 */
#ifndef PVHEFI_SHIM_CONSOLE_KEY_QUEUE_H
#define PVHEFI_SHIM_CONSOLE_KEY_QUEUE_H

#include <stdbool.h>

#include <efi.h>

/*
 * Moves keys from the terminal to the queue and tells key_notify.h. The functions below do it by
 * themselves when the queue is empty.
 */
void key_queue_poll(void);

/* An event for WaitForEvent() and CheckEvent(): is there a key? EFI_OUT_OF_RESOURCES. */
EFI_STATUS key_queue_create_event(EFI_EVENT *ret_event);

/* The next key; false when there is none. */
bool key_queue_take(EFI_KEY_DATA *ret_key);

/*
 * The next key without modifiers: Alt-b is an escape key and then a 'b', as the terminal sent it.
 * False when there is none.
 */
bool key_queue_take_plain(EFI_INPUT_KEY *ret_key);

/* Forgets all that was typed. */
void key_queue_reset(void);

#endif
