/* EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL (UEFI 2.10 section 10.6.5): what people type. */
#include "shim/device_path/device_path_from_text.h"

#include <stdlib.h>
#include <string.h>

#include "shim/device_path/device_path.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define NODE(...)   (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})

struct typed_node {
    const CHAR16 *text;
    const uint8_t *node;
    size_t bytes;
};

static EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL *from_text;

static int start(void **state)
{
    static const EFI_GUID guid = EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL_GUID;
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    if (device_path_from_text_install(&handle) != EFI_SUCCESS)
        return 1;
    from_text = handle_get_interface(handle, &guid);
    return !from_text;
}

static void assert_nodes(const struct typed_node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        EFI_DEVICE_PATH *node = from_text->ConvertTextToDeviceNode(nodes[i].text);

        if (!node)
            fail_msg("case %zu: no node", i);
        assert_memory_equal(node, nodes[i].node, nodes[i].bytes);
        assert_int_equal(pool_free(node), EFI_SUCCESS);
    }
}

static void test_nothing_is_null(void **state)
{
    (void)state;
    assert_null(from_text->ConvertTextToDeviceNode(NULL));
    assert_null(from_text->ConvertTextToDevicePath(NULL));
}

static void test_text_without_a_node(void **state)
{
    static const uint8_t end[] = {0x7f, 0xff, 4, 0};

    (void)state;
    assert_null(from_text->ConvertTextToDeviceNode(u""));
    assert_null(from_text->ConvertTextToDeviceNode(u"/Pci(0,0)"));
    assert_memory_equal(from_text->ConvertTextToDevicePath(u""), end, sizeof(end));
    assert_memory_equal(from_text->ConvertTextToDevicePath(u"/"), end, sizeof(end));
}

static void test_numbers_in_either_base_with_blanks_around(void **state)
{
    const struct typed_node nodes[] = {
        {u"Pci(31,7)", NODE(1, 1, 6, 0, 7, 31)},
        {u"Pci( 0x1f , 0X07 )", NODE(1, 1, 6, 0, 7, 31)},
        {u"VenHw(33221100-5544-7766-8899-aabbccddeeff, 0aFf )",
         NODE(1, 4, 22, 0, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
              0xcc, 0xdd, 0xee, 0xff, 0x0a, 0xff)},
        {u"Acpi(pnp0a03,2)", NODE(2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 2, 0, 0, 0)},
        {u"Acpi(0xA0341D0,2)", NODE(2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 2, 0, 0, 0)},
        {u"I1394(0x1)", NODE(3, 4, 16, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)},
        {u"FibreEx(1,0x2)",
         NODE(3, 21, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2)},
    };

    (void)state;
    assert_nodes(nodes, COUNT(nodes));
}

