# Tests of the tables that the guest only reads; TABLE_UNIT_SOURCES and POOL_UNIT_SOURCES are in
# tests/unit/shim.mk, XENSTORE_UNIT_SOURCES in tests/unit/xen.mk.

ACPI_UNIT_SOURCES := tables/acpi_tables.c tests/unit/acpi_tables_fake.c
SMBIOS_UNIT_SOURCES := $(wildcard tables/smbios*.c) loader/version.c

UNIT_acpi_processors := $(ACPI_UNIT_SOURCES) tables/acpi_processors.c
UNIT_acpi_tables := $(ACPI_UNIT_SOURCES)
UNIT_acpi_power := $(ACPI_UNIT_SOURCES) tables/acpi_power.c
UNIT_smbios := $(SMBIOS_UNIT_SOURCES) tests/unit/smbios_reader.c loader/lib/format.c
UNIT_smbios_writer := tables/smbios_writer.c
UNIT_table_memory := $(POOL_UNIT_SOURCES) tables/table_memory.c
UNIT_acpi_extension := $(ACPI_UNIT_SOURCES) tables/acpi_extension.c
UNIT_boot_performance := tables/boot_performance.c tables/acpi_tables.c
UNIT_xen_table := tables/xen_table_writer.c loader/lib/crc32.c
UNIT_smbios_settings = $(XENSTORE_UNIT_SOURCES) shim/smbios_settings.c $(SMBIOS_UNIT_SOURCES)
