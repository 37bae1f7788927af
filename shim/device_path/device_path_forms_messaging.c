/* Messaging nodes: UEFI 2.10 section 10.3.4. */
#include "shim/device_path/device_path_form.h"

#include "shim/device_path/device_path_keyword.h"

#define MSG_ISCSI_DP        0x13
#define MSG_SASEX_DP        0x16
#define MSG_NVME_DP         0x17
#define MSG_UFS_DP          0x19
#define MSG_SD_DP           0x1a
#define MSG_BLUETOOTH_DP    0x1b
#define MSG_WIFI_DP         0x1c
#define MSG_EMMC_DP         0x1d
#define MSG_BLUETOOTH_LE_DP 0x1e
#define MSG_DNS_DP          0x1f
#define MSG_NVDIMM_DP       0x20
#define MSG_REST_DP         0x21

#define MAC_BYTES 32

#define ISCSI_RESERVED_OPTIONS 0xe3f0

#define USB_CLASS_OFFSET 8
#define USB_ANY_ID       0xffff
#define USB_ANY_CLASS    0xff

static const EFI_GUID pc_ansi_guid = EFI_PC_ANSI_GUID;
static const EFI_GUID vt100_guid = EFI_VT_100_GUID;
static const EFI_GUID vt100_plus_guid = EFI_VT_100_PLUS_GUID;
static const EFI_GUID vt_utf8_guid = EFI_VT_UTF8_GUID;
static const EFI_GUID uart_flow_control_guid = {
    0x37499a9d, 0x542f, 0x4c89, {0xa0, 0x26, 0x35, 0xda, 0x14, 0x20, 0x94, 0xe4}};
static const EFI_GUID sas_guid = {
    0xd487ddb4, 0x008b, 0x11d9, {0xaf, 0xdc, 0x00, 0x10, 0x83, 0xff, 0xca, 0x4d}};
static const EFI_GUID debug_port_guid = {
    0xeba4e8d2, 0x3858, 0x41ec, {0xa2, 0x81, 0x26, 0x47, 0xba, 0x96, 0x60, 0xd0}};

static const struct node_field ata[] = {
    {FIELD_KEYWORD, 4, 1, FIELD_LONG, KEYWORDS_PRIMARY},
    {FIELD_KEYWORD, 5, 1, FIELD_LONG, KEYWORDS_MASTER},
    {HEX(6, 2)},
};
static const struct node_field two_halves[] = {{HEX(4, 2)}, {HEX(6, 2)}};
static const struct node_field fibre[] = {{ZERO(4, 4)}, {HEX(8, 8)}, {HEX(16, 8)}};
static const struct node_field fibre_ex[] = {
    {ZERO(4, 4)}, {FIELD_ARRAY, 8, 8, 0, 0}, {FIELD_ARRAY, 16, 8, 0, 0}};
static const struct node_field ieee_1394[] = {{ZERO(4, 4)}, {FIELD_DIGITS, 8, 8, 0, 0}};
static const struct node_field two_bytes[] = {{HEX(4, 1)}, {HEX(5, 1)}};
static const struct node_field word[] = {{HEX(4, 4)}};
static const struct node_field infiniband[] = {
    {HEX(4, 4)}, {GUID_AT(8)}, {HEX(24, 8)}, {HEX(32, 8)}, {HEX(40, 8)},
};
static const struct node_field flow_control[] = {{KEYWORD(20, 4, KEYWORDS_FLOW_CONTROL)}};
static const struct node_field sas[] = {
    {HEX(24, 8)},
    {OPTIONAL_HEX(32, 8, 0)},
    {OPTIONAL_HEX(42, 2, 0)},
    {FIELD_TOPOLOGY, 40, 2, 0, 0},
    {OPTIONAL_HEX(20, 4, 0)},
};
static const struct node_field sas_ex[] = {
    {FIELD_ARRAY, 4, 8, 0, 0},
    {FIELD_ARRAY, 12, 8, FIELD_OPTIONAL, 0},
    {OPTIONAL_HEX(22, 2, 0)},
    {FIELD_TOPOLOGY, 20, 2, 0, 0},
};
static const struct node_field vendor[] = {{GUID_AT(4)}, {REST_DUMP(20)}};
static const struct node_field ethernet_mac[] = {
    {FIELD_DUMP, 4, 6, 0, 0}, {ZERO(4 + 6, MAC_BYTES - 6)}, {OPTIONAL_HEX(4 + MAC_BYTES, 1, 0)}};
