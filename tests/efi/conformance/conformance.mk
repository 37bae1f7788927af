# Programs that assert what the UEFI specification says, for any firmware:
# $(CONFORMANCE_BUILD)/<program>.efi from <program>.c and <program>_*.c.

CONFORMANCE_BUILD := $(BUILD)/conformance
CONFORMANCE_DIR := tests/efi/conformance
CONFORMANCE_PROGRAMS := memory handles events drivers misc variables runtime images \
	console keys graphics files paths protocols hii exit
CONFORMANCE_COMMON := $(addprefix $(CONFORMANCE_DIR)/,check.c clock.c config_table.c fixture.c \
	memory_view.c report.c table_header.c variable.c) \
	loader/lib/crc32.c loader/lib/format.c loader/lib/string.c loader/status_name.c
# What a program needs besides.
CONFORMANCE_images := tests/unit/pe_builder.c
CONFORMANCE_exit := $(CONFORMANCE_DIR)/images_child.c tests/unit/pe_builder.c
CONFORMANCE_paths := tests/unit/device_path_samples.c
CONFORMANCE_hii := tests/unit/hii_builder.c shim/hii/hii_package_list.c loader/utf16.c
CONFORMANCE_FILES := $(addprefix $(CONFORMANCE_BUILD)/,$(CONFORMANCE_PROGRAMS:=.efi) launcher.efi)

conformance_objects = $(patsubst %.c,$(EFI_BUILD)/objects/%.o,$(sort $(CONFORMANCE_COMMON) \
	$(wildcard $(CONFORMANCE_DIR)/$(1).c $(CONFORMANCE_DIR)/$(1)_*.c) $(CONFORMANCE_$(1))))

.PHONY: conformance
conformance: $(CONFORMANCE_FILES)

.SECONDEXPANSION:
$(CONFORMANCE_FILES): $(CONFORMANCE_BUILD)/%.efi: $$(call conformance_objects,$$*)
	@mkdir -p $(@D)
	$(EFI_LINK)
