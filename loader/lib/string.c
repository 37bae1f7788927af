#include "loader/lib/string.h"

#include <stdint.h>

/*
 * The bulk moves eight bytes an iteration: images and initrds are tens of MiB, and an emulated CPU
 * pays for every iteration of a string instruction.
 */
#define WORD_BYTES sizeof(uint64_t)

/* Keeps the compiler from recognising a loop and replacing it by a call to the function it is in.
 */
static inline void keep_loop(void)
{
    __asm__ volatile("" ::: "memory");
}

/* Upwards; also right for overlapping ranges when `to` lies below `from`. */
static void *copy_up(void *to, const void *from, size_t size)
{
    size_t words = size / WORD_BYTES;
    size_t tail = size % WORD_BYTES;
    void *start = to;

    __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(tail) : : "memory");
    return start;
}

/*
 * Downwards, for a `to` inside the source. Not with the direction flag: an exception taken while it
 * is set would run its handler with string instructions reversed.
 */
static void *copy_down(void *to, const void *from, size_t size)
{
    const uint8_t *source = from;
    uint8_t *target = to;
    uint64_t word;

    for (; size >= WORD_BYTES; size -= WORD_BYTES) {
        __builtin_memcpy(&word, source + size - WORD_BYTES, WORD_BYTES);
        __builtin_memcpy(target + size - WORD_BYTES, &word, WORD_BYTES);
        keep_loop();
    }
    for (; size > 0; size--) {
        target[size - 1] = source[size - 1];
        keep_loop();
    }
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    return copy_up(to, from, size);
}

void *memmove(void *to, const void *from, size_t size)
{
    /* One comparison: a `to` below `from` wraps to a huge distance. */
    if ((uintptr_t)to - (uintptr_t)from >= size)
        return copy_up(to, from, size);
    return copy_down(to, from, size);
}

void *memset(void *to, int value, size_t size)
{
    uint64_t pattern = (uint8_t)value * UINT64_C(0x0101010101010101);
    size_t words = size / WORD_BYTES;
    size_t tail = size % WORD_BYTES;
    void *start = to;

    __asm__ volatile("rep stosq" : "+D"(to), "+c"(words) : "a"(pattern) : "memory");
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(tail) : "a"(pattern) : "memory");
    return start;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const uint8_t *left = a;
    const uint8_t *right = b;

    for (size_t i = 0; i < size; i++)
        if (left[i] != right[i])
            return left[i] - right[i];
    return 0;
}

size_t strlen(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0') {
        length++;
        keep_loop();
    }
    return length;
}

size_t strnlen(const char *text, size_t size)
{
    size_t length = 0;

    while (length < size && text[length] != '\0') {
        length++;
        keep_loop();
    }
    return length;
}

int strcmp(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i] || a[i] == '\0')
            return (unsigned char)a[i] - (unsigned char)b[i];
    return 0;
}
