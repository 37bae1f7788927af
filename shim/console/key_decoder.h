/*
 * What arrives from a terminal, as EFI keys (UEFI 2.10 section 12.1.2): UTF-8, control characters,
 * and the escape sequences of VT100, VT220, xterm, rxvt, screen and the Linux console. Pure.
 *
 * A terminal does not say which modifiers are pressed: only where a sequence or a control character
 * tells them is EFI_SHIFT_STATE_VALID set. Ctrl-C is 'c' with EFI_LEFT_CONTROL_PRESSED, which all
 * of edk2's shell, GRUB, iPXE and systemd-boot understand; what is sent behind an escape character
 * has EFI_LEFT_ALT_PRESSED. Toggle states are never valid.
 */
#ifndef PVHEFI_SHIM_CONSOLE_KEY_DECODER_H
#define PVHEFI_SHIM_CONSOLE_KEY_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <efi.h>

#include "shim/console/key_sequence.h"

/*
 * When nothing has followed an escape character for so long, it was the escape key. A terminal
 * sends a sequence in one go, but a network may hold back a part of it. A tenth of a second
 * outlasts most of that, is not felt, and nobody presses Esc and then another key within it.
 */
#define KEY_DECODER_TIMEOUT_NS 100000000ull

/* One byte can end an unfinished "Esc, Alt-[" and be a key itself. */
#define KEY_DECODER_KEYS_MAX 3

enum key_decoder_state {
    KEY_DECODER_GROUND,
    KEY_DECODER_UTF8,           /* some bytes of a character */
    KEY_DECODER_ESCAPE,         /* ESC, or ESC ESC */
    KEY_DECODER_SEQUENCE,       /* ESC [ or ESC O */
    KEY_DECODER_LINUX_FUNCTION, /* ESC [ [ */
};

/* All zero at first. What was read up to now lies in it: bytes may come in any portions. */
struct key_decoder {
    enum key_decoder_state state;
    bool alt;      /* an escape character of its own came before what is being read */
    bool after_cr; /* a line feed that follows belongs to it */
    bool begun;    /* something has come behind the sequence's first two bytes */
    uint8_t escapes;
    uint8_t bytes_missing; /* of the character */
    struct key_sequence sequence;
    uint32_t code_point;
    uint32_t smallest_code_point; /* that needs so many bytes */
    uint64_t last_byte_ns;
};

struct decoded_keys {
    size_t count;
    EFI_KEY_DATA key[KEY_DECODER_KEYS_MAX];
};

/* The keys that `byte`, which was read at `now_ns`, completes. */
struct decoded_keys key_decoder_put(struct key_decoder *decoder, uint8_t byte, uint64_t now_ns);

/*
 * To be called when the terminal has nothing: the keys that what was read so far stands for, if
 * nothing has followed in time. While bytes lie ready no time passes, however late they are read.
 */
struct decoded_keys key_decoder_idle(struct key_decoder *decoder, uint64_t now_ns);

/*
 * The key for a client that is told nothing of modifiers (section 12.3): control characters as
 * U+0001 to U+001F.
 */
EFI_INPUT_KEY key_decoder_plain(const EFI_KEY_DATA *key);

#endif
