/* Configuration strings from and to blocks of bytes. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_routing.h"

#define ROUTE      L"GUID=01000000000000000000000000000000&NAME=0061&PATH=7fff0400"
#define ROUTE_TEXT "GUID=01000000000000000000000000000000&NAME=0061&PATH=7fff0400"

static EFI_HII_CONFIG_ROUTING_PROTOCOL *routing;
static const UINT8 sample[] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05};

static EFI_STATUS from_block(const CHAR16 *request, CHAR16 **config)
{
    const CHAR16 *progress = NULL;

    *config = NULL;
    return routing->BlockToConfig(routing, request, sample, sizeof(sample), config, &progress);
}

static void blocks_to_strings(void)
{
    CHAR16 *config;

    topic("hii.block-to-config", "35.4.5");
    check_status("two-bytes", from_block(ROUTE L"&OFFSET=1&WIDTH=2", &config), EFI_SUCCESS,
                 "two bytes of a block");
    check_text("two-bytes-text", config, ROUTE_TEXT "&OFFSET=1&WIDTH=2&VALUE=0201",
               "are a number, the first byte is its lowest");
    check_status("two-values", from_block(ROUTE L"&OFFSET=0&WIDTH=1&OFFSET=5&WIDTH=1", &config),
                 EFI_SUCCESS, "two values");
    check_text("two-values-text", config,
               ROUTE_TEXT "&OFFSET=0&WIDTH=1&VALUE=00&OFFSET=5&WIDTH=1&VALUE=05",
               "are both in the string");
    check_status("beyond", from_block(ROUTE L"&OFFSET=5&WIDTH=2", &config), EFI_DEVICE_ERROR,
                 "the block is shorter");
    check_status("no-guid", from_block(L"OFFSET=0&WIDTH=1", &config), EFI_INVALID_PARAMETER,
                 "a request begins with GUID, NAME, PATH");
    check_status("no-request", from_block(NULL, &config), EFI_INVALID_PARAMETER,
                 "a request must be given");
}

static void strings_to_blocks(void)
{
    static const UINT8 expected[] = {0x00, 0x34, 0x12, 0x03, 0x04, 0x05};
    UINT8 block[sizeof(sample)];
    const CHAR16 *config = ROUTE L"&OFFSET=1&WIDTH=2&VALUE=1234";
    const CHAR16 *progress = NULL;
    UINTN bytes = sizeof(block);

    memcpy(block, sample, sizeof(block));
    topic("hii.config-to-block", "35.4.6");
    check_status("two-bytes", routing->ConfigToBlock(routing, config, block, &bytes, &progress),
                 EFI_SUCCESS, "two bytes of a block are set");
    check("two-bytes-block", !memcmp(block, expected, sizeof(block)), "these and no others");
    check_number("last-byte", bytes, 2, "the last byte that was set is told");
    check("progress", progress && *progress == 0, "the whole string was used");
    bytes = 2;
    check_status("too-small", routing->ConfigToBlock(routing, config, block, &bytes, &progress),
                 EFI_BUFFER_TOO_SMALL, "the block is shorter");
    check_number("too-small-bytes", bytes, 3, "how long it must be is told");
    bytes = sizeof(block);
    check_status("no-config", routing->ConfigToBlock(routing, NULL, block, &bytes, &progress),
                 EFI_INVALID_PARAMETER, "a string must be given");
    check_status("no-size", routing->ConfigToBlock(routing, config, block, NULL, &progress),
                 EFI_INVALID_PARAMETER, "and a size");
}

void hii_config_block_tests(void)
{
    topic("hii.block-to-config", "35.4.5");
    routing = hii_routing();
    if (!routing)
        return;
    blocks_to_strings();
    strings_to_blocks();
}
