# Partition tables and file systems.

FUZZ_mbr := shim/medium/medium.c shim/partition/mbr.c
FUZZ_gpt := shim/partition/gpt.c loader/lib/crc32.c tests/unit/gpt_builder.c
FUZZ_el_torito := shim/medium/medium.c shim/partition/el_torito.c
