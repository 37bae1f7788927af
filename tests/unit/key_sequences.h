/*
 * What terminals send, and the key that it is; and what no key of theirs sends.
 */
#ifndef PVHEFI_TESTS_UNIT_KEY_SEQUENCES_H
#define PVHEFI_TESTS_UNIT_KEY_SEQUENCES_H

#include <stdint.h>

#include <efi.h>

#define SHIFT   EFI_LEFT_SHIFT_PRESSED
#define ALT     EFI_LEFT_ALT_PRESSED
#define CONTROL EFI_LEFT_CONTROL_PRESSED

struct sequence_of_key {
    const char *bytes;
    uint16_t scan_code;
    CHAR16 character;
    uint32_t shift;
};

static const struct sequence_of_key sequences[] = {
    /* xterm, VT100, VT220 */
    {"\033[A", SCAN_UP, 0, 0},
    {"\033[B", SCAN_DOWN, 0, 0},
    {"\033[C", SCAN_RIGHT, 0, 0},
    {"\033[D", SCAN_LEFT, 0, 0},
    {"\033OA", SCAN_UP, 0, 0},
    {"\033OB", SCAN_DOWN, 0, 0},
    {"\033OC", SCAN_RIGHT, 0, 0},
    {"\033OD", SCAN_LEFT, 0, 0},
    {"\033[H", SCAN_HOME, 0, 0},
    {"\033[1~", SCAN_HOME, 0, 0},
    {"\033[7~", SCAN_HOME, 0, 0},
    {"\033OH", SCAN_HOME, 0, 0},
    {"\033[F", SCAN_END, 0, 0},
    {"\033[4~", SCAN_END, 0, 0},
    {"\033[8~", SCAN_END, 0, 0},
    {"\033OF", SCAN_END, 0, 0},
    {"\033[2~", SCAN_INSERT, 0, 0},
    {"\033[3~", SCAN_DELETE, 0, 0},
    {"\033[5~", SCAN_PAGE_UP, 0, 0},
    {"\033[6~", SCAN_PAGE_DOWN, 0, 0},
    {"\033OP", SCAN_F1, 0, 0},
    {"\033OQ", SCAN_F2, 0, 0},
    {"\033OR", SCAN_F3, 0, 0},
    {"\033OS", SCAN_F4, 0, 0},
    {"\033[P", SCAN_F1, 0, 0},
    {"\033[11~", SCAN_F1, 0, 0},
    {"\033[12~", SCAN_F2, 0, 0},
    {"\033[13~", SCAN_F3, 0, 0},
    {"\033[14~", SCAN_F4, 0, 0},
    {"\033[15~", SCAN_F5, 0, 0},
    {"\033[17~", SCAN_F6, 0, 0},
    {"\033[18~", SCAN_F7, 0, 0},
    {"\033[19~", SCAN_F8, 0, 0},
    {"\033[20~", SCAN_F9, 0, 0},
    {"\033[21~", SCAN_F10, 0, 0},
    {"\033[23~", SCAN_F11, 0, 0},
    {"\033[24~", SCAN_F12, 0, 0},
    /* Linux console */
    {"\033[[A", SCAN_F1, 0, 0},
    {"\033[[B", SCAN_F2, 0, 0},
    {"\033[[C", SCAN_F3, 0, 0},
    {"\033[[D", SCAN_F4, 0, 0},
    {"\033[[E", SCAN_F5, 0, 0},
    /* modifiers, new and old ways */
    {"\033[1;2A", SCAN_UP, 0, SHIFT},
    {"\033[1;3B", SCAN_DOWN, 0, ALT},
    {"\033[1;4C", SCAN_RIGHT, 0, SHIFT | ALT},
    {"\033[1;5D", SCAN_LEFT, 0, CONTROL},
    {"\033[1;6H", SCAN_HOME, 0, SHIFT | CONTROL},
    {"\033[1;7F", SCAN_END, 0, ALT | CONTROL},
    {"\033[1;8P", SCAN_F1, 0, SHIFT | ALT | CONTROL},
    {"\033[1;5R", SCAN_F3, 0, CONTROL},
    {"\033[1;9A", SCAN_UP, 0, ALT},
    {"\033[1;16A", SCAN_UP, 0, SHIFT | ALT | CONTROL},
    {"\033[1;1A", SCAN_UP, 0, 0},
    {"\033[;5A", SCAN_UP, 0, CONTROL},
    {"\033[5A", SCAN_UP, 0, CONTROL},
    {"\033O5C", SCAN_RIGHT, 0, CONTROL},
    {"\033O1;2P", SCAN_F1, 0, SHIFT},
    {"\033[3;5~", SCAN_DELETE, 0, CONTROL},
    {"\033[15;2~", SCAN_F5, 0, SHIFT},
    {"\033[24;6~", SCAN_F12, 0, SHIFT | CONTROL},
    {"\033[03~", SCAN_DELETE, 0, 0},
    {"\033[Z", 0, CHAR_TAB, SHIFT},
    {"\033[1;5Z", 0, CHAR_TAB, SHIFT | CONTROL},
    /* Alt as an escape character before */
    {"\033b", 0, 'b', ALT},
    {"\033\r", 0, CHAR_CARRIAGE_RETURN, ALT},
    {"\033\177", 0, CHAR_BACKSPACE, ALT},
    {"\033\003", 0, 'c', ALT | CONTROL},
    {"\033\xc3\xbc", 0, 0xfc, ALT},
    {"\033\033[A", SCAN_UP, 0, ALT},
    {"\033\033OP", SCAN_F1, 0, ALT},
    {"\033\033[3;5~", SCAN_DELETE, 0, ALT | CONTROL},
    {"\033\033[[E", SCAN_F5, 0, ALT},
    /* number pad in application mode */
    {"\033OM", 0, CHAR_CARRIAGE_RETURN, 0},
    {"\033Oj", 0, '*', 0},
    {"\033Ok", 0, '+', 0},
    {"\033Om", 0, '-', 0},
    {"\033On", 0, '.', 0},
    {"\033Oo", 0, '/', 0},
    {"\033Op", 0, '0', 0},
    {"\033Oy", 0, '9', 0},
    /* characters */
    {"a", 0, 'a', 0},
    {" ", 0, ' ', 0},
    {"~", 0, '~', 0},
    {"\b", 0, CHAR_BACKSPACE, 0},
    {"\177", 0, CHAR_BACKSPACE, 0},
    {"\t", 0, CHAR_TAB, 0},
    {"\r", 0, CHAR_CARRIAGE_RETURN, 0},
    {"\n", 0, CHAR_CARRIAGE_RETURN, 0},
    {"\r\n", 0, CHAR_CARRIAGE_RETURN, 0},
    {"\001", 0, 'a', CONTROL},
    {"\003", 0, 'c', CONTROL},
    {"\032", 0, 'z', CONTROL},
    {"\034", 0, '\\', CONTROL},
    {"\035", 0, ']', CONTROL},
    {"\036", 0, '^', CONTROL},
    {"\037", 0, '_', CONTROL},
    {"\xc2\x80", 0, 0x80, 0},
    {"\xdf\xbf", 0, 0x7ff, 0},
    {"\xe0\xa0\x80", 0, 0x800, 0},
    {"\xe2\x82\xac", 0, 0x20ac, 0},
    {"\xed\x9f\xbf", 0, 0xd7ff, 0},
    {"\xee\x80\x80", 0, 0xe000, 0},
    {"\xef\xbf\xbf", 0, 0xffff, 0},
    {"\xf0\x9f\x98\x80", 0, 0xfffd, 0},
    {"\xf4\x8f\xbf\xbf", 0, 0xfffd, 0},
    {"\xe0\x80\xaf", 0, 0xfffd, 0}, /* overlong */
    {"\xed\xa0\x80", 0, 0xfffd, 0}, /* surrogate */
    {"\xc0", 0, 0xfffd, 0},
    {"\x80", 0, 0xfffd, 0},
    {"\xf5", 0, 0xfffd, 0},
    {"\xff", 0, 0xfffd, 0},
};

/* What no key sends: nothing is to come of it. */
static const char *const dropped[] = {
    "\033[~",         "\033[9~",     "\033[10~",       "\033[16~",     "\033[22~",
    "\033[25~",       "\033[200~",   "\033[255~",      "\033[256~",    "\033[99999999999999~",
    "\033[E",         "\033[G",      "\033[T",         "\033[a",       "\033[M",
    "\033[{",         "\033[24;80R", "\033[2;5A",      "\033[1;17A",   "\033[17A",
    "\033[1;255A",    "\033[?1;2c",  "\033[>0;276;0c", "\033[1;2;3A",  "\033[1;2;3~",
    "\033[;;;;;;;;A", "\033[1:3A",   "\033[97;5u",     "\033[?2004$y", "\033[ A",
    "\033[[F",        "\033[[@",     "\033[[1",        "\033Oa",       "\033OE",
    "\033Oz",         "\033OO",      "\033O[",         "\033O?P",      "\033O17P",
    "\033\033[E",     "\033\033O~",  "\033\033[[x",
};

#endif
