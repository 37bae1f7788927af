# Tests of device paths as text and in pieces, of text comparison and of the random number protocol.
# HANDLE_UNIT_SOURCES and POOL_UNIT_SOURCES are in shim.mk.

TEXT_UNIT_SOURCES = $(POOL_UNIT_SOURCES) \
	$(addprefix shim/text/,byte_builder.c text_builder.c text_slice.c) shim/device_path/ip_text.c
PATH_TEXT_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) $(TEXT_UNIT_SOURCES) loader/utf16.c \
	$(wildcard shim/device_path/device_path_*.c)
COLLATION_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) \
	$(addprefix shim/text/,pattern.c unicode_case.c unicode_collation.c)

UNIT_text_builder = $(TEXT_UNIT_SOURCES)
UNIT_text_slice := shim/text/text_slice.c
UNIT_ip_text = $(TEXT_UNIT_SOURCES)
UNIT_device_path_text = $(PATH_TEXT_UNIT_SOURCES) tests/unit/device_path_samples.c
UNIT_device_path_to_text = $(PATH_TEXT_UNIT_SOURCES) tests/unit/device_path_samples.c
UNIT_device_path_from_text = $(PATH_TEXT_UNIT_SOURCES)
UNIT_device_path_utilities = $(HANDLE_UNIT_SOURCES) shim/device_path/device_path_utilities.c
UNIT_unicode_case := shim/text/unicode_case.c
UNIT_pattern := shim/text/pattern.c shim/text/unicode_case.c
UNIT_unicode_collation = $(COLLATION_UNIT_SOURCES)
UNIT_rng = $(HANDLE_UNIT_SOURCES) shim/rng.c