static void test_missing_parameters_have_their_defaults(void **state)
{
    const struct typed_node nodes[] = {
        {u"PciRoot()", NODE(2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0, 0)},
        {u"AcpiExp(PNP0A03,,U)",
         NODE(2, 2, 20, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'U', 0, 0)},
        {u"AcpiEx(PNP0A03)",
         NODE(2, 2, 19, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)},
        {u"Sata(1,,2)", NODE(3, 18, 10, 0, 1, 0, 0xff, 0xff, 2, 0)},
        {u"UsbClass()", NODE(3, 15, 11, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)},
        {u"UsbHub(1,,2)", NODE(3, 15, 11, 0, 1, 0, 0xff, 0xff, 9, 2, 0xff)},
        {u"Uart()", NODE(3, 14, 19, 0, 0, 0, 0, 0, 0x00, 0xc2, 1, 0, 0, 0, 0, 0, 8, 0, 0)},
        {u"Uart(DEFAULT,,N)", NODE(3, 14, 19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 1, 0)},
        {u"MAC(525400123456)", NODE(3, 11, 37, 0, 0x52, 0x54, 0x00, 0x12, 0x34, 0x56, [36] = 0)},
        {u"IPv4(10.0.0.1)",
         NODE(3, 12, 27, 0, 0, 0, 0, 0, 10, 0, 0, 1, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)},
        {u"IPv6(::1,TCP)", NODE(3, 13, 60, 0, [35] = 1, [40] = 6, [59] = 0)},
        {u"iSCSI(t,1,2)",
         NODE(3, 19, 20, 0, 0, 0, 0x00, 0x08, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 't', 0)},
        {u"SasEx(1)", NODE(3, 22, 24, 0, 0, 0, 0, 0, 0, 0, 0, 1, [23] = 0)},
        {u"SasEx(1,2,3,SATA)",
         NODE(3, 22, 24, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0x11, 0, 3, 0)},
        {u"SasEx(1,2,3,SATA,1,3,256)",
         NODE(3, 22, 24, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0xf2, 0xff, 3, 0)},
        {u"HD(1,,33221100-5544-7766-8899-AABBCCDDEEFF)",
         NODE(4, 1, 42, 0, 1, 0, 0, 0, [24] = 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,
              0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 2, 2)},
        {u"HD(1,1,0x12345678,1,2)", NODE(4, 1, 42, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0,
                                         0, 0, 0, 0, 0, 0x78, 0x56, 0x34, 0x12, [40] = 1, 1)},
        {u"CDROM(,1,2)", NODE(4, 2, 24, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, [23] = 0)},
        {u"VirtualDisk(1,2)",
         NODE(4, 9, 38, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0x5a, 0x53, 0xab, 0x77,
              0xfc, 0x45, 0x4b, 0x62, 0x55, 0x60, 0xf7, 0xb2, 0x81, 0xd1, 0xf9, 0x6e, 0, 0)},
        {u"BBS(0x80,x)", NODE(5, 1, 10, 0, 0x80, 0, 0, 0, 'x', 0)},
        {u"SD()", NODE(3, 26, 5, 0, 0)},
        {u"UsbWwid(1,2,3,abc)", NODE(3, 16, 16, 0, 3, 0, 1, 0, 2, 0, 'a', 0, 'b', 0, 'c', 0)},
    };

    (void)state;
    assert_nodes(nodes, COUNT(nodes));
}

static void test_words_stand_for_integers(void **state)
{
    const struct typed_node nodes[] = {
        {u"Ata(0,1,2)", NODE(3, 1, 8, 0, 0, 1, 2, 0)},
        {u"UartFlowCtrl(2)", NODE(3, 10, 24, 0, 0x9d, 0x9a, 0x49, 0x37, 0x2f, 0x54, 0x89, 0x4c,
                                  0xa0, 0x26, 0x35, 0xda, 0x14, 0x20, 0x94, 0xe4, 2, 0, 0, 0)},
        {u"BBS(2,a,0)", NODE(5, 1, 10, 0, 2, 0, 0, 0, 'a', 0)},
        {u"Uart(1,1,5,255)", NODE(3, 14, 19, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 5, 255)},
    };

    (void)state;
    assert_nodes(nodes, COUNT(nodes));
}

/* "Conversion starts with the first character and continues until the first non-device node
 * character." */
static void test_node_ends_at_a_separator(void **state)
{
    const struct typed_node nodes[] = {
        {u"PcCard(1)/PcCard(2)", NODE(1, 2, 5, 0, 1)},
        {u"PcCard(1),PcCard(2)", NODE(1, 2, 5, 0, 1)},
        {u"a/b", NODE(4, 4, 8, 0, 'a', 0, 0, 0)},
    };

    (void)state;
    assert_nodes(nodes, COUNT(nodes));
}

static void test_anything_else_is_a_file(void **state)
{
    const struct typed_node nodes[] = {
        {u"a", NODE(4, 4, 8, 0, 'a', 0, 0, 0)},
        {u"\\\u00e9", NODE(4, 4, 10, 0, '\\', 0, 0xe9, 0, 0, 0)},
        {u"Pci", NODE(4, 4, 12, 0, 'P', 0, 'c', 0, 'i', 0, 0, 0)},
        {u"X(1)", NODE(4, 4, 14, 0, 'X', 0, '(', 0, '1', 0, ')', 0, 0, 0)},
        {u"(1)", NODE(4, 4, 12, 0, '(', 0, '1', 0, ')', 0, 0, 0)},
    };

    (void)state;
    assert_nodes(nodes, COUNT(nodes));
}

