/*
 * The control sequences that the keys of a terminal send: what follows ESC [ and ESC O (ECMA-48
 * control sequence introducer and single shift three). Pure.
 */
#ifndef PVHEFI_SHIM_CONSOLE_KEY_SEQUENCE_H
#define PVHEFI_SHIM_CONSOLE_KEY_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

struct key_sequence {
    bool single_shift; /* ESC O */
    bool foreign;      /* no key's, whatever follows */
    uint8_t parameter_index;
    uint8_t parameter[2];
};

/* 0x20 to 0x3f are parameters, separators and intermediate bytes, 0x40 to 0x7e end it. */
static inline bool key_sequence_ends_with(uint8_t byte)
{
    return byte >= 0x40;
}

/* A byte that does not end it. A sequence of any length is taken. */
void key_sequence_put(struct key_sequence *sequence, uint8_t byte);

/*
 * The key whose sequence ends with `final`. *ret_shift_state are the modifiers that it tells,
 * without EFI_SHIFT_STATE_VALID. False when no key sends it.
 */
bool key_sequence_end(struct key_sequence *sequence, uint8_t final, EFI_INPUT_KEY *ret_key,
                      uint32_t *ret_shift_state);

#endif
