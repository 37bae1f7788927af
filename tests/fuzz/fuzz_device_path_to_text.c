/*
 * The input is nodes one after the other, as far as their lengths allow; an end is put behind them.
 * The text of each node, and of all of them, must be read again as something that looks the same.
 */
#include "shim/device_path/device_path_text.h"

#include <stdlib.h>
#include <string.h>

#include "loader/utf16.h"
#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/fake_memory.h"

static const struct device_path_style display = {.display = true, .shortcuts = true};
static const uint8_t end[] = {END_DEVICE_PATH_TYPE, END_ENTIRE_DEVICE_PATH_SUBTYPE, 4, 0};

static size_t length_at(const uint8_t *node)
{
    return node[2] | (size_t)node[3] << 8;
}

static int is_end(const uint8_t *node)
{
    return node[0] == end[0] && node[1] == end[1];
}

/* How many bytes of whole nodes there are. */
static size_t nodes_bytes(const uint8_t *data, size_t size)
{
    size_t bytes = 0;

    while (size - bytes >= sizeof(EFI_DEVICE_PATH) && !is_end(data + bytes) &&
           length_at(data + bytes) >= sizeof(EFI_DEVICE_PATH) &&
           length_at(data + bytes) <= size - bytes)
        bytes += length_at(data + bytes);
    return bytes;
}

static size_t units_of(const CHAR16 *text)
{
    return utf16_length(text, SIZE_MAX) + 1;
}

static void require_same_text(const CHAR16 *a, const CHAR16 *b)
{
    REQUIRE(a && b);
    REQUIRE(units_of(a) == units_of(b));
    REQUIRE(memcmp(a, b, units_of(a) * sizeof(CHAR16)) == 0);
}

/* Nothing in a text is for the terminal. */
static void require_printable(const CHAR16 *text)
{
    REQUIRE(text);
    for (; *text; text++)
        REQUIRE(*text >= 0x20 && (*text < 0x7f || *text >= 0xa0));
}

static void check_node(const uint8_t *bytes, struct device_path_style style)
{
    size_t length = length_at(bytes);
    uint8_t *node = malloc(length); /* so that a byte too far is seen */
    CHAR16 *text = device_path_node_to_text(memcpy(node, bytes, length), style);
    CHAR16 *shown = device_path_node_to_text((EFI_DEVICE_PATH *)node, display);
    EFI_DEVICE_PATH *back;
    CHAR16 *again;

    require_printable(text);
    require_printable(shown);
    if (text[0] != ',') {
        back = device_path_node_from_text(text);
        REQUIRE(back);
        again = device_path_node_to_text(back, style);
        require_same_text(text, again);
        /* Only what is behind a string's NUL may be lost. */
        if (length_at((uint8_t *)back) == length)
            REQUIRE(memcmp(back, node, length) == 0);
        REQUIRE(pool_free(again) == EFI_SUCCESS && pool_free(back) == EFI_SUCCESS);
    }
    REQUIRE(pool_free(text) == EFI_SUCCESS && pool_free(shown) == EFI_SUCCESS);
    free(node);
}

static void check_path(const EFI_DEVICE_PATH *path, struct device_path_style style)
{
    CHAR16 *text = device_path_to_text(path, style);
    EFI_DEVICE_PATH *back;
    CHAR16 *again;

    require_printable(text);
    back = device_path_from_text(text);
    REQUIRE(back && device_path_bytes(back));
    again = device_path_to_text(back, style);
    require_same_text(text, again);
    REQUIRE(pool_free(again) == EFI_SUCCESS && pool_free(back) == EFI_SUCCESS &&
            pool_free(text) == EFI_SUCCESS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int initialised;
    size_t bytes = nodes_bytes(data, size);
    uint8_t *path = malloc(bytes + sizeof(end));

    if (!initialised)
        fake_memory_init();
    initialised = 1;
    for (size_t offset = 0; offset < bytes; offset += length_at(data + offset))
        for (unsigned int shortcuts = 0; shortcuts < 2; shortcuts++)
            check_node(data + offset, (struct device_path_style){.shortcuts = shortcuts});
    memcpy(path, data, bytes);
    memcpy(path + bytes, end, sizeof(end));
    check_path((EFI_DEVICE_PATH *)path, (struct device_path_style){.shortcuts = true});
    check_path((EFI_DEVICE_PATH *)path, (struct device_path_style){0});
    free(path);
    REQUIRE(fake_memory_used_pages() == 0);
    return 0;
}
