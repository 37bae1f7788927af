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
	$(wildcard shim/file/*.c) loader/utf16.c shim/runtime/calendar.c
FAT_UNIT_SOURCES = $(FILE_UNIT_SOURCES) $(wildcard shim/fat/*.c) shim/unicode_case.c
FAT_FIXTURE_UNIT_SOURCES = $(FAT_UNIT_SOURCES) $(addprefix tests/unit/,fat_fixture.c image_file.c)

UNIT_fat_read = $(FAT_FIXTURE_UNIT_SOURCES)
UNIT_fat_write = $(FAT_FIXTURE_UNIT_SOURCES)