static const struct node_field other_mac[] = {{FIELD_DUMP, 4, MAC_BYTES, 0, 0},
                                              {HEX(4 + MAC_BYTES, 1)}};
static const struct node_field ipv4[] = {
    {FIELD_IPV4, 8, 4, 0, 14},
    {FIELD_KEYWORD, 16, 2, FIELD_OPTIONAL | FIELD_LONG, KEYWORDS_IP_PROTOCOL},
    {FIELD_KEYWORD, 18, 1, FIELD_OPTIONAL | FIELD_LONG, KEYWORDS_IPV4_ORIGIN},
    {FIELD_IPV4, 4, 4, FIELD_OPTIONAL | FIELD_LONG, 12},
    {FIELD_IPV4, 19, 4, FIELD_OPTIONAL | FIELD_LONG, 0},
    {FIELD_IPV4, 23, 4, FIELD_OPTIONAL | FIELD_LONG, 0},
};
static const struct node_field ipv6[] = {
    {FIELD_IPV6, 20, 16, 0, 38},
    {FIELD_KEYWORD, 40, 2, FIELD_OPTIONAL | FIELD_LONG, KEYWORDS_IP_PROTOCOL},
    {FIELD_KEYWORD, 42, 1, FIELD_OPTIONAL | FIELD_LONG, KEYWORDS_IPV6_ORIGIN},
    {FIELD_IPV6, 4, 16, FIELD_OPTIONAL | FIELD_LONG, 36},
    {LONG_HEX(43, 1)},
    {FIELD_IPV6, 44, 16, FIELD_OPTIONAL | FIELD_LONG, 0},
};
/* Parity and stop bits are words both, or integers both: 2 is a word for 3. */
static const struct node_field uart[] = {
    {ZERO(4, 4)},
    {FIELD_DECIMAL, 8, 8, FIELD_OPTIONAL | FIELD_DEFAULT_0, 115200},
    {FIELD_DECIMAL, 16, 1, FIELD_OPTIONAL | FIELD_DEFAULT_0, 8},
    {FIELD_KEYWORD, 17, 1, FIELD_OPTIONAL | FIELD_STRICT, KEYWORDS_PARITY},
    {FIELD_KEYWORD, 18, 1, FIELD_OPTIONAL | FIELD_STRICT, KEYWORDS_STOP_BITS},
};
static const struct node_field uart_integers[] = {
    {ZERO(4, 4)},
    {FIELD_DECIMAL, 8, 8, FIELD_OPTIONAL | FIELD_DEFAULT_0, 115200},
    {FIELD_DECIMAL, 16, 1, FIELD_OPTIONAL | FIELD_DEFAULT_0, 8},
    {OPTIONAL_DECIMAL(17, 1)},
    {OPTIONAL_DECIMAL(18, 1)},
};
#define USB_IDS                        \
    {OPTIONAL_HEX(4, 2, USB_ANY_ID)},  \
    {                                  \
        OPTIONAL_HEX(6, 2, USB_ANY_ID) \
    }
#define USB_CLASS                         \
    {                                     \
        OPTIONAL_HEX(8, 1, USB_ANY_CLASS) \
    }
#define USB_SUBCLASS                      \
    {                                     \
        OPTIONAL_HEX(9, 1, USB_ANY_CLASS) \
    }
#define USB_PROTOCOL                       \
    {                                      \
        OPTIONAL_HEX(10, 1, USB_ANY_CLASS) \
    }
static const struct node_field usb_class[] = {USB_IDS, USB_CLASS, USB_SUBCLASS, USB_PROTOCOL};
static const struct node_field usb_known_class[] = {USB_IDS, USB_SUBCLASS, USB_PROTOCOL};
static const struct node_field usb_known_subclass[] = {USB_IDS, USB_PROTOCOL};
static const struct node_field usb_wwid[] = {
    {HEX(6, 2)}, {HEX(8, 2)}, {HEX(4, 2)}, {FIELD_REST_QUOTED, 10, 0, FIELD_LAST, 0}};
