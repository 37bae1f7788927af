/* CopyMem. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/misc.h"

#define BYTES 256
#define LARGE 300000

static UINT8 buffer[BYTES];

static void fill(void)
{
    for (UINTN i = 0; i < BYTES; i++)
        buffer[i] = (UINT8)i;
}

/* Is the buffer as it was filled, but for `bytes` bytes of `source` at `target`? */
static bool is_moved(UINTN target, UINTN source, UINTN bytes)
{
    for (UINTN i = 0; i < BYTES; i++) {
        UINTN expected = i >= target && i - target < bytes ? source + i - target : i;

        if (buffer[i] != (UINT8)expected)
            return false;
    }
    return true;
}

static bool moves(UINTN target, UINTN source, UINTN bytes)
{
    fill();
    boot->CopyMem(buffer + target, buffer + source, bytes);
    return is_moved(target, source, bytes);
}

static bool moves_all_lengths(UINTN target, UINTN source)
{
    for (UINTN bytes = 0; bytes <= 70; bytes++) {
        if (!moves(target, source, bytes))
            return false;
    }
    return true;
}

static void apart(void)
{
    topic("misc.copy-mem", "7.5.3");
    for (UINTN offset = 0; offset < 8; offset++)
        check(numbered("offset-", (unsigned int)offset), moves_all_lengths(128 + offset, 3),
              "up to 70 bytes are copied to any address, and no more");
    check("nothing", moves(128, 0, 0), "no bytes are copied");
}

static void overlapping(void)
{
    static const UINTN distances[] = {1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64};

    topic("misc.copy-mem", "7.5.3");
    for (UINTN i = 0; i < COUNT_OF(distances); i++) {
        UINTN distance = distances[i];

        check(numbered("upwards-", (unsigned int)distance), moves_all_lengths(40 + distance, 40),
              "a copy to a higher address in the same buffer");
        check(numbered("downwards-", (unsigned int)distance), moves_all_lengths(40, 40 + distance),
              "and to a lower one");
    }
    check("same", moves_all_lengths(40, 40), "a copy to its own place changes nothing");
}

static void large(void)
{
    static UINT8 from[LARGE];
    static UINT8 to[LARGE];
    UINTN i = 0;

    topic("misc.copy-mem", "7.5.3");
    for (UINTN byte = 0; byte < LARGE; byte++)
        from[byte] = (UINT8)(byte ^ byte >> 8);
    boot->CopyMem(to, from, LARGE);
    while (i < LARGE && to[i] == from[i])
        i++;
    check_number("large", i, LARGE, "many pages are copied");
    boot->CopyMem(from + 5, from, LARGE - 5);
    for (i = 5; i < LARGE && from[i] == to[i - 5];)
        i++;
    check_number("large-overlapping", i, LARGE, "also over themselves");
}

static void registers(void)
{
    UINT64 flags;

    topic("misc.copy-mem", "2.3.4.2");
    check("before-direction", moves(10, 5, 100), "after a copy that goes downwards");
    __asm__ volatile("pushfq\n\tpopq %0" : "=r"(flags));
    check("direction", !(flags & 0x400), "the direction flag is clear");
}

void misc_copy_tests(void)
{
    apart();
    overlapping();
    large();
    registers();
}
