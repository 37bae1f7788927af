/* EFI_DEVICE_PATH_TO_TEXT_PROTOCOL (UEFI 2.10 section 10.6.2), and paths that nobody expects. */
#include "shim/device_path/device_path_to_text.h"

#include <stdlib.h>
#include <string.h>

#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/device_path_samples.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define NODE(...)   (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})

struct strange_node {
    const uint8_t *node;
    size_t bytes;
    const char *text;
    const char *display;
};

static EFI_DEVICE_PATH_TO_TEXT_PROTOCOL *to_text;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_DEVICE_PATH_TO_TEXT_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (device_path_to_text_install(&handle) != EFI_SUCCESS)
        return 1;
    to_text = handle_get_interface(handle, &guid);
    return !to_text;
}

static bool text_is(const CHAR16 *text, const char *expected)
{
    size_t length = strlen(expected);

    for (size_t i = 0; i <= length; i++)
        if (text[i] != (unsigned char)expected[i])
            return false;
    return true;
}

static void assert_text(CHAR16 *text, const char *expected)
{
    if (!text || !text_is(text, expected))
        fail_msg("not \"%s\"", expected);
    assert_int_equal(pool_free(text), EFI_SUCCESS);
}

static EFI_DEVICE_PATH *copy_of(const uint8_t *node, size_t bytes)
{
    return memcpy(test_malloc(bytes), node, bytes);
}

static void assert_node(const struct strange_node *strange)
{
    EFI_DEVICE_PATH *node = copy_of(strange->node, strange->bytes);

    assert_text(to_text->ConvertDeviceNodeToText(node, FALSE, TRUE), strange->text);
    assert_text(to_text->ConvertDeviceNodeToText(node, TRUE, TRUE),
                strange->display ? strange->display : strange->text);
    test_free(node);
}

static void test_nothing_is_null(void **state)
{
    (void)state;
    assert_null(to_text->ConvertDeviceNodeToText(NULL, FALSE, FALSE));
    assert_null(to_text->ConvertDevicePathToText(NULL, FALSE, FALSE));
}

static void test_end_nodes(void **state)
{
    const struct strange_node nodes[] = {
        {NODE(0x7f, 1, 4, 0), ",", NULL},
        {NODE(0x7f, 0xff, 4, 0), "Path(127,255)", NULL},
        {NODE(0x7f, 2, 4, 0), "Path(127,2)", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(nodes); i++)
        assert_node(&nodes[i]);
}

static void test_node_shorter_than_its_header_is_null(void **state)
{
    (void)state;
    for (uint8_t length = 0; length < 4; length++) {
        const EFI_DEVICE_PATH node = {1, 1, {length, 0}};

        assert_null(to_text->ConvertDeviceNodeToText(&node, FALSE, FALSE));
    }
}

/* Nothing is looked at that is not the node's. */
static void test_every_node_cut_to_every_length(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_path_sample_count; i++) {
        for (size_t bytes = 4; bytes <= device_path_samples[i].bytes; bytes++) {
            EFI_DEVICE_PATH *node = copy_of(device_path_samples[i].node, bytes);

            node->Length[0] = (uint8_t)bytes;
            for (unsigned int style = 0; style < 4; style++) {
                CHAR16 *text = to_text->ConvertDeviceNodeToText(node, style & 1, style & 2);

                assert_non_null(text);
                assert_int_equal(pool_free(text), EFI_SUCCESS);
            }
            test_free(node);
        }
    }
}