static const struct node_field byte[] = {{OPTIONAL_HEX(4, 1, 0)}};
static const struct node_field sata[] = {{HEX(4, 2)}, {OPTIONAL_HEX(6, 2, 0xffff)}, {HEX(8, 2)}};
static const struct node_field iscsi[] = {
    {FIELD_REST_ASCII, 18, 0, FIELD_NUL, 0},
    {HEX(16, 2)},
    {FIELD_ARRAY, 8, 8, 0, 0},
    {FIELD_KEYWORD, 6, 2, FIELD_OPTIONAL, KEYWORD_BITS(KEYWORDS_DIGEST, 0, 2)},
    {FIELD_KEYWORD, 6, 2, FIELD_OPTIONAL, KEYWORD_BITS(KEYWORDS_DIGEST, 2, 2)},
    {FIELD_KEYWORD, 6, 2, FIELD_OPTIONAL, KEYWORD_BITS(KEYWORDS_AUTHENTICATION, 10, 3)},
    {FIELD_ZERO, 6, 2, 0, ISCSI_RESERVED_OPTIONS},
    {FIELD_KEYWORD, 4, 2, FIELD_OPTIONAL, KEYWORDS_TCP},
};
static const struct node_field vlan[] = {{DECIMAL(4, 2)}};
static const struct node_field nvme[] = {{HEX(4, 4)}, {FIELD_EUI_64, 8, 8, 0, 0}};
static const struct node_field uri[] = {{FIELD_REST_ASCII, 4, 0, FIELD_LAST, 0}};
static const struct node_field bluetooth[] = {{FIELD_DUMP, 4, 6, 0, 0}};
static const struct node_field bluetooth_le[] = {{FIELD_DUMP, 4, 6, 0, 0},
                                                 {FIELD_HEX, 10, 1, FIELD_PADDED, 0}};
static const struct node_field wifi[] = {{FIELD_ASCII, 4, 32, FIELD_LAST, 0}};
static const struct node_field dns_ipv4[] = {
    {FIELD_IPV4_IN_16, 5, 16, FIELD_OPTIONAL | FIELD_REPEATED, 0}};
static const struct node_field dns_ipv6[] = {{FIELD_IPV6, 5, 16, FIELD_REPEATED, 0}};
static const struct node_field guid[] = {{GUID_AT(4)}};

#define MESSAGE(subtype, bytes) NODE(MESSAGING_DEVICE_PATH, subtype, bytes)
#define VENDOR_NODE             MESSAGE(MSG_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH))
#define TERMINAL(form_name, form_guid) \
    form_name, VENDOR_NODE, WITH_GUID(4, form_guid), .flags = FORM_SHORTCUT
#define USB_NODE MESSAGE(MSG_USB_CLASS_DP, 11)
#define USB_OF_CLASS(form_name, number) \
    form_name, USB_NODE, WITH_TAG(USB_CLASS_OFFSET, 1, number), FIELDS(usb_known_class)
#define USB_OF_SUBCLASS(form_name, number)                                    \
    form_name, USB_NODE, WITH_TAG(USB_CLASS_OFFSET, 2, 0xfe | (number) << 8), \
        FIELDS(usb_known_subclass)

