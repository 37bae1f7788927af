#include "shim/block/vdev_name.h"

#include <stddef.h>

#include "loader/lib/format.h"

/* Any number of disks, with eight bits of partitions. */
#define EXTENDED    (1u << 28)
#define LETTERS     26u
#define LETTERS_MAX 5 /* of 2^20 disks */

/* How the lower bits of a number are split, by those above: Linux's major numbers. */
static const struct {
    uint32_t first; /* number of the first disk */
    uint32_t last;  /* and of the last partition */
    const char *prefix;
    uint8_t partition_bits;
    uint8_t first_letter;
} families[] = {
    {EXTENDED, EXTENDED * 2 - 1, "xvd", 8, 0}, {202u << 8, (203u << 8) - 1, "xvd", 4, 0},
    {8u << 8, (9u << 8) - 1, "sd", 4, 0},      {3u << 8, (3u << 8) + 127, "hd", 6, 0},
    {22u << 8, (22u << 8) + 127, "hd", 6, 2},
};

/* a to z, aa, ab, … */
static const char *letters(uint32_t disk, char text[LETTERS_MAX + 1])
{
    char *position = text + LETTERS_MAX;

    *position = '\0';
    for (disk++; disk; disk = (disk - 1) / LETTERS)
        *--position = (char)('a' + (disk - 1) % LETTERS);
    return position;
}

void vdev_name(uint32_t vdev, char ret_name[VDEV_NAME_BYTES])
{
    char text[LETTERS_MAX + 1];

    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        uint32_t number = vdev - families[i].first;
        uint32_t partition = number & ((1u << families[i].partition_bits) - 1);
        uint32_t disk = (number >> families[i].partition_bits) + families[i].first_letter;

        if (vdev < families[i].first || vdev > families[i].last)
            continue;
        if (partition)
            format_string(ret_name, VDEV_NAME_BYTES, "%s%s%u", families[i].prefix,
                          letters(disk, text), partition);
        else
            format_string(ret_name, VDEV_NAME_BYTES, "%s%s", families[i].prefix,
                          letters(disk, text));
        return;
    }
    format_string(ret_name, VDEV_NAME_BYTES, "vbd-%u", vdev);
}