static void test_node_of_another_length_is_written_byte_by_byte(void **state)
{
    const struct strange_node nodes[] = {
        {NODE(1, 1, 5, 0, 1), "HardwarePath(1,01)", NULL},
        {NODE(1, 1, 7, 0, 1, 2, 3), "HardwarePath(1,010203)", NULL},
        {NODE(1, 4, 19, 0, [18] = 0), "HardwarePath(4,000000000000000000000000000000)", NULL},
        {NODE(2, 1, 11, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0), "AcpiPath(1,D041030A000000)", NULL},
        {NODE(2, 3, 11, 0, 1, 2, 3, 4, 5, 6, 7), "AcpiPath(3,01020304050607)", NULL},
        {NODE(3, 16, 11, 0, 0, 0, 0, 0, 0, 0, 'a'), "Msg(16,00000000000061)", NULL},
        {NODE(3, 31, 7, 0, 0, 1, 2), "Msg(31,000102)", NULL},
        {NODE(4, 4, 5, 0, 'a'), "MediaPath(4,61)", NULL},
        {NODE(0x7f, 1, 5, 0, 0), "Path(127,1,00)", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(nodes); i++)
        assert_node(&nodes[i]);
}

static void test_longest_node(void **state)
{
    uint8_t *node = test_calloc(1, 0xffff);
    CHAR16 *text;

    (void)state;
    node[0] = 1;
    node[1] = 9;
    node[2] = 0xff;
    node[3] = 0xff;
    node[0xfffe] = 0xab;
    text = to_text->ConvertDeviceNodeToText((EFI_DEVICE_PATH *)node, FALSE, FALSE);
    assert_non_null(text);
    assert_true(text_is(text + 15 + 2 * (0xffff - 4 - 1), "AB)"));
    test_free(node);
}

static void test_what_a_form_has_no_words_for(void **state)
{
    const struct strange_node nodes[] = {
        /* reserved bits and bytes that are in use */
        {NODE(3, 3, 24, 0, 1, [23] = 0), "Msg(3,0100000000000000000000000000000000000000)", NULL},
        {NODE(3, 19, 20, 0, 0, 0, 0x10, 0, [18] = 't', 0),
         "Msg(19,00001000000000000000000000007400)", NULL},
        /* an address of another kind in a list of IPv4 */
        {NODE(3, 31, 21, 0, 0, 1, 2, 3, 4, 5, [20] = 0),
         "Msg(31,0001020304050000000000000000000000)", NULL},
        {NODE(3, 31, 5, 0, 2), "Msg(31,02)", NULL},
        {NODE(3, 31, 5, 0, 1), "Msg(31,01)", NULL}, /* Dns() is of IPv4 */
        /* a name with something behind it in a field of its own size */
        {NODE(3, 28, 36, 0, 'a', 0, 'b', [35] = 0),
         "Msg(28,6100620000000000000000000000000000000000000000000000000000000000)", NULL},
        /* both types of a partition that do not belong together */
        {NODE(4, 1, 42, 0, [40] = 1, 2),
         "MediaPath(1,000000000000000000000000000000000000000000000000000000000000000000000000"
         "0102)",
         NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(nodes); i++)
        assert_node(&nodes[i]);
}

static void test_strings_end_at_their_nul_or_at_the_node(void **state)
{
    const struct strange_node nodes[] = {
        {NODE(3, 24, 6, 0, 'a', 0), "Uri(a)", NULL},
        {NODE(3, 24, 8, 0, 'a', 0, 'b', 'c'), "Uri(a)", NULL},
        {NODE(3, 16, 14, 0, 0, 0, 0, 0, 0, 0, 'a', 0, 0, 0), "UsbWwid(0x0,0x0,0x0,\"a\")", NULL},
        {NODE(3, 19, 19, 0, [18] = 't'), "iSCSI(t,0x0,0x0000000000000000,None,None,CHAP_BI,TCP)",
         NULL},
        {NODE(4, 4, 6, 0, 'a', 0), "a", NULL},
        {NODE(4, 4, 12, 0, 'a', 0, 0, 0, 'b', 0, 0, 0), "a", NULL},
        {NODE(5, 1, 9, 0, 1, 0, 0, 0, 'x'), "BBS(Floppy,x,0x0)", "BBS(Floppy,x)"},
        {NODE(2, 2, 16, 0, [15] = 0), "AcpiEx(0,0,0x0,,,)", "AcpiEx(0,0,0x0)"},
        {NODE(2, 2, 18, 0, [16] = 'h', 'i'), "AcpiEx(0,0,0x0,hi,,)", "AcpiEx(hi,0,0x0)"},
        {NODE(2, 2, 20, 0, [16] = 0, 'u', 0, 'c'), "AcpiEx(0,0,0x0,,c,u)", "AcpiEx(0,c,u)"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(nodes); i++)
        assert_node(&nodes[i]);
}

/* What could not be read again, or would change what a terminal shows. */
static void test_strings_with_strange_characters(void **state)
{
    const struct strange_node nodes[] = {
        {NODE(3, 24, 6, 0, 0x1b, 'c'), "Msg(24,1B63)", "Uri(?c)"},
        {NODE(3, 24, 5, 0, 0x9b), "Msg(24,9B)", "Uri(?)"},
        {NODE(3, 24, 5, 0, ')'), "Msg(24,29)", "Uri())"},
        {NODE(3, 24, 6, 0, ')', '('), "Msg(24,2928)", "Uri()()"},
        {NODE(3, 19, 21, 0, [18] = 'a', ',', 'b'), "Msg(19,0000000000000000000000000000612C62)",
         "iSCSI(a,b,0x0,0x0000000000000000,None,None,CHAP_BI,TCP)"},
        {NODE(4, 4, 4, 0), "MediaPath(4)", ""},
        {NODE(4, 4, 6, 0, 0, 0), "MediaPath(4,0000)", ""},
        {NODE(4, 4, 10, 0, 'a', 0, '/', 0, 0, 0), "MediaPath(4,61002F000000)", "a/"},
        {NODE(4, 4, 10, 0, ',', 0, 'b', 0, 0, 0), "MediaPath(4,2C0062000000)", ",b"},
        {NODE(4, 4, 10, 0, '(', 0, 'b', 0, 0, 0), "MediaPath(4,280062000000)", "(b"},
        {NODE(4, 4, 8, 0, '\n', 0, 0, 0), "MediaPath(4,0A000000)", "?"},
        {NODE(4, 4, 16, 0, 'H', 0, 'D', 0, '(', 0, '1', 0, ')', 0, 0, 0),
         "MediaPath(4,480044002800310029000000)", "HD(1)"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(nodes); i++)
        assert_node(&nodes[i]);
}

static void test_malformed_paths_are_null(void **state)
{
    uint8_t path[] = {1, 1, 6, 0, 1, 2, 1, 1, 3, 0, 1, 2, 0x7f, 0xff, 4, 0};

    (void)state;
    assert_null(to_text->ConvertDevicePathToText((EFI_DEVICE_PATH *)path, FALSE, FALSE));
    path[8] = 6;
    assert_text(to_text->ConvertDevicePathToText((EFI_DEVICE_PATH *)path, FALSE, FALSE),
                "Pci(0x2,0x1)/Pci(0x2,0x1)");
}

static void test_path_without_an_end_is_null(void **state)
{
    uint8_t *path = test_malloc(DEVICE_PATH_BYTES_MAX + 4);

    (void)state;
    for (size_t i = 0; i < DEVICE_PATH_BYTES_MAX + 4; i += 4)
        memcpy(path + i, (const uint8_t[]){1, 99, 4, 0}, 4);
    assert_null(to_text->ConvertDevicePathToText((EFI_DEVICE_PATH *)path, FALSE, FALSE));
    test_free(path);
}

static void test_longest_path(void **state)
{
    uint8_t *path = test_malloc(DEVICE_PATH_BYTES_MAX + 4);
    CHAR16 *text;
    size_t length = 0;

    (void)state;
    for (size_t i = 0; i < DEVICE_PATH_BYTES_MAX; i += 4)
        memcpy(path + i, (const uint8_t[]){1, 255, 4, 0}, 4);
    memcpy(path + DEVICE_PATH_BYTES_MAX, (const uint8_t[]){0x7f, 255, 4, 0}, 4);
    text = to_text->ConvertDevicePathToText((EFI_DEVICE_PATH *)path, FALSE, FALSE);
    assert_non_null(text);
    while (text[length])
        length++;
    assert_int_equal(length, DEVICE_PATH_BYTES_MAX / 4 * strlen("HardwarePath(255)/") - 1);
    test_free(path);
}

static void test_no_text_without_memory(void **state)
{
    static const EFI_DEVICE_PATH end = {0x7f, 0xff, {4, 0}};
    static const uint8_t path[] = {1, 2, 5, 0, 7, 0x7f, 0xff, 4, 0};

    (void)state;
    fake_memory_exhaust();
    assert_null(to_text->ConvertDevicePathToText(&end, FALSE, FALSE));
    assert_null(to_text->ConvertDevicePathToText((const EFI_DEVICE_PATH *)path, FALSE, FALSE));
    assert_null(to_text->ConvertDeviceNodeToText((const EFI_DEVICE_PATH *)path, FALSE, FALSE));
    for (size_t i = 0; i < device_path_sample_count; i++)
        assert_null(to_text->ConvertDeviceNodeToText(
            (const EFI_DEVICE_PATH *)device_path_samples[i].node, FALSE, TRUE));
}

static void test_second_installation_is_refused(void **state)
{
    EFI_HANDLE handle = NULL;

    (void)state;
    assert_int_equal(device_path_to_text_install(&handle), EFI_SUCCESS);
    assert_int_equal(device_path_to_text_install(&handle), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nothing_is_null, start),
        cmocka_unit_test_setup(test_end_nodes, start),
        cmocka_unit_test_setup(test_node_shorter_than_its_header_is_null, start),
        cmocka_unit_test_setup(test_every_node_cut_to_every_length, start),
        cmocka_unit_test_setup(test_node_of_another_length_is_written_byte_by_byte, start),
        cmocka_unit_test_setup(test_longest_node, start),
        cmocka_unit_test_setup(test_what_a_form_has_no_words_for, start),
        cmocka_unit_test_setup(test_strings_end_at_their_nul_or_at_the_node, start),
        cmocka_unit_test_setup(test_strings_with_strange_characters, start),
        cmocka_unit_test_setup(test_malformed_paths_are_null, start),
        cmocka_unit_test_setup(test_path_without_an_end_is_null, start),
        cmocka_unit_test_setup(test_longest_path, start),
        cmocka_unit_test_setup(test_no_text_without_memory, start),
        cmocka_unit_test_setup(test_second_installation_is_refused, start),
    };

    return isolated_run(tests);
}
