/* Every kind of node as text and back: UEFI 2.10 section 10.6.1.6. */
#include "shim/device_path/device_path_text.h"

#include <stdio.h>
#include <string.h>

#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "tests/unit/device_path_samples.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define TEXT_MAX 512

static const struct device_path_style shortcuts = {.shortcuts = true};
static const struct device_path_style display = {.display = true, .shortcuts = true};
static const struct device_path_style plain = {0};

static const uint8_t end[] = {0x7f, 0xff, 4, 0};

/* The pool's text as ASCII, which all of the samples are. */
static const char *ascii_of(CHAR16 *text)
{
    static char ascii[TEXT_MAX];
    size_t length = 0;

    assert_non_null(text);
    for (; text[length]; length++) {
        assert_true(length < sizeof(ascii) - 1 && text[length] < 0x7f);
        ascii[length] = (char)text[length];
    }
    ascii[length] = '\0';
    assert_int_equal(pool_free(text), EFI_SUCCESS);
    return ascii;
}

static const CHAR16 *utf16_of(const char *ascii)
{
    static CHAR16 text[TEXT_MAX];

    for (size_t i = 0; i <= strlen(ascii); i++)
        text[i] = (unsigned char)ascii[i];
    return text;
}

/* On the heap, with nothing behind it. */
static EFI_DEVICE_PATH *node_of(const struct device_path_sample *sample)
{
    return memcpy(test_malloc(sample->bytes), sample->node, sample->bytes);
}

static void assert_node_text(const struct device_path_sample *sample,
                             struct device_path_style style, const char *expected)
{
    EFI_DEVICE_PATH *node = node_of(sample);

    assert_string_equal(ascii_of(device_path_node_to_text(node, style)), expected);
    test_free(node);
}

static void test_samples_are_as_long_as_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++) {
        const struct device_path_sample *sample = &device_path_samples[i];

        assert_int_equal(sample->node[2] | sample->node[3] << 8, sample->bytes);
    }
}

static void test_nodes_become_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++)
        assert_node_text(&device_path_samples[i], shortcuts, device_path_samples[i].text);
}

static void test_nodes_become_text_for_display(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++) {
        const struct device_path_sample *sample = &device_path_samples[i];

        assert_node_text(sample, display, sample->display ? sample->display : sample->text);
    }
}

static void test_nodes_become_text_without_shortcuts(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++) {
        const struct device_path_sample *sample = &device_path_samples[i];

        assert_node_text(sample, plain, sample->no_shortcuts ? sample->no_shortcuts : sample->text);
    }
}

static void assert_read(const char *text, const struct device_path_sample *sample)
{
    EFI_DEVICE_PATH *node = device_path_node_from_text(utf16_of(text));

    if (!node)
        fail_msg("no node: %s", text);
    assert_memory_equal(node, sample->node, sample->bytes);
    assert_int_equal(pool_free(node), EFI_SUCCESS);
}

static void test_text_becomes_the_node_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++) {
        const struct device_path_sample *sample = &device_path_samples[i];

        assert_read(sample->text, sample);
        if (sample->no_shortcuts)
            assert_read(sample->no_shortcuts, sample);
    }
    assert_int_equal(fake_memory_used_pages(), 0);
}

/* All samples in one path, and each alone between two others. */
static void test_paths_there_and_back(void **state)
{
    static uint8_t path[DEVICE_PATH_BYTES_MAX];
    size_t bytes = 0;
    CHAR16 *text;
    EFI_DEVICE_PATH *back;

    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++) {
        memcpy(path + bytes, device_path_samples[i].node, device_path_samples[i].bytes);
        bytes += device_path_samples[i].bytes;
    }
    memcpy(path + bytes, end, sizeof(end));
    bytes += sizeof(end);
    text = device_path_to_text((EFI_DEVICE_PATH *)path, shortcuts);
    back = device_path_from_text(text);
    assert_int_equal(device_path_bytes(back), bytes);
    assert_memory_equal(back, path, bytes);
}

static void test_text_is_the_nodes_between_slashes(void **state)
{
    static const uint8_t path[] = {2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 0,    0, 0,
                                   0, 1, 1,  6, 0,    2,    0x1f, 0x7f, 0xff, 4, 0};

    (void)state;
    assert_string_equal(ascii_of(device_path_to_text((const EFI_DEVICE_PATH *)path, plain)),
                        "PciRoot(0x0)/Pci(0x1F,0x2)");
}

static void test_instances_are_between_commas(void **state)
{
    static const uint8_t path[] = {1, 1, 6, 0, 1,    2, 0x7f, 1, 4, 0, 1, 1, 6, 0,    3,    4, 3, 5,
                                   6, 0, 5, 6, 0x7f, 1, 4,    0, 1, 2, 5, 0, 7, 0x7f, 0xff, 4, 0};
    static const char *const text = "Pci(0x2,0x1),Pci(0x4,0x3)/USB(0x5,0x6),PcCard(0x7)";

    (void)state;
    assert_string_equal(ascii_of(device_path_to_text((const EFI_DEVICE_PATH *)path, plain)), text);
    assert_memory_equal(device_path_from_text(utf16_of(text)), path, sizeof(path));
}

static void test_empty_instances_survive(void **state)
{
    static const uint8_t path[] = {0x7f, 1, 4,    0, 0x7f, 1, 4,    0,    1, 2, 5,
                                   0,    7, 0x7f, 1, 4,    0, 0x7f, 0xff, 4, 0};

    (void)state;
    assert_string_equal(ascii_of(device_path_to_text((const EFI_DEVICE_PATH *)path, plain)),
                        ",,PcCard(0x7),");
    assert_memory_equal(device_path_from_text(u",,PcCard(0x7),"), path, sizeof(path));
}

static void test_empty_path_is_empty_text(void **state)
{
    EFI_DEVICE_PATH *path = device_path_from_text(u"");

    (void)state;
    assert_memory_equal(path, end, sizeof(end));
    assert_string_equal(ascii_of(device_path_to_text(path, plain)), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples_are_as_long_as_they_say),
        cmocka_unit_test_setup(test_nodes_become_text, fake_memory_setup),
        cmocka_unit_test_setup(test_nodes_become_text_for_display, fake_memory_setup),
        cmocka_unit_test_setup(test_nodes_become_text_without_shortcuts, fake_memory_setup),
        cmocka_unit_test_setup(test_text_becomes_the_node_again, fake_memory_setup),
        cmocka_unit_test_setup(test_paths_there_and_back, fake_memory_setup),
        cmocka_unit_test_setup(test_text_is_the_nodes_between_slashes, fake_memory_setup),
        cmocka_unit_test_setup(test_instances_are_between_commas, fake_memory_setup),
        cmocka_unit_test_setup(test_empty_instances_survive, fake_memory_setup),
        cmocka_unit_test_setup(test_empty_path_is_empty_text, fake_memory_setup),
    };

    return isolated_run(tests);
}
