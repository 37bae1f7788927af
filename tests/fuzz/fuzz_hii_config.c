/*
 * The input's bytes are a configuration string's characters: it goes into a block, and what the
 * block then holds comes out again. Block and string end where their memory does.
 */
#include "shim/hii/hii_config_block.h"

#include <stdlib.h>
#include <string.h>

#include "shim/hii/hii_config_element.h"
#include "shim/memory/pool.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/fake_memory.h"

#define BLOCK_BYTES 32u

static void check_elements(const CHAR16 *text, size_t length)
{
    while (text) {
        struct hii_config_element element;
        const CHAR16 *next;

        if (!hii_config_element_read(text, &element))
            return;
        REQUIRE(element.whole.text == text && element.whole.length <= length);
        REQUIRE(element.header.length <= element.whole.length);
        REQUIRE(element.body.text + element.body.length == text + element.whole.length);
        next = hii_config_element_next(&element);
        if (next)
            length -= (size_t)(next - text);
        text = next;
    }
}

static void check_block(const CHAR16 *text, size_t length)
{
    uint8_t *block = calloc(1, BLOCK_BYTES);
    size_t bytes = BLOCK_BYTES;
    const CHAR16 *progress = NULL;
    EFI_STATUS status = hii_config_to_block(text, block, &bytes, &progress);

    REQUIRE(progress >= text && progress <= text + length);
    REQUIRE(status != EFI_SUCCESS || bytes < BLOCK_BYTES);
    REQUIRE(status != EFI_BUFFER_TOO_SMALL || bytes > BLOCK_BYTES);
    free(block);
}

static void check_config(const CHAR16 *text, size_t length)
{
    uint8_t *block = calloc(1, BLOCK_BYTES);
    const CHAR16 *progress = NULL;
    CHAR16 *config = NULL;
    EFI_STATUS status = hii_config_from_block(text, block, BLOCK_BYTES, &config, &progress);

    REQUIRE(progress >= text && progress <= text + length);
    REQUIRE((status == EFI_SUCCESS) == (config != NULL));
    if (config)
        pool_free(config);
    REQUIRE(fake_memory_used_pages() == 0);
    free(block);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int initialised;
    CHAR16 *text = malloc((size + 1) * sizeof(*text));
    size_t length = 0;

    if (!initialised)
        fake_memory_init();
    initialised = 1;
    for (; length < size && data[length]; length++)
        text[length] = data[length];
    text[length] = 0;
    text = realloc(text, (length + 1) * sizeof(*text));
    check_elements(text, length);
    check_block(text, length);
    check_config(text, length);
    free(text);
    return 0;
}
