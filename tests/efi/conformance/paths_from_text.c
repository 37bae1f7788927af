/* Text as nodes and paths. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/paths.h"
#include "tests/efi/conformance/paths_name.h"
#include "tests/efi/conformance/paths_sample.h"
#include "tests/unit/device_path_samples.h"

#define TEXT_MAX 400

static EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL *from_text;

static CHAR16 *wide(const char *text)
{
    static CHAR16 buffer[TEXT_MAX];
    UINTN length = 0;

    for (; *text && length < TEXT_MAX - 1; text++)
        buffer[length++] = (UINT8)*text;
    buffer[length] = 0;
    return buffer;
}

static void nodes(const struct device_path_sample *samples, UINTN count, const char *what)
{
    for (UINTN i = 0; i < count; i++)
        check_path(paths_name(samples[i].text),
                   from_text->ConvertTextToDeviceNode(wide(samples[i].text)), samples[i].node,
                   samples[i].bytes, what);
}

#define NODE(...) \
    .node = (const UINT8[]){__VA_ARGS__}, .bytes = sizeof((const UINT8[]){__VA_ARGS__})

static const struct device_path_sample other_forms[] = {
    {"Pci(31,7)", NODE(1, 1, 6, 0, 7, 31)},
    {"Pci(0x1f,0X07)", NODE(1, 1, 6, 0, 7, 31)},
    {"PciRoot()", NODE(2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0, 0)},
    {"Acpi(pnp0a03,2)", NODE(2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 2, 0, 0, 0)},
    {"Ata(0,1,2)", NODE(3, 1, 8, 0, 0, 1, 2, 0)},
    {"UsbClass()", NODE(3, 15, 11, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)},
    {"CDROM(,1,2)", NODE(4, 2, 24, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0)},
};

static void whole_paths(void)
{
    static const UINT8 nodes[] = {2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 0,    0, 0,
                                  0, 1, 1,  6, 0,    1,    0x1f, 0x7f, 0xff, 4, 0};
    static const UINT8 instances[] = {1, 2, 5, 0, 1, 0x7f, 1,    4, 0,
                                      1, 2, 5, 0, 2, 0x7f, 0xff, 4, 0};

    topic("paths.path-from-text", "10.6.5.3");
    check_path("nodes", from_text->ConvertTextToDevicePath(wide("PciRoot(0x0)/Pci(0x1F,0x1)")),
               nodes, sizeof(nodes), "nodes are separated by slashes");
    check_path("instances", from_text->ConvertTextToDevicePath(wide("PcCard(1),PcCard(2)")),
               instances, sizeof(instances), "instances by commas");
    check_pointer("null", from_text->ConvertTextToDevicePath(NULL), NULL, "no text is no path");
    topic("paths.node-from-text", "10.6.5.2");
    check_pointer("null", from_text->ConvertTextToDeviceNode(NULL), NULL, "no text is no node");
}

void paths_from_text_tests(void)
{
    static EFI_GUID guid = EFI_DEVICE_PATH_FROM_TEXT_PROTOCOL_GUID;

    topic("paths.from-text", "10.6.5");
    if (boot->LocateProtocol(&guid, NULL, (void **)&from_text) != EFI_SUCCESS) {
        skip_topic("no device path from text");
        return;
    }
    topic("paths.from-text", "10.6.1.6");
    nodes(device_path_samples, device_path_sample_count, "the text as a node");
    topic("paths.from-text-form", "10.6.1.6");
    nodes(other_forms, COUNT_OF(other_forms), "numbers in either base, and defaults");
    whole_paths();
}
