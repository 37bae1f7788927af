/*
 * The input's first byte is the operation, the second how many bytes each of the seven numbers of
 * Blt() has that follow; what then remains is in the buffer.
 */
#include "shim/console/blt.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/unit/blt_model.h"

#define BUFFER_BYTES_MAX 65536u

typedef unsigned __int128 wide;

static size_t next_number(const uint8_t **data, size_t *size, size_t bytes)
{
    size_t number = 0;

    for (size_t i = 0; i < bytes && *size; i++, (*size)--)
        number |= (size_t) * (*data)++ << (8 * i);
    return number;
}

static bool uses_buffer(const struct blt *blt)
{
    return blt->operation != EfiBltVideoToVideo;
}

/* Bytes of the buffer up to its last pixel. */
static wide buffer_bytes(const struct blt *blt)
{
    wide row_bytes = blt->delta_bytes ? blt->delta_bytes : (wide)blt->width * 4;
    bool out = blt->operation == EfiBltVideoToBltBuffer;
    size_t x = out ? blt->destination_x : blt->source_x;
    size_t y = out ? blt->destination_y : blt->source_y;

    if (blt->operation == EfiBltVideoFill)
        return 4;
    return ((wide)y + blt->height - 1) * row_bytes + ((wide)x + blt->width) * 4;
}

static bool is_valid(const struct blt *blt)
{
    bool from_screen =
        blt->operation == EfiBltVideoToBltBuffer || blt->operation == EfiBltVideoToVideo;
    bool to_screen = blt->operation != EfiBltVideoToBltBuffer;

    if ((unsigned int)blt->operation > EfiBltVideoToVideo || !blt->width || !blt->height)
        return false;
    if (from_screen && !blt_model_on_screen(blt->source_x, blt->source_y, blt->width, blt->height))
        return false;
    if (to_screen &&
        !blt_model_on_screen(blt->destination_x, blt->destination_y, blt->width, blt->height))
        return false;
    return !uses_buffer(blt) || (buffer_bytes(blt) <= SIZE_MAX / 2 &&
                                 buffer_bytes(blt) + (uintptr_t)blt->buffer <= SIZE_MAX);
}

/* Of exactly the bytes that may be used, so that one too many is seen. */
static void run(struct blt blt, const uint8_t *data, size_t size)
{
    uint32_t *screen = malloc(BLT_MODEL_PIXELS * sizeof(*screen));
    uint32_t expected_screen[BLT_MODEL_PIXELS];
    size_t bytes = uses_buffer(&blt) ? (size_t)buffer_bytes(&blt) : 0;
    uint8_t *buffer = calloc(1, bytes + 1);
    uint8_t *expected_buffer = calloc(1, bytes + 1);
    struct blt model = blt;

    for (size_t i = 0; i < BLT_MODEL_PIXELS; i++)
        screen[i] = (uint32_t)(i * 0x01030507u);
    memcpy(expected_screen, screen, sizeof(expected_screen));
    memcpy(buffer, data, size < bytes ? size : bytes);
    memcpy(expected_buffer, buffer, bytes);
    blt.buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)buffer;
    model.buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)expected_buffer;
    blt_run(&blt, (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)screen, BLT_MODEL_WIDTH);
    blt_model_run(&model, expected_screen);
    REQUIRE(memcmp(screen, expected_screen, sizeof(expected_screen)) == 0);
    REQUIRE(memcmp(buffer, expected_buffer, bytes + 1) == 0);
    free(expected_buffer);
    free(buffer);
    free(screen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t bytes = size > 1 ? data[1] % (sizeof(size_t) + 1) : 0;
    struct blt blt = {.buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)(uintptr_t)0x1000};
    bool valid;

    if (size < 2)
        return 0;
    blt.operation = (EFI_GRAPHICS_OUTPUT_BLT_OPERATION)(data[0] % 5);
    data += 2;
    size -= 2;
    blt.source_x = next_number(&data, &size, bytes);
    blt.source_y = next_number(&data, &size, bytes);
    blt.destination_x = next_number(&data, &size, bytes);
    blt.destination_y = next_number(&data, &size, bytes);
    blt.width = next_number(&data, &size, bytes);
    blt.height = next_number(&data, &size, bytes);
    blt.delta_bytes = next_number(&data, &size, bytes);
    valid = blt_is_valid(&blt, BLT_MODEL_WIDTH, BLT_MODEL_HEIGHT);
    REQUIRE(valid == is_valid(&blt));
    if (valid && (!uses_buffer(&blt) || buffer_bytes(&blt) <= BUFFER_BYTES_MAX))
        run(blt, data, size);
    return 0;
}
