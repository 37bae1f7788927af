#include "shim/console/key_decoder.h"

#define ESCAPE      0x1b
#define DELETE      0x7f
#define REPLACEMENT 0xfffd

#define BMP_END         0x10000u
#define SURROGATE_FIRST 0xd800u
#define SURROGATE_END   0xe000u

static void add_key(struct key_decoder *decoder, struct decoded_keys *keys, uint16_t scan_code,
                    CHAR16 character, uint32_t shift_state)
{
    if (decoder->alt)
        shift_state |= EFI_LEFT_ALT_PRESSED;
    decoder->alt = false;
    keys->key[keys->count++] = (EFI_KEY_DATA){
        .Key = {.ScanCode = scan_code, .UnicodeChar = character},
        .KeyState.KeyShiftState = shift_state ? shift_state | EFI_SHIFT_STATE_VALID : 0,
    };
}

static void add_character(struct key_decoder *decoder, struct decoded_keys *keys, CHAR16 character)
{
    add_key(decoder, keys, SCAN_NULL, character, 0);
}

static void add_escapes(struct key_decoder *decoder, struct decoded_keys *keys, unsigned int count)
{
    decoder->alt = false;
    while (count--)
        add_key(decoder, keys, SCAN_ESC, 0, 0);
}

static void add_code_point(struct key_decoder *decoder, struct decoded_keys *keys)
{
    uint32_t code_point = decoder->code_point;
    bool valid = code_point >= decoder->smallest_code_point && code_point < BMP_END &&
                 (code_point < SURROGATE_FIRST || code_point >= SURROGATE_END);

    add_character(decoder, keys, valid ? (CHAR16)code_point : REPLACEMENT);
}

