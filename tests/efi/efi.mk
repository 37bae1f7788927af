# EFI programs that the tests boot, built with gnu-efi: build/efi/<name>.efi from tests/efi/<name>.c.

EFI_BUILD := $(BUILD)/efi
EFI_NAMES := $(patsubst tests/efi/%.c,%,$(wildcard tests/efi/*.c))
EFI_CFLAGS := -std=gnu11 -O2 -Wall -Wextra -Werror $(INCLUDES) -DGNU_EFI_USE_MS_ABI -fpic \
	-ffreestanding -fno-stack-protector -mno-red-zone -fshort-wchar -fcf-protection=none
EFI_SECTIONS := .text .sdata .data .dynamic .rodata .dynsym .rel .rela .reloc

.PHONY: efi
efi: $(EFI_NAMES:%=$(EFI_BUILD)/%.efi)

# Links $@ from the objects $^, whose memcpy() and memset() go before those of newer gnu-efi.
define EFI_LINK
@echo "  EFI     $@"
$(Q)$(LD) -nostdlib -znocombreloc -shared -Bsymbolic -z muldefs -T /usr/lib/elf_x86_64_efi.lds \
	--no-undefined \
	-o $(@:.efi=.so) /usr/lib/crt0-efi-x86_64.o $^ -L/usr/lib -lgnuefi -lefi
$(Q)$(OBJCOPY) $(addprefix -j ,$(EFI_SECTIONS)) --target efi-app-x86_64 --subsystem=10 \
	$(@:.efi=.so) $@
endef

$(EFI_BUILD)/objects/%.o: %.c
	@mkdir -p $(@D)
	$(Q)gcc $(EFI_CFLAGS) -MMD -MP -c -o $@ $<

$(EFI_NAMES:%=$(EFI_BUILD)/%.efi): $(EFI_BUILD)/%.efi: $(EFI_BUILD)/objects/tests/efi/%.o
	$(EFI_LINK)

-include $(shell find $(EFI_BUILD)/objects -name '*.d' 2>/dev/null)