static void test_malformed_text_is_null(void **state)
{
    static const CHAR16 *const texts[] = {
        u"Pci()",
        u"Pci(1)",
        u"Pci(1,2,3)",
        u"Pci(1,2)x",
        u"Pci(1,2",
        u"Pci(1,2))",
        u"Pci(1,2)(3)",
        u"Pci(256,0)",
        u"Pci(-1,0)",
        u"Pci(a,0)",
        u"Pci(1 2,0)",
        u"Pci(0x,0)",
        u"VenHw()",
        u"VenHw(33221100-5544-7766-8899-AABBCCDDEEF)",
        u"VenHw(33221100-5544-7766-8899-AABBCCDDEEFF,0)",
        u"VenHw(33221100-5544-7766-8899-AABBCCDDEEFF,0g)",
        u"VenHw(33221100-5544-7766-8899-AABBCCDDEEFF,00,00)",
        u"VenPcAnsi(1)",
        u"Acpi(PNP0A0,0)",
        u"Acpi(PNP0A033,0)",
        u"Acpi(P1P0A03,0)",
        u"Acpi(,0)",
        u"AcpiExp(,0,U)",
        u"AcpiAdr()",
        u"AcpiAdr(1,)",
        u"AcpiAdr(1,,2)",
        u"Ata(Tertiary,Master,0)",
        u"MAC(5254001234,1)",
        u"MAC(52540012345678,1)",
        u"MAC()",
        u"IPv4(1.2.3)",
        u"IPv4(1.2.3.4,TCP,Static,1.2.3.4,1.2.3.4:80)",
        u"IPv4()",
        u"IPv6(1.2.3.4)",
        u"Uart(1,8,N,5)",
        u"Uart(1,8,1,1.5)",
        u"Uart(1,8,X,1)",
        u"Sata(1)",
        u"iSCSI(t)",
        u"iSCSI(t,1,0x10000000000000000)",
        u"SasEx(1,2,3,NoTopology,1)",
        u"SasEx(1,2,3,5,Internal)",
        u"SasEx(1,2,3,SAS,2)",
        u"SasEx(1,2,3,SAS,Internal,4)",
        u"SasEx(1,2,3,SAS,Internal,Direct,257)",
        u"NVMe(1,00-11-22-33-44-55-66)",
        u"NVMe(1,00-11-22-33-44-55-66-77-88)",
        u"NVMe(1,00-11-22-33-44-55-66-7)",
        u"NVMe(1)",
        u"Wi-Fi(0123456789abcdef0123456789abcdef0)",
        u"Uri(\u20ac)",
        u"Dns(1.2.3.4,::1)",
        u"Dns(1.2.3.4,)",
        u"HD(1,GPT,0x1234)",
        u"HD(1,MBR,33221100-5544-7766-8899-AABBCCDDEEFF)",
        u"HD(1,GPT)",
        u"HD(1,3,1)",
        u"CDROM(1)",
        u"Fv()",
        u"BBS()",
        u"HardwarePath()",
        u"HardwarePath(256)",
        u"HardwarePath(1,0)",
        u"Path(1)",
        u"Path(256,1)",
        u"a(b",
        u"a)b",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (from_text->ConvertTextToDeviceNode(texts[i]))
            fail_msg("case %zu is a node", i);
        if (from_text->ConvertTextToDevicePath(texts[i]))
            fail_msg("case %zu is a path", i);
    }
}

