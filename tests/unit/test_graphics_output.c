/* GraphicsOutput without a framebuffer (UEFI 2.10 section 12.9.2): modes, and where its memory
 * goes.
 */
#include "shim/console/graphics_output.h"

#include <string.h>

#include "shim/memory/page_alloc.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define WIDTH        800u
#define HEIGHT       600u
#define SCREEN_PAGES ((WIDTH * HEIGHT * 4 + 4095) / 4096)

static EFI_GRAPHICS_OUTPUT_PROTOCOL *gop;
static uint64_t used_at_first;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (graphics_output_install(&handle) != EFI_SUCCESS)
        return -1;
    gop = handle_get_interface(handle, &guid);
    used_at_first = fake_memory_used_pages();
    return !gop;
}

static EFI_STATUS fill(uint32_t colour, UINTN x, UINTN y, UINTN width, UINTN height)
{
    return gop->Blt(gop, (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)&colour, EfiBltVideoFill, 0, 0, x, y,
                    width, height, 0);
}

static uint32_t pixel(UINTN x, UINTN y)
{
    uint32_t colour = 0xdeadbeef;

    assert_int_equal(gop->Blt(gop, (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)&colour, EfiBltVideoToBltBuffer,
                              x, y, 0, 0, 1, 1, 0),
                     EFI_SUCCESS);
    return colour;
}

static void assert_information(const EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *information,
                               UINT32 width, UINT32 height)
{
    assert_int_equal(information->Version, 0);
    assert_int_equal(information->HorizontalResolution, width);
    assert_int_equal(information->VerticalResolution, height);
    assert_int_equal(information->PixelFormat, PixelBltOnly);
    assert_int_equal(information->PixelsPerScanLine, width);
}

static void test_mode_at_first(void **state)
{
    (void)state;
    assert_int_equal(gop->Mode->MaxMode, 2);
    assert_int_equal(gop->Mode->Mode, 0);
    assert_int_equal(gop->Mode->SizeOfInfo, sizeof(*gop->Mode->Info));
    assert_int_equal(gop->Mode->FrameBufferBase, 0);
    assert_int_equal(gop->Mode->FrameBufferSize, 0);
    assert_information(gop->Mode->Info, WIDTH, HEIGHT);
}

static void test_query_mode(void **state)
{
    static const UINT32 sizes[][2] = {{800, 600}, {1024, 768}};

    (void)state;
    for (UINT32 mode = 0; mode < gop->Mode->MaxMode; mode++) {
        EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *information = NULL;
        UINTN bytes = 0;

        assert_int_equal(gop->QueryMode(gop, mode, &bytes, &information), EFI_SUCCESS);
        assert_int_equal(bytes, sizeof(*information));
        assert_information(information, sizes[mode][0], sizes[mode][1]);
        assert_int_equal(pool_free(information), EFI_SUCCESS);
    }
    assert_int_equal(gop->Mode->Mode, 0);
}

static void test_errors_of_query_mode(void **state)
{
    EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *information;
    UINTN bytes;

    (void)state;
    assert_int_equal(gop->QueryMode(gop, 2, &bytes, &information), EFI_INVALID_PARAMETER);
    assert_int_equal(gop->QueryMode(gop, UINT32_MAX, &bytes, &information), EFI_INVALID_PARAMETER);
    assert_int_equal(gop->QueryMode(gop, 0, NULL, &information), EFI_INVALID_PARAMETER);
    assert_int_equal(gop->QueryMode(gop, 0, &bytes, NULL), EFI_INVALID_PARAMETER);
    fake_memory_exhaust();
    assert_int_equal(gop->QueryMode(gop, 0, &bytes, &information), EFI_OUT_OF_RESOURCES);
}

static void test_set_mode(void **state)
{
    (void)state;
    assert_int_equal(gop->SetMode(gop, 1), EFI_SUCCESS);
    assert_int_equal(gop->Mode->Mode, 1);
    assert_information(gop->Mode->Info, 1024, 768);
    assert_int_equal(fill(1, 1023, 767, 1, 1), EFI_SUCCESS);
    assert_int_equal(gop->SetMode(gop, 2), EFI_UNSUPPORTED);
    assert_int_equal(gop->Mode->Mode, 1);
    assert_int_equal(pixel(1023, 767), 1);
}

static void test_no_memory_before_the_first_drawing(void **state)
{
    EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *information;
    UINTN bytes;

    (void)state;
    gop->QueryMode(gop, 1, &bytes, &information);
    pool_free(information);
    gop->SetMode(gop, 1);
    gop->SetMode(gop, 0);
    assert_int_equal(fill(1, 0, 0, WIDTH + 1, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(fake_memory_used_pages(), used_at_first);
    assert_int_equal(fill(1, 0, 0, WIDTH, HEIGHT), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), used_at_first + SCREEN_PAGES);
    assert_int_equal(fill(2, 0, 0, WIDTH, HEIGHT), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), used_at_first + SCREEN_PAGES);
}

