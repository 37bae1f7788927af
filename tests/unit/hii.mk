# Tests of the Human Interface Infrastructure. The lists of layers are in shim.mk and others, which
# may be read later.

HII_PACKAGE_UNIT_SOURCES = $(POOL_UNIT_SOURCES) loader/utf16.c \
	$(addprefix shim/text/,byte_builder.c unicode_case.c) $(addprefix shim/hii/,hii_package_list.c \
	hii_string_block.c hii_string_package.c hii_string_package_edit.c scsu.c)

UNIT_scsu := shim/hii/scsu.c
UNIT_hii_package_list := shim/hii/hii_package_list.c tests/unit/hii_builder.c
UNIT_hii_string_block := shim/hii/hii_string_block.c shim/hii/scsu.c
UNIT_hii_string_package = $(HII_PACKAGE_UNIT_SOURCES) tests/unit/hii_builder.c

HII_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) $(filter-out $(HANDLE_UNIT_SOURCES),\
	$(HII_PACKAGE_UNIT_SOURCES)) tests/unit/hii_builder.c \
	$(addprefix shim/hii/,hii_database.c hii_database_protocol.c hii_export.c hii_font_package.c \
	hii_keyboard.c hii_keyboard_package.c hii_notify.c hii_package.c hii_string.c \
	hii_string_list.c)

HII_CONFIG_UNIT_SOURCES = shim/hii/hii_config_element.c shim/text/text_slice.c
HII_BLOCK_UNIT_SOURCES = $(HII_CONFIG_UNIT_SOURCES) $(POOL_UNIT_SOURCES) loader/utf16.c \
	$(addprefix shim/text/,byte_builder.c text_builder.c) shim/hii/hii_config_block.c

UNIT_hii_config_block = $(HII_BLOCK_UNIT_SOURCES)
UNIT_hii_config_element = $(HII_CONFIG_UNIT_SOURCES)
UNIT_hii_config_routing = $(HII_UNIT_SOURCES) $(HII_BLOCK_UNIT_SOURCES) shim/hii/hii_config_route.c \
	shim/hii/hii_config_routing.c
UNIT_hii_database = $(HII_UNIT_SOURCES)
UNIT_hii_notify = $(HII_UNIT_SOURCES)
UNIT_hii_keyboard = $(HII_UNIT_SOURCES)
UNIT_hii_string = $(HII_UNIT_SOURCES)
UNIT_image_hii = $(IMAGE_UNIT_SOURCES) shim/x86/jump.S
UNIT_pe_resource := loader/pe_resource.c