static void test_nothing_is_left_of_malformed_text(void **state)
{
    uint64_t used = fake_memory_used_pages();

    (void)state;
    assert_null(from_text->ConvertTextToDevicePath(u"PciRoot(0)/Pci(1,2)/Uart(1,8,X,1)"));
    assert_null(from_text->ConvertTextToDeviceNode(u"AcpiAdr(1,2,3,4,5,x)"));
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_slashes_may_come_first_last_and_twice(void **state)
{
    static const uint8_t path[] = {1, 2, 5, 0, 1, 1, 2, 5, 0, 2, 0x7f, 0xff, 4, 0};

    (void)state;
    assert_memory_equal(from_text->ConvertTextToDevicePath(u"/PcCard(1)//PcCard(2)/"), path,
                        sizeof(path));
}

/* edk2 has a slash behind the comma. */
static void test_slash_behind_a_comma(void **state)
{
    static const uint8_t path[] = {1, 2, 5, 0, 1, 0x7f, 1, 4, 0, 1, 2, 5, 0, 2, 0x7f, 0xff, 4, 0};

    (void)state;
    assert_memory_equal(from_text->ConvertTextToDevicePath(u"PcCard(1),/PcCard(2)"), path,
                        sizeof(path));
}

static void test_end_in_the_middle_of_a_path_is_null(void **state)
{
    (void)state;
    assert_null(from_text->ConvertTextToDevicePath(u"PcCard(1)/Path(127,255)/PcCard(2)"));
    assert_null(from_text->ConvertTextToDevicePath(u"Path(127,255,00)"));
    assert_non_null(from_text->ConvertTextToDeviceNode(u"Path(127,255)"));
}

static CHAR16 *long_text(size_t units, CHAR16 unit)
{
    CHAR16 *text = test_malloc((units + 1) * sizeof(CHAR16));

    for (size_t i = 0; i < units; i++)
        text[i] = unit;
    text[units] = 0;
    return text;
}

static void test_nodes_have_room_for_64_kib(void **state)
{
    CHAR16 *fits = long_text((0xffff - 4) / 2 - 1, 'x');
    CHAR16 *too_long = long_text((0xffff - 4) / 2, 'x');
    EFI_DEVICE_PATH *node = from_text->ConvertTextToDeviceNode(fits);

    (void)state;
    assert_non_null(node);
    assert_int_equal(node->Length[0] | node->Length[1] << 8, 0xfffe);
    assert_non_null(from_text->ConvertTextToDevicePath(fits));
    assert_null(from_text->ConvertTextToDeviceNode(too_long));
    assert_null(from_text->ConvertTextToDevicePath(too_long));
    test_free(fits);
    test_free(too_long);
}

/* The longest path is that of device_path_bytes(): what is longer could not be used. */
static void test_paths_have_room_for_64_kib(void **state)
{
    static const CHAR16 node[] = u"Path(1,1)/";
    size_t units = sizeof(node) / sizeof(node[0]) - 1;
    size_t count = DEVICE_PATH_BYTES_MAX / 4;
    CHAR16 *text = long_text((count + 1) * units, 0);
    EFI_DEVICE_PATH *path;

    (void)state;
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * units, node, sizeof(node));
    path = from_text->ConvertTextToDevicePath(text);
    assert_non_null(path);
    assert_int_equal(device_path_bytes(path), DEVICE_PATH_BYTES_MAX + 4);
    memcpy(text + count * units, node, sizeof(node));
    assert_null(from_text->ConvertTextToDevicePath(text));
    test_free(text);
}

static void test_endless_text_is_null(void **state)
{
    CHAR16 *text = long_text(DEVICE_PATH_BYTES_MAX * 8u, '/');

    (void)state;
    assert_null(from_text->ConvertTextToDevicePath(text));
    test_free(text);
}

static void test_no_path_without_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_null(from_text->ConvertTextToDevicePath(u""));
    assert_null(from_text->ConvertTextToDevicePath(u"PciRoot(0)"));
    assert_null(from_text->ConvertTextToDeviceNode(u"PciRoot(0)"));
    assert_null(from_text->ConvertTextToDeviceNode(u"file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nothing_is_null, start),
        cmocka_unit_test_setup(test_text_without_a_node, start),
        cmocka_unit_test_setup(test_numbers_in_either_base_with_blanks_around, start),
        cmocka_unit_test_setup(test_missing_parameters_have_their_defaults, start),
        cmocka_unit_test_setup(test_words_stand_for_integers, start),
        cmocka_unit_test_setup(test_node_ends_at_a_separator, start),
        cmocka_unit_test_setup(test_anything_else_is_a_file, start),
        cmocka_unit_test_setup(test_malformed_text_is_null, start),
        cmocka_unit_test_setup(test_nothing_is_left_of_malformed_text, start),
        cmocka_unit_test_setup(test_slashes_may_come_first_last_and_twice, start),
        cmocka_unit_test_setup(test_slash_behind_a_comma, start),
        cmocka_unit_test_setup(test_end_in_the_middle_of_a_path_is_null, start),
        cmocka_unit_test_setup(test_nodes_have_room_for_64_kib, start),
        cmocka_unit_test_setup(test_paths_have_room_for_64_kib, start),
        cmocka_unit_test_setup(test_endless_text_is_null, start),
        cmocka_unit_test_setup(test_no_path_without_memory, start),
    };

    return isolated_run(tests);
}
