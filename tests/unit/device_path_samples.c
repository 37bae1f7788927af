#include "tests/unit/device_path_samples.h"

#define NODE(...) \
    .node = (const uint8_t[]){__VA_ARGS__}, .bytes = sizeof((const uint8_t[]){__VA_ARGS__})

/* 33221100-5544-7766-8899-AABBCCDDEEFF */
#define GUID_BYTES \
    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff
#define PC_ANSI_BYTES \
    0x53, 0x47, 0xc1, 0xe0, 0xbe, 0xf9, 0xd2, 0x11, 0x9a, 0x0c, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d
#define VT100_BYTES \
    0x65, 0x60, 0xa6, 0xdf, 0x19, 0xb4, 0xd3, 0x11, 0x9a, 0x2d, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d
#define VT100_PLUS_BYTES \
    0x0b, 0xc7, 0xae, 0x7b, 0xe0, 0x57, 0x76, 0x4c, 0x8e, 0x87, 0x2f, 0x9e, 0x28, 0x08, 0x83, 0x43
#define VT_UTF8_BYTES \
    0xd6, 0xa0, 0x15, 0xad, 0xec, 0x8b, 0xcf, 0x4a, 0xa0, 0x73, 0xd0, 0x1d, 0xe7, 0x7e, 0x2d, 0x88
#define DEBUG_PORT_BYTES \
    0xd2, 0xe8, 0xa4, 0xeb, 0x58, 0x38, 0xec, 0x41, 0xa2, 0x81, 0x26, 0x47, 0xba, 0x96, 0x60, 0xd0
#define UART_FLOW_BYTES \
    0x9d, 0x9a, 0x49, 0x37, 0x2f, 0x54, 0x89, 0x4c, 0xa0, 0x26, 0x35, 0xda, 0x14, 0x20, 0x94, 0xe4
#define SAS_BYTES \
    0xb4, 0xdd, 0x87, 0xd4, 0x8b, 0x00, 0xd9, 0x11, 0xaf, 0xdc, 0x00, 0x10, 0x83, 0xff, 0xca, 0x4d
#define ZEROES_4  0, 0, 0, 0
#define ZEROES_8  ZEROES_4, ZEROES_4
#define ZEROES_12 ZEROES_8, ZEROES_4
#define ZEROES_16 ZEROES_8, ZEROES_8

#define SAS_NODE(topology, more)                                                                 \
    NODE(3, 10, 44, 0, SAS_BYTES, 4, 0, 0, 0, 0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01, 2, \
         0, 0, 0, 0, 0, 0, 0, topology, more, 3, 0)
#define USB_CLASS_NODE(class, subclass) \
    NODE(3, 15, 11, 0, 0x34, 0x12, 0xff, 0xff, class, subclass, 0x50)
#define RAM_DISK_NODE(...) \
    NODE(4, 9, 38, 0, 0x00, 0x10, 0, 0, 0, 0, 0, 0, 0xff, 0x1f, 0, 0, 1, 0, 0, 0, __VA_ARGS__, 5, 0)
#define ACPI_NODE(low, high) NODE(2, 1, 12, 0, 0xd0, 0x41, low, high, 1, 0, 0, 0)

