# Partition tables and file systems.

FUZZ_mbr := shim/medium/medium.c shim/partition/mbr.c
FUZZ_gpt := shim/partition/gpt.c loader/lib/crc32.c tests/unit/gpt_builder.c
FUZZ_el_torito := shim/medium/medium.c shim/partition/el_torito.c
# The lists of sources are in tests/unit/storage.mk.
FUZZ_fat = tests/fuzz/volume_walk.c $(filter-out tests/unit/isolated.c,$(FAT_UNIT_SOURCES))
FUZZ_iso9660 = tests/fuzz/volume_walk.c shim/text/unicode_case.c \
	$(filter-out tests/unit/isolated.c,$(FILE_UNIT_SOURCES)) \
	$(filter-out shim/iso9660/iso_driver.c,$(wildcard shim/iso9660/*.c))
