/* Hardware and ACPI nodes: UEFI 2.10 sections 10.3.2 to 10.3.3. */
#include "shim/device_path/device_path_form.h"

#include "shim/device_path/device_path_acpi.h"

#define HW_BMC_DP      0x06
#define ACPI_NVDIMM_DP 0x04

/* Offsets in the expanded ACPI node, whose strings follow. */
#define ACPI_EX_HID   4
#define ACPI_EX_UID   8
#define ACPI_EX_CID   12
#define ACPI_EX_BYTES 16

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct node_field pci[] = {{HEX(5, 1)}, {HEX(4, 1)}};
static const struct node_field byte_at_4[] = {{HEX(4, 1)}};
static const struct node_field memory_mapped[] = {{HEX(4, 4)}, {HEX(8, 8)}, {HEX(16, 8)}};
static const struct node_field vendor[] = {{GUID_AT(4)}, {REST_DUMP(20)}};
static const struct node_field word_at_4[] = {{HEX(4, 4)}};
static const struct node_field bmc[] = {{HEX(4, 1)}, {HEX(5, 8)}};

static const struct node_form hardware_forms[] = {
    {"Pci", NODE(HARDWARE_DEVICE_PATH, HW_PCI_DP, 6), FIELDS(pci)},
    {"PcCard", NODE(HARDWARE_DEVICE_PATH, HW_PCCARD_DP, 5), FIELDS(byte_at_4)},
    {"MemoryMapped", NODE(HARDWARE_DEVICE_PATH, HW_MEMMAP_DP, 24), FIELDS(memory_mapped)},
    {"VenHw", NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, 20), FIELDS(vendor), .flags = FORM_VARIABLE},
    {"Ctrl", NODE(HARDWARE_DEVICE_PATH, HW_CONTROLLER_DP, 8), FIELDS(word_at_4)},
    {"BMC", NODE(HARDWARE_DEVICE_PATH, HW_BMC_DP, 13), FIELDS(bmc)},
};

static const struct node_field acpi[] = {{FIELD_EISA_ID, 4, 4, 0, 0}, {OPTIONAL_HEX(8, 4, 0)}};
static const struct node_field acpi_uid[] = {{OPTIONAL_HEX(8, 4, 0)}};
static const struct node_field acpi_adr[] = {{FIELD_HEX, 4, 4, FIELD_REPEATED, 0}};
static const struct node_field root_name[] = {
    {FIELD_ACPI_EITHER, ACPI_EX_UID, 4, 0, ACPI_UID_STRING}};
static const struct node_field acpi_exp[] = {
    {FIELD_EISA_ID, ACPI_EX_HID, 4, 0, 0},
    {FIELD_EISA_ID, ACPI_EX_CID, 4, FIELD_OPTIONAL, 0},
    {FIELD_ACPI_UID_STRING, ACPI_EX_BYTES, 0, 0, 0},
};
static const struct node_field acpi_ex_names[] = {
    {FIELD_ACPI_EITHER, ACPI_EX_HID, 4, 0, ACPI_HID_STRING},
    {FIELD_ACPI_EITHER, ACPI_EX_CID, 4, 0, ACPI_CID_STRING},
    {FIELD_ACPI_EITHER, ACPI_EX_UID, 4, 0, ACPI_UID_STRING},
};
static const struct node_field acpi_ex[] = {
    {FIELD_EISA_ID, ACPI_EX_HID, 4, FIELD_OPTIONAL, 0},
    {FIELD_EISA_ID, ACPI_EX_CID, 4, FIELD_OPTIONAL, 0},
    {OPTIONAL_HEX(ACPI_EX_UID, 4, 0)},
    {FIELD_ACPI_STRINGS, ACPI_EX_BYTES, 0, 0, 0},
};

#define PNP(form_name, number)                                                           \
    form_name, NODE(ACPI_DEVICE_PATH, ACPI_DP, 12), WITH_TAG(4, 4, EISA_PNP_ID(number)), \
        FIELDS(acpi_uid)
#define ACPI_EX_NODE NODE(ACPI_DEVICE_PATH, EXPANDED_ACPI_DP, ACPI_EX_BYTES)
#define ROOT(form_name, id, number)                                                   \
    form_name, ACPI_EX_NODE, WITH_TAG(id, 4, EISA_PNP_ID(number)), FIELDS(root_name), \
        .flags = FORM_VARIABLE | FORM_DISPLAY

static const struct node_form acpi_forms[] = {
    {PNP("PciRoot", 0x0a03)},
    {PNP("PcieRoot", 0x0a08)},
    {PNP("Floppy", 0x0604)},
    {PNP("Keyboard", 0x0301)},
    {PNP("Serial", 0x0501)},
    {PNP("ParallelPort", 0x0401)},
    {"Acpi", NODE(ACPI_DEVICE_PATH, ACPI_DP, 12), FIELDS(acpi)},
    {ROOT("PciRoot", ACPI_EX_HID, 0x0a03)},
    {ROOT("PcieRoot", ACPI_EX_HID, 0x0a08)},
    {ROOT("PciRoot", ACPI_EX_CID, 0x0a03)},
    {ROOT("PcieRoot", ACPI_EX_CID, 0x0a08)},
    {"AcpiExp", ACPI_EX_NODE, WITH_TAG(ACPI_EX_UID, 4, 0), FIELDS(acpi_exp),
     .flags = FORM_VARIABLE},
    {"AcpiEx", ACPI_EX_NODE, FIELDS(acpi_ex_names), .flags = FORM_VARIABLE | FORM_DISPLAY},
    {"AcpiEx", ACPI_EX_NODE, FIELDS(acpi_ex), .flags = FORM_VARIABLE},
    {"AcpiAdr", NODE(ACPI_DEVICE_PATH, ACPI_ADR_DP, 8), FIELDS(acpi_adr), .flags = FORM_VARIABLE},
    {"NvdimmAcpiAdr", NODE(ACPI_DEVICE_PATH, ACPI_NVDIMM_DP, 8), FIELDS(word_at_4)},
};

const struct node_forms device_path_hardware_forms = {hardware_forms, COUNT(hardware_forms)};
const struct node_forms device_path_acpi_forms = {acpi_forms, COUNT(acpi_forms)};
