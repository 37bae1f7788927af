# Partition tables and file systems, on images that other programs made: tests/unit/image_file.c.

MEDIUM_UNIT_SOURCES := shim/medium/medium.c tests/unit/memory_medium.c
IMAGE_FILE_UNIT_SOURCES := $(MEDIUM_UNIT_SOURCES) tests/unit/image_file.c
PARTITION_TABLE_UNIT_SOURCES = $(POOL_UNIT_SOURCES) loader/lib/crc32.c \
	$(addprefix shim/partition/,el_torito.c gpt.c mbr.c partition_table.c)

UNIT_mbr := $(MEDIUM_UNIT_SOURCES) shim/partition/mbr.c
UNIT_partition_table = $(PARTITION_TABLE_UNIT_SOURCES) $(IMAGE_FILE_UNIT_SOURCES)
UNIT_gpt := shim/partition/gpt.c loader/lib/crc32.c tests/unit/gpt_builder.c
UNIT_el_torito := $(MEDIUM_UNIT_SOURCES) shim/partition/el_torito.c
