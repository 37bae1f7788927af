/* IP addresses as text: RFC 4291 section 2.2, UEFI 2.10 section 10.6.1.5. */
#include "shim/device_path/ip_text.h"

#include <stdlib.h>
#include <string.h>

#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct v4_case {
    const char *text;
    uint8_t address[4];
    uint16_t port;
};

struct v6_case {
    const char *text;
    uint16_t group[8];
    uint16_t port;
};

static struct text_slice slice_of(const char *ascii)
{
    size_t length = strlen(ascii);
    CHAR16 *text = test_malloc(length * sizeof(CHAR16));

    for (size_t i = 0; i < length; i++)
        text[i] = (unsigned char)ascii[i];
    return (struct text_slice){.text = text, .length = length};
}

static void release(struct text_slice slice)
{
    CHAR16 *text;

    memcpy(&text, &slice.text, sizeof(text));
    test_free(text);
}

static void test_ipv4_is_read(void **state)
{
    static const struct v4_case cases[] = {
        {"0.0.0.0", {0, 0, 0, 0}, 0},
        {"192.168.0.1", {192, 168, 0, 1}, 0},
        {"255.255.255.255:65535", {255, 255, 255, 255}, 65535},
        {"10.0.0.1:80", {10, 0, 0, 1}, 80},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text_slice text = slice_of(cases[i].text);
        EFI_IPv4_ADDRESS address;
        uint16_t port;

        assert_true(ip_text_read_v4(text, &address, &port));
        assert_memory_equal(address.Addr, cases[i].address, 4);
        assert_int_equal(port, cases[i].port);
        release(text);
    }
}

static void test_what_is_no_ipv4(void **state)
{
    static const char *const texts[] = {
        "",          ".",           "1",         "1.2.3",    "1.2.3.4.5", "1.2.3.",
        "1..2.3",    ".1.2.3",      "256.1.1.1", "1.2.3.a",  "1.2.3.4:",  "1.2.3.4:65536",
        "1.2.3.4:x", "1.2.3.4:1:2", "1.2.3.4 ",  "1.2.3.-4", ":1",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct text_slice text = slice_of(texts[i]);
        EFI_IPv4_ADDRESS address;
        uint16_t port;

        assert_false(ip_text_read_v4(text, &address, &port));
        release(text);
    }
}

static void test_ipv6_is_read(void **state)
{
    static const struct v6_case cases[] = {
        {"::", {0}, 0},
        {"::1", {0, 0, 0, 0, 0, 0, 0, 1}, 0},
        {"1::", {1}, 0},
        {"FE80::1:2", {0xfe80, 0, 0, 0, 0, 0, 1, 2}, 0},
        {"abcd:ef01:2345:6789:abcd:ef01:2345:6789",
         {0xabcd, 0xef01, 0x2345, 0x6789, 0xabcd, 0xef01, 0x2345, 0x6789},
         0},
        {"1:2:3:4:5:6:7::", {1, 2, 3, 4, 5, 6, 7, 0}, 0},
        {"::2:3:4:5:6:7:8", {0, 2, 3, 4, 5, 6, 7, 8}, 0},
        {"::ffff:129.144.52.38", {0, 0, 0, 0, 0, 0xffff, 0x8190, 0x3426}, 0},
        {"1:2:3:4:5:6:1.2.3.4", {1, 2, 3, 4, 5, 6, 0x0102, 0x0304}, 0},
        {"[::1]", {0, 0, 0, 0, 0, 0, 0, 1}, 0},
        {"[2001:db8::8]:443", {0x2001, 0xdb8, 0, 0, 0, 0, 0, 8}, 443},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text_slice text = slice_of(cases[i].text);
        EFI_IPv6_ADDRESS address;
        uint16_t port;

        assert_true(ip_text_read_v6(text, &address, &port));
        for (unsigned int group = 0; group < 8; group++)
            assert_int_equal(address.Addr[2 * group] << 8 | address.Addr[2 * group + 1],
                             cases[i].group[group]);
        assert_int_equal(port, cases[i].port);
        release(text);
    }
}

static void test_what_is_no_ipv6(void **state)
{
    static const char *const texts[] = {
        "",
        ":",
        ":::",
        "1",
        "1:2:3:4:5:6:7",
        "1:",
        ":1",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3",
        "1.2.3.4",
        "1.2.3.4::",
        "[::1",
        "::1]",
        "[::1]80",
        "[::1]:",
        "[::1]:65536",
        "[]",
        "[",
        "[]:1",
        "1:::2",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct text_slice text = slice_of(texts[i]);
        EFI_IPv6_ADDRESS address;
        uint16_t port;

        assert_false(ip_text_read_v6(text, &address, &port));
        release(text);
    }
}

static void assert_text(struct text_builder *text, const char *expected)
{
    assert_true(text_slice_equals(text_since(text, 0), expected));
    text_cut(text, 0);
}

static void test_addresses_are_written(void **state)
{
    static const EFI_IPv4_ADDRESS v4 = {{192, 168, 0, 255}};
    static const EFI_IPv6_ADDRESS v6 = {{0xfe, 0x80, [15] = 0x1a}};
    struct text_builder text = TEXT_BUILDER(100);

    (void)state;
    ip_text_put_v4(&text, &v4, 0);
    assert_text(&text, "192.168.0.255");
    ip_text_put_v4(&text, &v4, 8080);
    assert_text(&text, "192.168.0.255:8080");
    ip_text_put_v6(&text, &v6, 0);
    assert_text(&text, "FE80:0000:0000:0000:0000:0000:0000:001A");
    ip_text_put_v6(&text, &v6, 80);
    assert_text(&text, "[FE80:0000:0000:0000:0000:0000:0000:001A]:80");
    text_drop(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ipv4_is_read),
        cmocka_unit_test(test_what_is_no_ipv4),
        cmocka_unit_test(test_ipv6_is_read),
        cmocka_unit_test(test_what_is_no_ipv6),
        cmocka_unit_test_setup(test_addresses_are_written, fake_memory_setup),
    };

    return isolated_run(tests);
}
