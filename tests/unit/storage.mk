# Partition tables and file systems, on images that other programs made: tests/unit/image_file.c.

MEDIUM_UNIT_SOURCES := shim/medium/medium.c tests/unit/memory_medium.c
IMAGE_FILE_UNIT_SOURCES := $(MEDIUM_UNIT_SOURCES) tests/unit/image_file.c
PARTITION_TABLE_UNIT_SOURCES = $(POOL_UNIT_SOURCES) loader/lib/crc32.c \
	$(addprefix shim/partition/,el_torito.c gpt.c mbr.c partition_table.c)

UNIT_mbr := $(MEDIUM_UNIT_SOURCES) shim/partition/mbr.c
UNIT_partition_table = $(PARTITION_TABLE_UNIT_SOURCES) $(IMAGE_FILE_UNIT_SOURCES)
UNIT_gpt := shim/partition/gpt.c loader/lib/crc32.c tests/unit/gpt_builder.c
UNIT_el_torito := $(MEDIUM_UNIT_SOURCES) shim/partition/el_torito.c

FILE_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) $(MEDIUM_UNIT_SOURCES) shim/medium/medium_cache.c \
	$(filter-out shim/file/volume_driver.c,$(wildcard shim/file/*.c)) loader/utf16.c shim/runtime/calendar.c
FAT_UNIT_SOURCES = $(FILE_UNIT_SOURCES) $(filter-out shim/fat/fat_driver.c,$(wildcard shim/fat/*.c)) \
	shim/text/unicode_case.c
FAT_FIXTURE_UNIT_SOURCES = $(FAT_UNIT_SOURCES) $(addprefix tests/unit/,fat_fixture.c image_file.c)

UNIT_fat_read = $(FAT_FIXTURE_UNIT_SOURCES)
UNIT_fat_write = $(FAT_FIXTURE_UNIT_SOURCES)
UNIT_fat_entry = $(FAT_FIXTURE_UNIT_SOURCES)
UNIT_fat_full = $(FAT_FIXTURE_UNIT_SOURCES)

VOLUME_DRIVER_UNIT_SOURCES = $(FAT_UNIT_SOURCES) $(PARTITION_TABLE_UNIT_SOURCES) \
	$(filter-out tests/unit/memory_disk.c,$(DISK_UNIT_SOURCES)) $(DRIVER_UNIT_SOURCES) \
	$(DRIVER_BINDING_UNIT_SOURCES) shim/block/foreign_disk.c shim/medium/protocol_medium.c $(wildcard shim/partition/*.c) \
	shim/fat/fat_driver.c shim/file/volume_driver.c tests/unit/image_file.c \
	$(wildcard shim/iso9660/*.c)
UNIT_partition_driver = $(VOLUME_DRIVER_UNIT_SOURCES)
UNIT_iso9660 = $(FILE_UNIT_SOURCES) shim/text/unicode_case.c tests/unit/image_file.c \
	$(filter-out shim/iso9660/iso_driver.c,$(wildcard shim/iso9660/*.c))
UNIT_fat_crash = $(FAT_FIXTURE_UNIT_SOURCES)
UNIT_fat_damaged = $(FAT_FIXTURE_UNIT_SOURCES)
UNIT_fat_name = $(addprefix shim/fat/,fat_name.c fat_long_name.c) shim/text/unicode_case.c \
	loader/utf16.c
UNIT_foreign_disk = $(VOLUME_DRIVER_UNIT_SOURCES)