/* How many bytes follow the first one of a character; 0 when none begins with it. */
static unsigned int bytes_behind(uint8_t first)
{
    if (first < 0xc2 || first >= 0xf5)
        return 0;
    return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

static void begin_code_point(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t byte)
{
    static const uint32_t smallest[] = {0, 0x80, 0x800, BMP_END};
    unsigned int missing = bytes_behind(byte);

    if (!missing) {
        add_character(decoder, keys, REPLACEMENT);
        return;
    }
    decoder->state = KEY_DECODER_UTF8;
    decoder->bytes_missing = (uint8_t)missing;
    decoder->code_point = byte & (0x3fu >> missing);
    decoder->smallest_code_point = smallest[missing];
}

static void add_control(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t byte)
{
    switch (byte) {
    case CHAR_TAB:
    case CHAR_BACKSPACE:
    case CHAR_CARRIAGE_RETURN:
        add_character(decoder, keys, byte);
        break;
    case CHAR_LINEFEED:
        add_character(decoder, keys, CHAR_CARRIAGE_RETURN);
        break;
    case DELETE: /* what the backspace key of nearly every terminal sends */
        add_character(decoder, keys, CHAR_BACKSPACE);
        break;
    default:
        add_key(decoder, keys, SCAN_NULL, byte < ESCAPE ? byte + 0x60 : byte + 0x40,
                EFI_LEFT_CONTROL_PRESSED);
    }
}

static void begin(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t byte)
{
    decoder->state = KEY_DECODER_GROUND;
    if (byte == ESCAPE) {
        decoder->state = KEY_DECODER_ESCAPE;
        decoder->escapes = 1;
    } else if (byte >= 0x80) {
        begin_code_point(decoder, keys, byte);
    } else if (byte < 0x20 || byte == DELETE) {
        add_control(decoder, keys, byte);
    } else {
        add_character(decoder, keys, byte);
    }
}

/* The functions below take a byte that continues what was begun; false when it does not. */

static bool continue_code_point(struct key_decoder *decoder, struct decoded_keys *keys,
                                uint8_t byte)
{
    if ((byte & 0xc0) != 0x80) {
        add_character(decoder, keys, REPLACEMENT);
        return false;
    }
    decoder->code_point = decoder->code_point << 6 | (byte & 0x3f);
    if (--decoder->bytes_missing == 0) {
        add_code_point(decoder, keys);
        decoder->state = KEY_DECODER_GROUND;
    }
    return true;
}

static void begin_sequence(struct key_decoder *decoder, uint8_t introducer)
{
    decoder->state = KEY_DECODER_SEQUENCE;
    decoder->sequence = (struct key_sequence){.single_shift = introducer == 'O'};
    decoder->begun = false;
    decoder->alt = decoder->escapes > 1;
}

static bool continue_escape(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t byte)
{
    if (byte == ESCAPE) {
        if (decoder->escapes > 1)
            add_escapes(decoder, keys, 1);
        decoder->escapes = 2;
        return true;
    }
    if (byte == '[' || byte == 'O') {
        begin_sequence(decoder, byte);
        return true;
    }
    add_escapes(decoder, keys, decoder->escapes - 1u);
    decoder->alt = true;
    return false;
}

/* ESC [ with nothing behind it is what Alt-[ sends; of anything longer there is nothing to save. */
static void give_up_sequence(struct key_decoder *decoder, struct decoded_keys *keys)
{
    if (!decoder->begun) {
        add_escapes(decoder, keys, decoder->alt ? 1 : 0);
        decoder->alt = true;
        add_character(decoder, keys, decoder->sequence.single_shift ? 'O' : '[');
    }
    decoder->alt = false;
}

static void end_sequence(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t final)
{
    EFI_INPUT_KEY key;
    uint32_t shift_state;

    if (key_sequence_end(&decoder->sequence, final, &key, &shift_state))
        add_key(decoder, keys, key.ScanCode, key.UnicodeChar, shift_state);
    decoder->alt = false;
    decoder->state = KEY_DECODER_GROUND;
}

static bool continue_sequence(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t byte)
{
    bool is_first = !decoder->begun;

    if (byte < 0x20 || byte >= DELETE) {
        give_up_sequence(decoder, keys);
        return false;
    }
    decoder->begun = true;
    if (is_first && byte == '[' && !decoder->sequence.single_shift)
        decoder->state = KEY_DECODER_LINUX_FUNCTION;
    else if (key_sequence_ends_with(byte))
        end_sequence(decoder, keys, byte);
    else
        key_sequence_put(&decoder->sequence, byte);
    return true;
}

static bool continue_linux_function(struct key_decoder *decoder, struct decoded_keys *keys,
                                    uint8_t byte)
{
    if (byte < 0x20 || byte >= DELETE) {
        give_up_sequence(decoder, keys);
        return false;
    }
    if (byte >= 'A' && byte <= 'E')
        add_key(decoder, keys, SCAN_F1 + (byte - 'A'), 0, 0);
    decoder->alt = false;
    decoder->state = KEY_DECODER_GROUND;
    return true;
}

static bool continue_any(struct key_decoder *decoder, struct decoded_keys *keys, uint8_t byte)
{
    switch (decoder->state) {
    case KEY_DECODER_UTF8:
        return continue_code_point(decoder, keys, byte);
    case KEY_DECODER_ESCAPE:
        return continue_escape(decoder, keys, byte);
    case KEY_DECODER_SEQUENCE:
        return continue_sequence(decoder, keys, byte);
    case KEY_DECODER_LINUX_FUNCTION:
        return continue_linux_function(decoder, keys, byte);
    default:
        return false;
    }
}

/* A network terminal's Enter is CR LF or CR NUL. */
static bool belongs_to_enter(struct key_decoder *decoder, uint8_t byte)
{
    bool after_cr = decoder->after_cr;

    if (byte == CHAR_NULL)
        return true;
    decoder->after_cr = byte == CHAR_CARRIAGE_RETURN;
    return after_cr && byte == CHAR_LINEFEED;
}

struct decoded_keys key_decoder_put(struct key_decoder *decoder, uint8_t byte, uint64_t now_ns)
{
    struct decoded_keys keys = {0};

    decoder->last_byte_ns = now_ns;
    if (!belongs_to_enter(decoder, byte) && !continue_any(decoder, &keys, byte))
        begin(decoder, &keys, byte);
    return keys;
}

struct decoded_keys key_decoder_idle(struct key_decoder *decoder, uint64_t now_ns)
{
    struct decoded_keys keys = {0};

    if (now_ns - decoder->last_byte_ns < KEY_DECODER_TIMEOUT_NS)
        return keys;
    switch (decoder->state) {
    case KEY_DECODER_GROUND:
        break;
    case KEY_DECODER_UTF8:
        add_character(decoder, &keys, REPLACEMENT);
        break;
    case KEY_DECODER_ESCAPE:
        add_escapes(decoder, &keys, decoder->escapes);
        break;
    default:
        give_up_sequence(decoder, &keys);
    }
    decoder->state = KEY_DECODER_GROUND;
    decoder->after_cr = false;
    return keys;
}

EFI_INPUT_KEY key_decoder_plain(const EFI_KEY_DATA *key)
{
    EFI_INPUT_KEY plain = key->Key;

    if (key->KeyState.KeyShiftState & EFI_LEFT_CONTROL_PRESSED && plain.UnicodeChar >= '@')
        plain.UnicodeChar &= 0x1f;
    return plain;
}
