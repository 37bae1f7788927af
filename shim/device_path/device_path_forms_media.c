/* Media and BIOS boot nodes: UEFI 2.10 sections 10.3.5 to 10.3.6. A file path is its own text. */
#include "shim/device_path/device_path_form.h"

#include "shim/device_path/device_path_keyword.h"

#define MEDIA_OFFSET_RANGE_DP 0x08
#define MEDIA_RAM_DISK_DP     0x09

/* Both type fields of a hard drive node, one behind the other. */
#define HD_TYPES_OFFSET 40
#define HD_GPT          (MBR_TYPE_EFI_PARTITION_TABLE_HEADER | SIGNATURE_TYPE_GUID << 8)
#define HD_MBR          (MBR_TYPE_PCAT | SIGNATURE_TYPE_MBR << 8)

static const EFI_GUID virtual_disk_guid = {
    0x77ab535a, 0x45fc, 0x624b, {0x55, 0x60, 0xf7, 0xb2, 0x81, 0xd1, 0xf9, 0x6e}};
static const EFI_GUID virtual_cd_guid = {
    0x3d5abd30, 0x4175, 0x87ce, {0x6d, 0x64, 0xd2, 0xad, 0xe5, 0x23, 0xc4, 0xbb}};
static const EFI_GUID persistent_disk_guid = {
    0x5cea02c9, 0x4d07, 0x69d3, {0x26, 0x9f, 0x44, 0x96, 0xfb, 0xe0, 0x96, 0xf9}};
static const EFI_GUID persistent_cd_guid = {
    0x08018188, 0x42cd, 0xbb48, {0x10, 0x0f, 0x53, 0x87, 0xd5, 0x3d, 0xed, 0x3d}};

static const struct node_field hd_gpt[] = {
    {OPTIONAL_DECIMAL(4, 4)},
    {FIELD_KEYWORD, HD_TYPES_OFFSET + 1, 1, FIELD_OPTIONAL, KEYWORDS_PARTITION},
    {GUID_AT(24)},
    {LONG_HEX(8, 8)},
    {LONG_HEX(16, 8)},
};
static const struct node_field hd_mbr[] = {
    {OPTIONAL_DECIMAL(4, 4)},
    {KEYWORD(HD_TYPES_OFFSET + 1, 1, KEYWORDS_PARTITION)},
    {FIELD_HEX, 24, 4, FIELD_PADDED, 0},
    {ZERO(28, 12)},
    {LONG_HEX(8, 8)},
    {LONG_HEX(16, 8)},
};
static const struct node_field hd_unsigned[] = {
    {OPTIONAL_DECIMAL(4, 4)},
    {DECIMAL(HD_TYPES_OFFSET + 1, 1)},
    {FIELD_SHOWN_ZERO, 24, 16, 0, 0},
    {LONG_HEX(8, 8)},
    {LONG_HEX(16, 8)},
};
static const struct node_field cdrom[] = {
    {OPTIONAL_HEX(4, 4, 0)}, {FIELD_HEX, 8, 8, FIELD_LONG, 0}, {FIELD_HEX, 16, 8, FIELD_LONG, 0}};
static const struct node_field vendor[] = {{GUID_AT(4)}, {REST_DUMP(20)}};
static const struct node_field guid[] = {{GUID_AT(4)}};
static const struct node_field offset_range[] = {{ZERO(4, 4)}, {HEX(8, 8)}, {HEX(16, 8)}};
static const struct node_field ram_disk[] = {
    {HEX(4, 8)}, {HEX(12, 8)}, {OPTIONAL_DECIMAL(36, 2)}, {GUID_AT(20)}};
static const struct node_field ram_disk_of_type[] = {
    {HEX(4, 8)}, {HEX(12, 8)}, {OPTIONAL_DECIMAL(36, 2)}};
static const struct node_field bbs[] = {
    {KEYWORD(4, 2, KEYWORDS_BBS)}, {FIELD_REST_ASCII, 8, 0, FIELD_NUL, 0}, {LONG_HEX(6, 2)}};

#define MEDIA(subtype, bytes) NODE(MEDIA_DEVICE_PATH, subtype, bytes)
#define HD_NODE               MEDIA(MEDIA_HARDDRIVE_DP, 42)
#define RAM_DISK_NODE         MEDIA(MEDIA_RAM_DISK_DP, 38)
#define RAM_DISK(form_name, form_guid) \
    form_name, RAM_DISK_NODE, WITH_GUID(20, form_guid), FIELDS(ram_disk_of_type)

static const struct node_form forms[] = {
    {"HD", HD_NODE, WITH_TAG(HD_TYPES_OFFSET, 2, HD_GPT), FIELDS(hd_gpt)},
    {"HD", HD_NODE, WITH_TAG(HD_TYPES_OFFSET, 2, HD_MBR), FIELDS(hd_mbr)},
    {"HD", HD_NODE, WITH_TAG(HD_TYPES_OFFSET, 2, 0), FIELDS(hd_unsigned)},
    {"CDROM", MEDIA(MEDIA_CDROM_DP, 24), FIELDS(cdrom)},
    {"VenMedia", MEDIA(MEDIA_VENDOR_DP, 20), FIELDS(vendor), .flags = FORM_VARIABLE},
    {"Media", MEDIA(MEDIA_PROTOCOL_DP, 20), FIELDS(guid)},
    {"FvFile", MEDIA(MEDIA_PIWG_FW_FILE_DP, 20), FIELDS(guid)},
    {"Fv", MEDIA(MEDIA_PIWG_FW_VOL_DP, 20), FIELDS(guid)},
    {"Offset", MEDIA(MEDIA_OFFSET_RANGE_DP, 24), FIELDS(offset_range)},
    {RAM_DISK("VirtualDisk", &virtual_disk_guid)},
    {RAM_DISK("VirtualCD", &virtual_cd_guid)},
    {RAM_DISK("PersistentVirtualDisk", &persistent_disk_guid)},
    {RAM_DISK("PersistentVirtualCD", &persistent_cd_guid)},
    {"RamDisk", RAM_DISK_NODE, FIELDS(ram_disk)},
    {"BBS", NODE(BBS_DEVICE_PATH, BBS_BBS_DP, 8), FIELDS(bbs), .flags = FORM_VARIABLE},
};

const struct node_forms device_path_media_forms = {forms, sizeof(forms) / sizeof(forms[0])};
