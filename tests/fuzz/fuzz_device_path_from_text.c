/*
 * The input is text in UTF-8. What is read from it must be a well-formed path whose text is read
 * again as something that looks the same.
 */
#include "shim/device_path/device_path_text.h"

#include <stdlib.h>
#include <string.h>

#include "loader/utf16.h"
#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/fake_memory.h"

static const struct device_path_style shortcuts = {.shortcuts = true};

/* On the heap, as long as it is. */
static CHAR16 *text_of(const uint8_t *data, size_t size)
{
    char *utf8 = strndup((const char *)data, size);
    size_t units = utf16_from_utf8(utf8, NULL, 0);
    CHAR16 *text = malloc(units * sizeof(CHAR16));

    utf16_from_utf8(utf8, text, units);
    free(utf8);
    return text;
}

static size_t node_length(const EFI_DEVICE_PATH *node)
{
    return node->Length[0] | (size_t)node->Length[1] << 8;
}

static void require_same_text(const CHAR16 *a, const CHAR16 *b)
{
    size_t units = utf16_length(a, SIZE_MAX) + 1;

    REQUIRE(utf16_length(b, SIZE_MAX) + 1 == units);
    REQUIRE(memcmp(a, b, units * sizeof(CHAR16)) == 0);
}

static void check_path(const CHAR16 *text)
{
    EFI_DEVICE_PATH *path = device_path_from_text(text);
    CHAR16 *written;
    EFI_DEVICE_PATH *again;
    CHAR16 *rewritten;

    if (!path)
        return;
    REQUIRE(device_path_bytes(path) >= sizeof(*path));
    written = device_path_to_text(path, shortcuts);
    REQUIRE(written);
    again = device_path_from_text(written);
    REQUIRE(again);
    rewritten = device_path_to_text(again, shortcuts);
    require_same_text(written, rewritten);
    REQUIRE(pool_free(rewritten) == EFI_SUCCESS && pool_free(again) == EFI_SUCCESS &&
            pool_free(written) == EFI_SUCCESS && pool_free(path) == EFI_SUCCESS);
}

/* Only a node that was given byte by byte may lose something: what is behind a string's NUL. */
static void check_node(const CHAR16 *text)
{
    EFI_DEVICE_PATH *node = device_path_node_from_text(text);
    CHAR16 *written;
    EFI_DEVICE_PATH *again;

    if (!node)
        return;
    REQUIRE(node_length(node) >= sizeof(*node));
    written = device_path_node_to_text(node, shortcuts);
    REQUIRE(written);
    again = written[0] == ',' ? NULL : device_path_node_from_text(written);
    REQUIRE(again || written[0] == ',');
    if (again && node_length(again) == node_length(node))
        REQUIRE(memcmp(again, node, node_length(node)) == 0);
    if (again)
        REQUIRE(pool_free(again) == EFI_SUCCESS);
    REQUIRE(pool_free(written) == EFI_SUCCESS && pool_free(node) == EFI_SUCCESS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int initialised;
    CHAR16 *text = text_of(data, size);

    if (!initialised)
        fake_memory_init();
    initialised = 1;
    check_path(text);
    check_node(text);
    free(text);
    REQUIRE(fake_memory_used_pages() == 0);
    return 0;
}
