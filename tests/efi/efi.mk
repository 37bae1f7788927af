# EFI programs that the tests boot, built with gnu-efi: build/efi/<name>.efi from tests/efi/<name>.c.

EFI_BUILD := $(BUILD)/efi
EFI_NAMES := $(patsubst tests/efi/%.c,%,$(wildcard tests/efi/*.c))
EFI_CFLAGS := -std=gnu11 -O2 -Wall -Wextra -Werror $(INCLUDES) -DGNU_EFI_USE_MS_ABI -fpic \
	-ffreestanding -fno-stack-protector -mno-red-zone -fshort-wchar -fcf-protection=none
EFI_SECTIONS := .text .sdata .data .dynamic .rodata .dynsym .rel .rela .reloc

.PHONY: efi
efi: $(EFI_NAMES:%=$(EFI_BUILD)/%.efi)

$(EFI_BUILD)/%.efi: tests/efi/%.c $(wildcard tests/efi/*.h)
	@mkdir -p $(@D)
	@echo "  EFI     $@"
	$(Q)gcc $(EFI_CFLAGS) -c -o $(@:.efi=.o) $<
	$(Q)$(LD) -nostdlib -znocombreloc -shared -Bsymbolic -T /usr/lib/elf_x86_64_efi.lds \
		-o $(@:.efi=.so) /usr/lib/crt0-efi-x86_64.o $(@:.efi=.o) -L/usr/lib -lgnuefi -lefi
	$(Q)$(OBJCOPY) $(addprefix -j ,$(EFI_SECTIONS)) --target efi-app-x86_64 --subsystem=10 \
		$(@:.efi=.so) $@
