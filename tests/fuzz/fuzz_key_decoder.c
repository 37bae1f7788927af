/*
 * The input's first byte says after how many of the bytes that follow there is a pause, 0 is never;
 * the rest is what a terminal sends.
 */
#include "shim/console/key_decoder.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

#define SHIFT_STATES                                                             \
    (EFI_SHIFT_STATE_VALID | EFI_LEFT_SHIFT_PRESSED | EFI_LEFT_CONTROL_PRESSED | \
     EFI_LEFT_ALT_PRESSED)

#define BYTES_MAX 4096u

struct typed {
    size_t count;
    EFI_KEY_DATA key[BYTES_MAX];
};

/* A key is a character or a scan code, and has no modifiers that a terminal cannot tell. */
static void check_key(const EFI_KEY_DATA *key)
{
    UINT32 shift_state = key->KeyState.KeyShiftState;
    EFI_INPUT_KEY plain = key_decoder_plain(key);

    REQUIRE(!key->Key.ScanCode != !key->Key.UnicodeChar);
    REQUIRE(key->Key.ScanCode <= SCAN_ESC);
    REQUIRE(key->Key.UnicodeChar < 0xd800 || key->Key.UnicodeChar > 0xdfff);
    REQUIRE(key->Key.UnicodeChar != CHAR_LINEFEED);
    REQUIRE((shift_state & ~SHIFT_STATES) == 0);
    REQUIRE(!shift_state ||
            (shift_state & EFI_SHIFT_STATE_VALID && shift_state != (UINT32)EFI_SHIFT_STATE_VALID));
    REQUIRE(key->KeyState.KeyToggleState == 0);
    REQUIRE(plain.ScanCode == key->Key.ScanCode);
    REQUIRE(!plain.UnicodeChar == !key->Key.UnicodeChar);
}

static void append(struct typed *typed, const struct decoded_keys *keys)
{
    REQUIRE(keys->count <= KEY_DECODER_KEYS_MAX);
    for (size_t i = 0; i < keys->count; i++) {
        check_key(&keys->key[i]);
        REQUIRE(typed->count < BYTES_MAX);
        typed->key[typed->count++] = keys->key[i];
    }
}

/* A short wait between all bytes, and a long one after every `pause` of them. */
static void decode(struct typed *typed, struct key_decoder *decoder, const uint8_t *data,
                   size_t size, unsigned int pause, uint64_t short_ns)
{
    uint64_t now = 0;

    typed->count = 0;
    for (size_t i = 0; i < size; i++) {
        struct decoded_keys keys = key_decoder_put(decoder, data[i], now);

        append(typed, &keys);
        now += pause && i % pause == pause - 1 ? KEY_DECODER_TIMEOUT_NS : short_ns;
        keys = key_decoder_idle(decoder, now);
        append(typed, &keys);
        REQUIRE(typed->count <= i + 1);
    }
}

/* After a pause nothing is left of what came before. */
static void check_quiet(struct key_decoder *decoder)
{
    struct decoded_keys keys = key_decoder_idle(decoder, UINT64_MAX / 2);

    REQUIRE(keys.count < KEY_DECODER_KEYS_MAX);
    keys = key_decoder_idle(decoder, UINT64_MAX / 2);
    REQUIRE(keys.count == 0);
    keys = key_decoder_put(decoder, 'x', UINT64_MAX / 2);
    REQUIRE(keys.count == 1);
    REQUIRE(keys.key[0].Key.UnicodeChar == 'x');
    REQUIRE(keys.key[0].KeyState.KeyShiftState == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct typed at_once;
    static struct typed slowly;
    struct key_decoder decoder = {0};
    struct key_decoder other = {0};

    if (size < 1 || size > BYTES_MAX)
        return 0;
    decode(&at_once, &decoder, data + 1, size - 1, data[0], 0);
    decode(&slowly, &other, data + 1, size - 1, data[0], KEY_DECODER_TIMEOUT_NS - 1);
    REQUIRE(at_once.count == slowly.count);
    REQUIRE(memcmp(at_once.key, slowly.key, at_once.count * sizeof(at_once.key[0])) == 0);
    check_quiet(&decoder);
    check_quiet(&other);
    return 0;
}