static const struct node_form forms[] = {
    {"Ata", MESSAGE(MSG_ATAPI_DP, 8), FIELDS(ata)},
    {"Scsi", MESSAGE(MSG_SCSI_DP, 8), FIELDS(two_halves)},
    {"Fibre", MESSAGE(MSG_FIBRECHANNEL_DP, 24), FIELDS(fibre)},
    {"FibreEx", MESSAGE(MSG_FIBRECHANNELEX_DP, 24), FIELDS(fibre_ex)},
    {"I1394", MESSAGE(MSG_1394_DP, 16), FIELDS(ieee_1394)},
    {"USB", MESSAGE(MSG_USB_DP, 6), FIELDS(two_bytes)},
    {"I2O", MESSAGE(MSG_I2O_DP, 8), FIELDS(word)},
    {"Infiniband", MESSAGE(MSG_INFINIBAND_DP, 48), FIELDS(infiniband)},
    {TERMINAL("VenPcAnsi", &pc_ansi_guid)},
    {TERMINAL("VenVt100", &vt100_guid)},
    {TERMINAL("VenVt100Plus", &vt100_plus_guid)},
    {TERMINAL("VenUtf8", &vt_utf8_guid)},
    {TERMINAL("DebugPort", &debug_port_guid)},
    {"UartFlowCtrl", MESSAGE(MSG_VENDOR_DP, 24), WITH_GUID(4, &uart_flow_control_guid),
     FIELDS(flow_control), .flags = FORM_SHORTCUT},
    {"SAS", MESSAGE(MSG_VENDOR_DP, 44), WITH_GUID(4, &sas_guid), FIELDS(sas),
     .flags = FORM_SHORTCUT},
    {"VenMsg", VENDOR_NODE, FIELDS(vendor), .flags = FORM_VARIABLE},
    {"MAC", MESSAGE(MSG_MAC_ADDR_DP, 37), WITH_TAG(36, 1, 0), FIELDS(ethernet_mac)},
    {"MAC", MESSAGE(MSG_MAC_ADDR_DP, 37), WITH_TAG(36, 1, 1), FIELDS(ethernet_mac)},
    {"MAC", MESSAGE(MSG_MAC_ADDR_DP, 37), FIELDS(other_mac)},
    {"IPv4", MESSAGE(MSG_IPv4_DP, 27), FIELDS(ipv4)},
    {"IPv6", MESSAGE(MSG_IPv6_DP, 60), FIELDS(ipv6)},
    {"Uart", MESSAGE(MSG_UART_DP, 19), FIELDS(uart)},
    {"Uart", MESSAGE(MSG_UART_DP, 19), FIELDS(uart_integers)},
    {USB_OF_CLASS("UsbAudio", 0x01)},
    {USB_OF_CLASS("UsbCDCControl", 0x02)},
    {USB_OF_CLASS("UsbHID", 0x03)},
    {USB_OF_CLASS("UsbImage", 0x06)},
    {USB_OF_CLASS("UsbPrinter", 0x07)},
    {USB_OF_CLASS("UsbMassStorage", 0x08)},
    {USB_OF_CLASS("UsbHub", 0x09)},
    {USB_OF_CLASS("UsbCDCData", 0x0a)},
    {USB_OF_CLASS("UsbSmartCard", 0x0b)},
    {USB_OF_CLASS("UsbVideo", 0x0e)},
    {USB_OF_CLASS("UsbDiagnostic", 0xdc)},
    {USB_OF_CLASS("UsbWireless", 0xe0)},
    {USB_OF_SUBCLASS("UsbDeviceFirmwareUpdate", 1)},
    {USB_OF_SUBCLASS("UsbIrdaBridge", 2)},
    {USB_OF_SUBCLASS("UsbTestAndMeasurement", 3)},
    {"UsbClass", USB_NODE, FIELDS(usb_class)},
    {"UsbWwid", MESSAGE(MSG_USB_WWID_DP, 10), FIELDS(usb_wwid), .flags = FORM_VARIABLE},
    {"Unit", MESSAGE(MSG_DEVICE_LOGICAL_UNIT_DP, 5), FIELDS(byte)},
    {"Sata", MESSAGE(MSG_SATA_DP, 10), FIELDS(sata)},
    {"iSCSI", MESSAGE(MSG_ISCSI_DP, 18), FIELDS(iscsi), .flags = FORM_VARIABLE},
    {"Vlan", MESSAGE(MSG_VLAN_DP, 6), FIELDS(vlan)},
    {"SasEx", MESSAGE(MSG_SASEX_DP, 24), FIELDS(sas_ex)},
    {"NVMe", MESSAGE(MSG_NVME_DP, 16), FIELDS(nvme)},
    {"Uri", MESSAGE(MSG_URI_DP, 4), FIELDS(uri), .flags = FORM_VARIABLE},
    {"UFS", MESSAGE(MSG_UFS_DP, 6), FIELDS(two_bytes)},
    {"SD", MESSAGE(MSG_SD_DP, 5), FIELDS(byte)},
    {"Bluetooth", MESSAGE(MSG_BLUETOOTH_DP, 10), FIELDS(bluetooth)},
    {"Wi-Fi", MESSAGE(MSG_WIFI_DP, 36), FIELDS(wifi)},
    {"eMMC", MESSAGE(MSG_EMMC_DP, 5), FIELDS(byte)},
    {"BluetoothLE", MESSAGE(MSG_BLUETOOTH_LE_DP, 11), FIELDS(bluetooth_le)},
    {"Dns", MESSAGE(MSG_DNS_DP, 5), WITH_TAG(4, 1, 0), FIELDS(dns_ipv4), .flags = FORM_VARIABLE},
    {"Dns", MESSAGE(MSG_DNS_DP, 21), WITH_TAG(4, 1, 1), FIELDS(dns_ipv6), .flags = FORM_VARIABLE},
    {"NVDIMM", MESSAGE(MSG_NVDIMM_DP, 20), FIELDS(guid)},
    {"RestService", MESSAGE(MSG_REST_DP, 6), FIELDS(two_bytes)},
};

const struct node_forms device_path_messaging_forms = {forms, sizeof(forms) / sizeof(forms[0])};
