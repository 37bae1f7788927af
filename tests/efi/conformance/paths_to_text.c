/* Nodes and paths as text. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/paths.h"
#include "tests/efi/conformance/paths_name.h"
#include "tests/efi/conformance/paths_sample.h"
#include "tests/unit/device_path_samples.h"

static EFI_DEVICE_PATH_TO_TEXT_PROTOCOL *to_text;

/* Frees the firmware's text. */
static void check_converted(const char *name, CHAR16 *text, const char *expected, const char *what)
{
    check_text(name, text, expected, what);
    if (text)
        boot->FreePool(text);
}

static CHAR16 *convert(const struct device_path_sample *sample, BOOLEAN display, BOOLEAN shortcuts)
{
    return to_text->ConvertDeviceNodeToText((EFI_DEVICE_PATH *)(UINTN)sample->node, display,
                                            shortcuts);
}

static void all_nodes(void)
{
    for (UINTN i = 0; i < device_path_sample_count; i++) {
        const struct device_path_sample *sample = &device_path_samples[i];
        const char *name = paths_name(sample->text);

        topic("paths.to-text", "10.6.1.6");
        check_converted(name, convert(sample, FALSE, TRUE), sample->text, "the node as text");
        topic("paths.to-display", "10.6.1.6");
        if (sample->display)
            check_converted(name, convert(sample, TRUE, TRUE), sample->display,
                            "in its shorter form");
        topic("paths.no-shortcuts", "10.6.1.6");
        if (sample->no_shortcuts)
            check_converted(name, convert(sample, FALSE, FALSE), sample->no_shortcuts,
                            "without a shortcut");
    }
}

static struct {
    UINT8 root[12];
    UINT8 device[6];
    UINT8 end_of_instance[4];
    UINT8 card[5];
    UINT8 end[4];
} path = {{2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0, 0},
          {1, 1, 6, 0, 1, 0x1f},
          {0x7f, 1, 4, 0},
          {1, 2, 5, 0, 3},
          {0x7f, 0xff, 4, 0}};

static void whole_paths(void)
{
    topic("paths.path-to-text", "10.6.4");
    check_converted("instances", to_text->ConvertDevicePathToText(AS_PATH(&path), FALSE, FALSE),
                    "PciRoot(0x0)/Pci(0x1F,0x1),PcCard(0x3)",
                    "nodes are separated by slashes, instances by commas");
    check_converted("node", to_text->ConvertDevicePathToText(AS_PATH(&path.card), FALSE, FALSE),
                    "PcCard(0x3)", "one node");
    check_converted("empty", to_text->ConvertDevicePathToText(&path_empty, FALSE, FALSE), "",
                    "an empty path is an empty text");
    check_pointer("null", to_text->ConvertDevicePathToText(NULL, FALSE, FALSE), NULL,
                  "no path has no text");
    topic("paths.node-to-text", "10.6.3");
    check_pointer("null", to_text->ConvertDeviceNodeToText(NULL, FALSE, FALSE), NULL,
                  "no node has no text");
}

void paths_to_text_tests(void)
{
    static EFI_GUID guid = EFI_DEVICE_PATH_TO_TEXT_PROTOCOL_GUID;

    topic("paths.to-text", "10.6.2");
    if (boot->LocateProtocol(&guid, NULL, (void **)&to_text) != EFI_SUCCESS) {
        skip_topic("no device path to text");
        return;
    }
    all_nodes();
    whole_paths();
}
