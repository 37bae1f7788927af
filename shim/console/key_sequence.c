#include "shim/console/key_sequence.h"

/* xterm adds one to the sum of these. */
#define MODIFIER_SHIFT   1u
#define MODIFIER_ALT     2u
#define MODIFIER_CONTROL 4u
#define MODIFIER_META    8u
#define MODIFIERS_MAX    16u

/* Behind ESC [ and ESC O, alone or with modifiers (ESC [ 1 ; 5 A). */
static const uint8_t scan_codes_by_letter[] = {
    ['A' - 'A'] = SCAN_UP,   ['B' - 'A'] = SCAN_DOWN, ['C' - 'A'] = SCAN_RIGHT,
    ['D' - 'A'] = SCAN_LEFT, ['F' - 'A'] = SCAN_END,  ['H' - 'A'] = SCAN_HOME,
    ['P' - 'A'] = SCAN_F1,   ['Q' - 'A'] = SCAN_F2,   ['R' - 'A'] = SCAN_F3,
    ['S' - 'A'] = SCAN_F4,
};

/* ESC [ number ~, of VT220 with the additions of xterm, rxvt and the Linux console. */
static const uint8_t scan_codes_by_number[] = {
    [1] = SCAN_HOME,      [2] = SCAN_INSERT, [3] = SCAN_DELETE, [4] = SCAN_END,  [5] = SCAN_PAGE_UP,
    [6] = SCAN_PAGE_DOWN, [7] = SCAN_HOME,   [8] = SCAN_END,    [11] = SCAN_F1,  [12] = SCAN_F2,
    [13] = SCAN_F3,       [14] = SCAN_F4,    [15] = SCAN_F5,    [17] = SCAN_F6,  [18] = SCAN_F7,
    [19] = SCAN_F8,       [20] = SCAN_F9,    [21] = SCAN_F10,   [23] = SCAN_F11, [24] = SCAN_F12,
};

static void put_digit(struct key_sequence *sequence, unsigned int digit)
{
    uint8_t *parameter = &sequence->parameter[sequence->parameter_index];
    unsigned int value = *parameter * 10u + digit;

    *parameter = (uint8_t)(value > UINT8_MAX ? UINT8_MAX : value);
}

void key_sequence_put(struct key_sequence *sequence, uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        put_digit(sequence, byte - '0');
    else if (byte == ';' && sequence->parameter_index == 0)
        sequence->parameter_index = 1;
    else
        sequence->foreign = true;
}

/*
 * Before a letter the first parameter of two is always 1 (otherwise it is a cursor position report,
 * ESC [ 24 ; 80 R); older terminals send the modifiers alone.
 */
static unsigned int take_modifiers(struct key_sequence *sequence, uint8_t final)
{
    if (final != '~' && sequence->parameter_index == 0)
        return sequence->parameter[0];
    if (final != '~' && sequence->parameter[0] > 1)
        sequence->foreign = true;
    return sequence->parameter[1];
}

static uint32_t shift_state_from_modifiers(unsigned int modifiers)
{
    unsigned int sum = modifiers ? modifiers - 1 : 0;

    return (sum & MODIFIER_SHIFT ? EFI_LEFT_SHIFT_PRESSED : 0) |
           (sum & (MODIFIER_ALT | MODIFIER_META) ? EFI_LEFT_ALT_PRESSED : 0) |
           (sum & MODIFIER_CONTROL ? EFI_LEFT_CONTROL_PRESSED : 0);
}

static uint16_t find_scan_code(const struct key_sequence *sequence, uint8_t final)
{
    unsigned int number = sequence->parameter[0];
    unsigned int letter = final - 'A';

    if (final == '~')
        return number < sizeof(scan_codes_by_number) ? scan_codes_by_number[number] : SCAN_NULL;
    return letter < sizeof(scan_codes_by_letter) ? scan_codes_by_letter[letter] : SCAN_NULL;
}

/* Shift-Tab, and the number pad of a terminal that somebody put into application mode. */
static CHAR16 find_character(const struct key_sequence *sequence, uint8_t final)
{
    if (!sequence->single_shift)
        return final == 'Z' ? CHAR_TAB : 0;
    if (final == 'M')
        return CHAR_CARRIAGE_RETURN;
    return final >= 'j' && final <= 'y' ? final - 0x40 : 0;
}

bool key_sequence_end(struct key_sequence *sequence, uint8_t final, EFI_INPUT_KEY *ret_key,
                      uint32_t *ret_shift_state)
{
    unsigned int modifiers = take_modifiers(sequence, final);
    uint16_t scan_code = find_scan_code(sequence, final);
    CHAR16 character = scan_code ? 0 : find_character(sequence, final);

    if (sequence->foreign || modifiers > MODIFIERS_MAX || (!scan_code && !character))
        return false;
    *ret_key = (EFI_INPUT_KEY){.ScanCode = scan_code, .UnicodeChar = character};
    *ret_shift_state = shift_state_from_modifiers(modifiers);
    if (character == CHAR_TAB)
        *ret_shift_state |= EFI_LEFT_SHIFT_PRESSED;
    return true;
}