const struct device_path_sample device_path_samples[] = {
    /* Hardware */
    {"Pci(0x1F,0x7)", NODE(1, 1, 6, 0, 7, 0x1f)},
    {"PcCard(0xFF)", NODE(1, 2, 5, 0, 0xff)},
    {"MemoryMapped(0xB,0xFED00000,0x1FED003FF)",
     NODE(1, 3, 24, 0, 11, 0, 0, 0, 0x00, 0x00, 0xd0, 0xfe, ZEROES_4, 0xff, 0x03, 0xd0, 0xfe, 1, 0,
          0, 0)},
    {"VenHw(33221100-5544-7766-8899-AABBCCDDEEFF)", NODE(1, 4, 20, 0, GUID_BYTES)},
    {"VenHw(33221100-5544-7766-8899-AABBCCDDEEFF,00FF1A)",
     NODE(1, 4, 23, 0, GUID_BYTES, 0x00, 0xff, 0x1a)},
    {"Ctrl(0x12345678)", NODE(1, 5, 8, 0, 0x78, 0x56, 0x34, 0x12)},
    {"BMC(0x1,0xCA2)", NODE(1, 6, 13, 0, 1, 0xa2, 0x0c, 0, 0, 0, 0, 0, 0)},
    {"HardwarePath(7,0102)", NODE(1, 7, 6, 0, 1, 2)},
    {"HardwarePath(255)", NODE(1, 255, 4, 0)},

    /* ACPI */
    {"PciRoot(0x1)", ACPI_NODE(0x03, 0x0a)},
    {"PcieRoot(0x1)", ACPI_NODE(0x08, 0x0a)},
    {"Floppy(0x1)", ACPI_NODE(0x04, 0x06)},
    {"Keyboard(0x1)", ACPI_NODE(0x01, 0x03)},
    {"Serial(0x1)", ACPI_NODE(0x01, 0x05)},
    {"ParallelPort(0x1)", ACPI_NODE(0x01, 0x04)},
    {"Acpi(PNP0C08,0x1)", ACPI_NODE(0x08, 0x0c)},
    {"Acpi(XEN0000,0x0)", NODE(2, 1, 12, 0, 0xae, 0x60, 0x00, 0x00, ZEROES_4)},
    {"Acpi(0,0x2)", NODE(2, 1, 12, 0, ZEROES_4, 2, 0, 0, 0)},
    {"Acpi(0x1234FFFF,0x0)", NODE(2, 1, 12, 0, 0xff, 0xff, 0x34, 0x12, ZEROES_4)},
    {"AcpiExp(PNP0A03,0,ROOT)", .display = "PciRoot(ROOT)",
     NODE(2, 2, 23, 0, 0xd0, 0x41, 0x03, 0x0a, ZEROES_8, 0, 'R', 'O', 'O', 'T', 0, 0)},
    {"AcpiExp(XEN0001,PNP0A08,ROOT)", .display = "PcieRoot(ROOT)",
     NODE(2, 2, 23, 0, 0xae, 0x60, 0x01, 0x00, ZEROES_4, 0xd0, 0x41, 0x08, 0x0a, 0, 'R', 'O', 'O',
          'T', 0, 0)},
    {"AcpiExp(XEN0001,PNP0C02,U)",
     NODE(2, 2, 20, 0, 0xae, 0x60, 0x01, 0x00, ZEROES_4, 0xd0, 0x41, 0x02, 0x0c, 0, 'U', 0, 0)},
    {"AcpiEx(PNP0A08,PNP0A03,0x7,,,)", .display = "PcieRoot(0x7)",
     NODE(2, 2, 19, 0, 0xd0, 0x41, 0x08, 0x0a, 7, 0, 0, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0)},
    {"AcpiEx(0,0,0x3,ACPI0010,CI,UI)", .display = "AcpiEx(ACPI0010,CI,UI)",
     NODE(2, 2, 31, 0, ZEROES_4, 3, 0, 0, 0, ZEROES_4, 'A', 'C', 'P', 'I', '0', '0', '1', '0', 0,
          'U', 'I', 0, 'C', 'I', 0)},
    {"AcpiEx(XEN0001,0,0x3,,,)", .display = "AcpiEx(XEN0001,0,0x3)",
     NODE(2, 2, 19, 0, 0xae, 0x60, 0x01, 0x00, 3, 0, 0, 0, ZEROES_4, 0, 0, 0)},
    {"AcpiAdr(0x80010100)", NODE(2, 3, 8, 0, 0x00, 0x01, 0x01, 0x80)},
    {"AcpiAdr(0x1,0x2,0x3)", NODE(2, 3, 16, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0)},
    {"NvdimmAcpiAdr(0x10)", NODE(2, 4, 8, 0, 0x10, 0, 0, 0)},
    {"AcpiPath(9,AB)", NODE(2, 9, 5, 0, 0xab)},

    /* Messaging */
    {"Ata(Primary,Slave,0x10)", .display = "Ata(0x10)", NODE(3, 1, 8, 0, 0, 1, 0x10, 0)},
    {"Ata(Secondary,0x2,0x0)", .display = "Ata(0x0)", NODE(3, 1, 8, 0, 1, 2, 0, 0)},
    {"Scsi(0xFFFF,0x2)", NODE(3, 2, 8, 0, 0xff, 0xff, 2, 0)},
    {"Fibre(0x123456789ABCDEF,0x1)", NODE(3, 3, 24, 0, ZEROES_4, 0xef, 0xcd, 0xab, 0x89, 0x67, 0x45,
                                          0x23, 0x01, 1, 0, 0, 0, 0, 0, 0, 0)},
    {"FibreEx(0x0123456789ABCDEF,0x0001000000000000)",
     NODE(3, 21, 24, 0, ZEROES_4, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 1, 0, 0, 0, 0,
          0, 0)},
    {"I1394(0000456789ABCDEF)",
     NODE(3, 4, 16, 0, ZEROES_4, 0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0, 0)},
    {"USB(0x3,0x1)", NODE(3, 5, 6, 0, 3, 1)},
    {"I2O(0x3E8)", NODE(3, 6, 8, 0, 0xe8, 3, 0, 0)},
    {"Infiniband(0x1,33221100-5544-7766-8899-AABBCCDDEEFF,0x2,0x3,0x4)",
     NODE(3, 9, 48, 0, 1, 0, 0, 0, GUID_BYTES, 2, 0, 0, 0, ZEROES_4, 3, 0, 0, 0, ZEROES_4, 4, 0, 0,
          0, ZEROES_4)},
    {"VenMsg(33221100-5544-7766-8899-AABBCCDDEEFF)", NODE(3, 10, 20, 0, GUID_BYTES)},
    {"VenMsg(33221100-5544-7766-8899-AABBCCDDEEFF,0A)", NODE(3, 10, 21, 0, GUID_BYTES, 10)},
    {"VenPcAnsi()", .no_shortcuts = "VenMsg(E0C14753-F9BE-11D2-9A0C-0090273FC14D)",
     NODE(3, 10, 20, 0, PC_ANSI_BYTES)},
    {"VenMsg(E0C14753-F9BE-11D2-9A0C-0090273FC14D,00)", NODE(3, 10, 21, 0, PC_ANSI_BYTES, 0)},
    {"VenVt100()", .no_shortcuts = "VenMsg(DFA66065-B419-11D3-9A2D-0090273FC14D)",
     NODE(3, 10, 20, 0, VT100_BYTES)},
    {"VenVt100Plus()", .no_shortcuts = "VenMsg(7BAEC70B-57E0-4C76-8E87-2F9E28088343)",
     NODE(3, 10, 20, 0, VT100_PLUS_BYTES)},
    {"VenUtf8()", .no_shortcuts = "VenMsg(AD15A0D6-8BEC-4ACF-A073-D01DE77E2D88)",
     NODE(3, 10, 20, 0, VT_UTF8_BYTES)},
    {"DebugPort()", .no_shortcuts = "VenMsg(EBA4E8D2-3858-41EC-A281-2647BA9660D0)",
     NODE(3, 10, 20, 0, DEBUG_PORT_BYTES)},
    {"UartFlowCtrl(XonXoff)",
     .no_shortcuts = "VenMsg(37499A9D-542F-4C89-A026-35DA142094E4,02000000)",
     NODE(3, 10, 24, 0, UART_FLOW_BYTES, 2, 0, 0, 0)},
    {"UartFlowCtrl(Hardware)",
     .no_shortcuts = "VenMsg(37499A9D-542F-4C89-A026-35DA142094E4,01000000)",
     NODE(3, 10, 24, 0, UART_FLOW_BYTES, 1, 0, 0, 0)},
    {"UartFlowCtrl(None)", .no_shortcuts = "VenMsg(37499A9D-542F-4C89-A026-35DA142094E4,00000000)",
     NODE(3, 10, 24, 0, UART_FLOW_BYTES, 0, 0, 0, 0)},
    {"SAS(0x123456789ABCDEF,0x2,0x3,NoTopology,0,0,0,0x4)",
     .no_shortcuts = "VenMsg(D487DDB4-008B-11D9-AFDC-001083FFCA4D,"
                     "04000000EFCDAB8967452301020000000000000000000300)",
     SAS_NODE(0x00, 0x00)},
    {"SAS(0x123456789ABCDEF,0x2,0x3,SATA,External,Expanded,0x1,0x4)",
     .no_shortcuts = "VenMsg(D487DDB4-008B-11D9-AFDC-001083FFCA4D,"
                     "04000000EFCDAB8967452301020000000000000072000300)",
     SAS_NODE(0x72, 0x00)},
    {"SAS(0x123456789ABCDEF,0x2,0x3,SAS,Internal,Direct,0x100,0x4)",
     .no_shortcuts = "VenMsg(D487DDB4-008B-11D9-AFDC-001083FFCA4D,"
                     "04000000EFCDAB8967452301020000000000000002FF0300)",
     SAS_NODE(0x02, 0xff)},
    {"SAS(0x123456789ABCDEF,0x2,0x3,SAS,Internal,Direct,0,0x4)",
     .no_shortcuts = "VenMsg(D487DDB4-008B-11D9-AFDC-001083FFCA4D,"
                     "04000000EFCDAB8967452301020000000000000001000300)",
     SAS_NODE(0x01, 0x00)},
    {"SAS(0x123456789ABCDEF,0x2,0x3,0x101,0,0,0,0x4)",
     .no_shortcuts = "VenMsg(D487DDB4-008B-11D9-AFDC-001083FFCA4D,"
                     "04000000EFCDAB8967452301020000000000000001010300)",
     SAS_NODE(0x01, 0x01)},
    {"MAC(525400AB00CD,0x1)",
     NODE(3, 11, 37, 0, 0x52, 0x54, 0x00, 0xab, 0x00, 0xcd, ZEROES_16, ZEROES_8, 0, 0, 1)},
    {"MAC(525400AB00CD,0x0)",
     NODE(3, 11, 37, 0, 0x52, 0x54, 0x00, 0xab, 0x00, 0xcd, ZEROES_16, ZEROES_8, 0, 0, 0)},
    {"MAC(00112233445566778899AABBCCDDEEFF00000000000000000000000000000007,0x20)",
     NODE(3, 11, 37, 0, GUID_BYTES, ZEROES_12, 0, 0, 0, 7, 0x20)},
    {"MAC(00112233445566778899AABBCCDDEEFF00000000000000000000000000000007,0x1)",
     NODE(3, 11, 37, 0, GUID_BYTES, ZEROES_12, 0, 0, 0, 7, 1)},
    {"IPv4(192.168.0.100,TCP,Static,192.168.0.1,192.168.0.254,255.255.255.0)",
     .display = "IPv4(192.168.0.100)",
     NODE(3, 12, 27, 0, 192, 168, 0, 1, 192, 168, 0, 100, 0, 0, 0, 0, 6, 0, 1, 192, 168, 0, 254,
          255, 255, 255, 0)},
    {"IPv4(10.0.0.2:3260,UDP,DHCP,10.0.0.1:1024,0.0.0.0,0.0.0.0)", .display = "IPv4(10.0.0.2:3260)",
     NODE(3, 12, 27, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0x00, 0x04, 0xbc, 0x0c, 17, 0, 0, ZEROES_8)},
    {"IPv4(0.0.0.0,0x1,0x2,0.0.0.0,0.0.0.0,0.0.0.0)", .display = "IPv4(0.0.0.0)",
     NODE(3, 12, 27, 0, ZEROES_12, 1, 0, 2, ZEROES_8)},
    {"IPv6(2001:0DB8:0000:0000:0000:0000:0000:0008,TCP,StatelessAutoConfigure,"
     "FE80:0000:0000:0000:0000:0000:0000:0001,0x40,FE80:0000:0000:0000:0000:0000:0000:0002)",
     .display = "IPv6(2001:0DB8:0000:0000:0000:0000:0000:0008)",
     NODE(3, 13, 60, 0, 0xfe, 0x80, ZEROES_12, 0, 1, 0x20, 0x01, 0x0d, 0xb8, ZEROES_8, 0, 0, 0, 8,
          0, 0, 0, 0, 6, 0, 1, 64, 0xfe, 0x80, ZEROES_12, 0, 2)},
    {"IPv6([0000:0000:0000:0000:0000:0000:0000:0001]:80,UDP,StatefulAutoConfigure,"
     "[0000:0000:0000:0000:0000:0000:0000:0002]:81,0x0,0000:0000:0000:0000:0000:0000:0000:0000)",
     .display = "IPv6([0000:0000:0000:0000:0000:0000:0000:0001]:80)",
     NODE(3, 13, 60, 0, ZEROES_12, 0, 0, 0, 2, ZEROES_12, 0, 0, 0, 1, 81, 0, 80, 0, 17, 0, 2, 0,
          ZEROES_16)},
    {"Uart(115200,8,N,1)", NODE(3, 14, 19, 0, ZEROES_4, 0x00, 0xc2, 0x01, 0, ZEROES_4, 8, 1, 1)},
    {"Uart(9600,7,E,1.5)", NODE(3, 14, 19, 0, ZEROES_4, 0x80, 0x25, 0, 0, ZEROES_4, 7, 2, 2)},
    {"Uart(9600,7,S,2)", NODE(3, 14, 19, 0, ZEROES_4, 0x80, 0x25, 0, 0, ZEROES_4, 7, 5, 3)},
    {"Uart(DEFAULT,DEFAULT,D,D)", NODE(3, 14, 19, 0, ZEROES_4, ZEROES_8, 0, 0, 0)},
    {"Uart(1,8,2,4)", NODE(3, 14, 19, 0, ZEROES_4, 1, 0, 0, 0, ZEROES_4, 8, 2, 4)},
    {"Uart(1,8,6,2)", NODE(3, 14, 19, 0, ZEROES_4, 1, 0, 0, 0, ZEROES_4, 8, 6, 2)},
    {"UsbClass(0x1234,0xFFFF,0x4,0x5,0x50)", USB_CLASS_NODE(4, 5)},
    {"UsbAudio(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(1, 5)},
    {"UsbCDCControl(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(2, 5)},
    {"UsbHID(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(3, 5)},
    {"UsbImage(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(6, 5)},
    {"UsbPrinter(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(7, 5)},
    {"UsbMassStorage(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(8, 5)},
    {"UsbHub(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(9, 5)},
    {"UsbCDCData(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(10, 5)},
    {"UsbSmartCard(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(11, 5)},
    {"UsbVideo(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(14, 5)},
    {"UsbDiagnostic(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(220, 5)},
    {"UsbWireless(0x1234,0xFFFF,0x5,0x50)", USB_CLASS_NODE(224, 5)},
    {"UsbDeviceFirmwareUpdate(0x1234,0xFFFF,0x50)", USB_CLASS_NODE(254, 1)},
    {"UsbIrdaBridge(0x1234,0xFFFF,0x50)", USB_CLASS_NODE(254, 2)},
    {"UsbTestAndMeasurement(0x1234,0xFFFF,0x50)", USB_CLASS_NODE(254, 3)},
    {"UsbClass(0x1234,0xFFFF,0xFE,0x4,0x50)", USB_CLASS_NODE(254, 4)},
    {"UsbWwid(0x46D,0xC31C,0x1,\"A,\"1\")",
     NODE(3, 16, 18, 0, 1, 0, 0x6d, 0x04, 0x1c, 0xc3, 'A', 0, ',', 0, '"', 0, '1', 0)},
    {"UsbWwid(0x0,0x0,0x0,\"\")", NODE(3, 16, 10, 0, 0, 0, 0, 0, 0, 0)},
    {"Unit(0x7F)", NODE(3, 17, 5, 0, 0x7f)},
    {"Sata(0x1,0xFFFF,0x0)", NODE(3, 18, 10, 0, 1, 0, 0xff, 0xff, 0, 0)},
    {"iSCSI(iqn.1992-01.com.example:a,0x1,0x0001000000000000,CRC32C,None,CHAP_UNI,TCP)",
     NODE(3, 19, 18 + 26, 0, 0, 0, 0x02, 0x10, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 'i', 'q', 'n', '.',
          '1', '9', '9', '2', '-', '0', '1', '.', 'c', 'o', 'm', '.', 'e', 'x', 'a', 'm', 'p', 'l',
          'e', ':', 'a', 0)},
    {"iSCSI(t,0x0,0x0000000000000000,None,CRC32C,None,TCP)",
     NODE(3, 19, 20, 0, 0, 0, 0x08, 0x08, ZEROES_8, 0, 0, 't', 0)},
    {"iSCSI(t,0x0,0x0000000000000000,0x1,0x3,CHAP_BI,0x1)",
     NODE(3, 19, 20, 0, 1, 0, 0x0d, 0x00, ZEROES_8, 0, 0, 't', 0)},
    {"Vlan(4094)", NODE(3, 20, 6, 0, 0xfe, 0x0f)},
    {"SasEx(0x0123456789ABCDEF,0x0001000000000000,0x3,SAS,External,Direct,0x2)",
     NODE(3, 22, 24, 0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 1, 0, 0, 0, 0, 0, 0,
          0x22, 0x01, 3, 0)},
    {"SasEx(0x0000000000000000,0x0000000000000000,0x0,NoTopology,0,0,0)",
     NODE(3, 22, 24, 0, ZEROES_16, ZEROES_4)},
    {"NVMe(0x1,00-11-22-33-44-55-66-FF)",
     NODE(3, 23, 16, 0, 1, 0, 0, 0, 0xff, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0x00)},
    {"Uri(http://h/a,b?(c)d)", NODE(3, 24, 4 + 17, 0, 'h', 't', 't', 'p', ':', '/', '/', 'h', '/',
                                    'a', ',', 'b', '?', '(', 'c', ')', 'd')},
    {"Uri()", NODE(3, 24, 4, 0)},
    {"UFS(0x0,0xC4)", NODE(3, 25, 6, 0, 0, 0xc4)},
    {"SD(0x2)", NODE(3, 26, 5, 0, 2)},
    {"Bluetooth(0123456789AB)", NODE(3, 27, 10, 0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab)},
    {"Wi-Fi(net, 5G)",
     NODE(3, 28, 36, 0, 'n', 'e', 't', ',', ' ', '5', 'G', 0, ZEROES_16, ZEROES_8)},
    {"Wi-Fi(0123456789abcdef0123456789abcdef)",
     NODE(3, 28, 36, 0, '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
          'f', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f')},
    {"eMMC(0x1)", NODE(3, 29, 5, 0, 1)},
    {"BluetoothLE(0123456789AB,0x01)", NODE(3, 30, 11, 0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 1)},
    {"Dns()", NODE(3, 31, 5, 0, 0)},
    {"Dns(8.8.8.8,1.1.1.1)", NODE(3, 31, 37, 0, 0, 8, 8, 8, 8, ZEROES_12, 1, 1, 1, 1, ZEROES_12)},
    {"Dns(2001:4860:4860:0000:0000:0000:0000:8888)",
     NODE(3, 31, 21, 0, 1, 0x20, 0x01, 0x48, 0x60, 0x48, 0x60, ZEROES_8, 0x88, 0x88)},
    {"NVDIMM(33221100-5544-7766-8899-AABBCCDDEEFF)", NODE(3, 32, 20, 0, GUID_BYTES)},
    {"RestService(0x1,0x2)", NODE(3, 33, 6, 0, 1, 2)},
    {"Msg(7,00)", NODE(3, 7, 5, 0, 0)},

    /* Media */
    {"HD(1,GPT,33221100-5544-7766-8899-AABBCCDDEEFF,0x800,0x100000)",
     .display = "HD(1,GPT,33221100-5544-7766-8899-AABBCCDDEEFF)",
     NODE(4, 1, 42, 0, 1, 0, 0, 0, 0x00, 0x08, 0, 0, ZEROES_4, 0, 0, 0x10, 0, ZEROES_4, GUID_BYTES,
          2, 2)},
    {"HD(15,MBR,0x0000ABCD,0x3F,0x1000)", .display = "HD(15,MBR,0x0000ABCD)",
     NODE(4, 1, 42, 0, 15, 0, 0, 0, 0x3f, 0, 0, 0, ZEROES_4, 0x00, 0x10, 0, 0, ZEROES_4, 0xcd, 0xab,
          0, 0, ZEROES_12, 1, 1)},
    {"HD(2,0,0,0x1,0x2)", .display = "HD(2,0,0)",
     NODE(4, 1, 42, 0, 2, 0, 0, 0, 1, 0, 0, 0, ZEROES_4, 2, 0, 0, 0, ZEROES_4, ZEROES_16, 0, 0)},
    {"CDROM(0x1,0x2F,0x200000001)", .display = "CDROM(0x1)",
     NODE(4, 2, 24, 0, 1, 0, 0, 0, 0x2f, 0, 0, 0, ZEROES_4, 1, 0, 0, 0, 2, 0, 0, 0)},
    {"VenMedia(33221100-5544-7766-8899-AABBCCDDEEFF,01)", NODE(4, 3, 21, 0, GUID_BYTES, 1)},
    {"\\EFI\\BOOT\\a b(1).efi", NODE(4, 4, 4 + 42, 0, '\\', 0, 'E', 0, 'F', 0, 'I', 0, '\\', 0, 'B',
                                     0, 'O', 0, 'O', 0, 'T', 0, '\\', 0, 'a', 0, ' ', 0, 'b', 0,
                                     '(', 0, '1', 0, ')', 0, '.', 0, 'e', 0, 'f', 0, 'i', 0, 0, 0)},
    {"pci(0x1,0x2)", /* names are case-sensitive */
     NODE(4, 4, 4 + 26, 0, 'p', 0, 'c', 0, 'i', 0, '(', 0, '0', 0, 'x', 0, '1', 0, ',', 0, '0', 0,
          'x', 0, '2', 0, ')', 0, 0, 0)},
    {"Media(33221100-5544-7766-8899-AABBCCDDEEFF)", NODE(4, 5, 20, 0, GUID_BYTES)},
    {"FvFile(33221100-5544-7766-8899-AABBCCDDEEFF)", NODE(4, 6, 20, 0, GUID_BYTES)},
    {"Fv(33221100-5544-7766-8899-AABBCCDDEEFF)", NODE(4, 7, 20, 0, GUID_BYTES)},
    {"Offset(0x200,0xFFFFFFFFFFFFFFFF)", NODE(4, 8, 24, 0, ZEROES_4, 0, 2, 0, 0, ZEROES_4, 0xff,
                                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)},
    {"RamDisk(0x1000,0x100001FFF,5,33221100-5544-7766-8899-AABBCCDDEEFF)",
     RAM_DISK_NODE(GUID_BYTES)},
    {"VirtualDisk(0x1000,0x100001FFF,5)",
     RAM_DISK_NODE(0x5a, 0x53, 0xab, 0x77, 0xfc, 0x45, 0x4b, 0x62, 0x55, 0x60, 0xf7, 0xb2, 0x81,
                   0xd1, 0xf9, 0x6e)},
    {"VirtualCD(0x1000,0x100001FFF,5)",
     RAM_DISK_NODE(0x30, 0xbd, 0x5a, 0x3d, 0x75, 0x41, 0xce, 0x87, 0x6d, 0x64, 0xd2, 0xad, 0xe5,
                   0x23, 0xc4, 0xbb)},
    {"PersistentVirtualDisk(0x1000,0x100001FFF,5)",
     RAM_DISK_NODE(0xc9, 0x02, 0xea, 0x5c, 0x07, 0x4d, 0xd3, 0x69, 0x26, 0x9f, 0x44, 0x96, 0xfb,
                   0xe0, 0x96, 0xf9)},
    {"PersistentVirtualCD(0x1000,0x100001FFF,5)",
     RAM_DISK_NODE(0x88, 0x81, 0x01, 0x08, 0xcd, 0x42, 0x48, 0xbb, 0x10, 0x0f, 0x53, 0x87, 0xd5,
                   0x3d, 0xed, 0x3d)},
    {"MediaPath(10)", NODE(4, 10, 4, 0)},

    /* BIOS boot specification */
    {"BBS(HD,disk 1,0x3)", .display = "BBS(HD,disk 1)",
     NODE(5, 1, 15, 0, 2, 0, 3, 0, 'd', 'i', 's', 'k', ' ', '1', 0)},
    {"BBS(0x80,,0x0)", .display = "BBS(0x80,)", NODE(5, 1, 9, 0, 0x80, 0, 0, 0, 0)},
    {"BbsPath(2,01)", NODE(5, 2, 5, 0, 1)},

    /* Others */
    {"Path(0,0)", NODE(0, 0, 4, 0)},
    {"Path(6,1,00FF)", NODE(6, 1, 6, 0, 0x00, 0xff)},
    {"Path(255,255)", NODE(255, 255, 4, 0)},
    {"Path(127,1,AA)", NODE(0x7f, 1, 5, 0, 0xaa)},
};

const size_t device_path_sample_count =
    sizeof(device_path_samples) / sizeof(device_path_samples[0]);