static uint64_t boot_services_data_pages(void)
{
    uint64_t pages = 0;

    for (uint64_t address = FAKE_MEMORY_START; address < FAKE_MEMORY_END; address += 4096) {
        uint32_t type;

        pages += page_alloc_type_at(address, &type) && type == EfiBootServicesData;
    }
    return pages;
}

static void test_memory_is_not_the_systems_to_keep(void **state)
{
    uint64_t before = boot_services_data_pages();

    (void)state;
    assert_int_equal(fill(1, 0, 0, 1, 1), EFI_SUCCESS);
    assert_int_equal(boot_services_data_pages(), before + SCREEN_PAGES);
}

static void test_set_mode_gives_the_memory_back(void **state)
{
    (void)state;
    assert_int_equal(fill(1, 0, 0, 1, 1), EFI_SUCCESS);
    assert_int_equal(gop->SetMode(gop, 1), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), used_at_first);
}

static void test_screen_is_black_after_set_mode(void **state)
{
    (void)state;
    assert_int_equal(pixel(0, 0), 0);
    assert_int_equal(pixel(WIDTH - 1, HEIGHT - 1), 0);
    assert_int_equal(fill(0xffffffff, 0, 0, WIDTH, HEIGHT), EFI_SUCCESS);
    assert_int_equal(pixel(WIDTH - 1, HEIGHT - 1), 0xffffffff);
    assert_int_equal(gop->SetMode(gop, 0), EFI_SUCCESS);
    assert_int_equal(pixel(0, 0), 0);
    assert_int_equal(pixel(WIDTH - 1, HEIGHT - 1), 0);
}

static void test_blt_without_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(fill(1, 0, 0, 1, 1), EFI_DEVICE_ERROR);
}

static void test_all_parameters_of_blt_arrive(void **state)
{
    uint32_t in[] = {10, 11, 12, 13, 20, 21, 22, 23};
    uint32_t out[9] = {0};

    (void)state;
    assert_int_equal(gop->Blt(gop, (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)in, EfiBltBufferToVideo, 1, 0,
                              100, 200, 2, 2, 16),
                     EFI_SUCCESS);
    assert_int_equal(pixel(100, 200), 11);
    assert_int_equal(pixel(101, 201), 22);
    assert_int_equal(gop->Blt(gop, NULL, EfiBltVideoToVideo, 100, 200, 798, 598, 2, 2, 0),
                     EFI_SUCCESS);
    assert_int_equal(gop->Blt(gop, (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)out, EfiBltVideoToBltBuffer,
                              798, 598, 1, 1, 2, 2, 12),
                     EFI_SUCCESS);
    assert_memory_equal(out, ((uint32_t[]){0, 0, 0, 0, 11, 12, 0, 21, 22}), sizeof(out));
}

static void test_errors_of_blt(void **state)
{
    uint32_t colour = 1;
    EFI_GRAPHICS_OUTPUT_BLT_PIXEL *buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)&colour;

    (void)state;
    assert_int_equal(gop->Blt(gop, buffer, EfiGraphicsOutputBltOperationMax, 0, 0, 0, 0, 1, 1, 0),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(gop->Blt(gop, NULL, EfiBltVideoFill, 0, 0, 0, 0, 1, 1, 0),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(fill(1, WIDTH, 0, 1, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(fill(1, 0, HEIGHT - 1, 1, 2), EFI_INVALID_PARAMETER);
    assert_int_equal(fill(1, 0, 0, 0, 1), EFI_INVALID_PARAMETER);
    assert_int_equal(fill(1, UINT64_MAX, 0, 2, 1), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_mode_at_first, start),
        cmocka_unit_test_setup(test_query_mode, start),
        cmocka_unit_test_setup(test_errors_of_query_mode, start),
        cmocka_unit_test_setup(test_set_mode, start),
        cmocka_unit_test_setup(test_no_memory_before_the_first_drawing, start),
        cmocka_unit_test_setup(test_memory_is_not_the_systems_to_keep, start),
        cmocka_unit_test_setup(test_set_mode_gives_the_memory_back, start),
        cmocka_unit_test_setup(test_screen_is_black_after_set_mode, start),
        cmocka_unit_test_setup(test_blt_without_memory, start),
        cmocka_unit_test_setup(test_all_parameters_of_blt_arrive, start),
        cmocka_unit_test_setup(test_errors_of_blt, start),
    };

    return isolated_run(tests);
}
