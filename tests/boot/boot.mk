# What the boot tests need besides the firmware: ELF files that hand it a wrong start_info.

START_INFO_BUILD := $(BUILD)/start_info

.PHONY: start-info
start-info: $(START_INFO_BUILD)/bad-magic.elf $(START_INFO_BUILD)/many-modules.elf

$(START_INFO_BUILD)/bad-magic.elf: WRONG := 1
$(START_INFO_BUILD)/many-modules.elf: WRONG := 2

$(START_INFO_BUILD)/firmware.bin: $(BUILD)/pvhefi.elf
	@mkdir -p $(@D)
	$(Q)$(OBJCOPY) -O binary $< $@

$(START_INFO_BUILD)/%.elf: tests/boot/start_info/wrong.S tests/boot/start_info/wrong.lds \
		$(START_INFO_BUILD)/firmware.bin
	@echo "  ELF     $@"
	$(Q)gcc -c -DWRONG_START_INFO=$(WRONG) -DFIRMWARE='"$(START_INFO_BUILD)/firmware.bin"' \
		-o $(@:.elf=.o) $<
	$(Q)$(LD) --no-warn-rwx-segments -z max-page-size=4096 -T tests/boot/start_info/wrong.lds \
		-o $@ $(@:.elf=.o)
