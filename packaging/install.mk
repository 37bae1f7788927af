# make install, make uninstall: firmware, man page, examples, SBOM.
#
#   DESTDIR=, PREFIX=           as usual; PREFIX is /usr/local
#   XENFIRMWAREDIR=             where the firmware goes: the folder of the Xen that is installed, else $(PREFIX)/lib/xen/boot
#   make install-xl-name        also a link by which an unpatched xl finds the firmware: firmware="pv"
#
# uninstall needs the same variables, and takes the link away too when it leads to the firmware.

PREFIX  ?= /usr/local
XENFIRMWAREDIR ?= $(shell packaging/xen-firmware-dir $(PREFIX))
MAN7DIR ?= $(PREFIX)/share/man/man7
DOCDIR  ?= $(PREFIX)/share/doc/pvhefi

# xl turns firmware="NAME" into XENFIRMWAREDIR/NAME.bin when "pvgrub32" or "pvgrub64" begins with NAME. No GRUB is
# called "pv", so that this one replaces nothing.
XL_NAME := pv

EXAMPLES := $(sort $(wildcard examples/*.cfg))
# Man page and examples are written with the places that a Debian package has.
AT_ITS_PLACE := sed -e 's|/usr/lib/xen/boot|$(XENFIRMWAREDIR)|g' -e 's|/usr/share/doc/pvhefi|$(DOCDIR)|g'
DEPENDENCIES := $(FIRMWARE_OBJECTS:.o=.d) $(RUNTIME_OBJECTS:.o=.d)

$(BUILD)/pvhefi.spdx.json: $(BUILD)/pvhefi.elf packaging/sbom
	@echo "  SBOM    $@"
	$(Q)packaging/sbom "$(VERSION)" "$(SOURCE_DATE_EPOCH)" $< $(DEPENDENCIES) >$@

.PHONY: install install-xl-name uninstall
install: $(BUILD)/pvhefi.elf $(BUILD)/pvhefi.spdx.json
	install -d "$(DESTDIR)$(XENFIRMWAREDIR)" "$(DESTDIR)$(MAN7DIR)" "$(DESTDIR)$(DOCDIR)/examples"
	install -m 644 $(BUILD)/pvhefi.elf "$(DESTDIR)$(XENFIRMWAREDIR)/pvhefi.elf"
	install -m 644 $(BUILD)/pvhefi.spdx.json "$(DESTDIR)$(DOCDIR)/pvhefi.spdx.json"
	$(AT_ITS_PLACE) docs/pvhefi.7 | install -m 644 /dev/stdin "$(DESTDIR)$(MAN7DIR)/pvhefi.7"
	for example in $(EXAMPLES); do \
		$(AT_ITS_PLACE) $$example | install -m 644 /dev/stdin "$(DESTDIR)$(DOCDIR)/$$example" || exit; \
	done

install-xl-name: install
	cd "$(DESTDIR)$(XENFIRMWAREDIR)" && \
		if [ "$$(readlink $(XL_NAME).bin)" != pvhefi.elf ]; then ln -s pvhefi.elf $(XL_NAME).bin; fi

uninstall:
	link="$(DESTDIR)$(XENFIRMWAREDIR)/$(XL_NAME).bin"; \
		if [ "$$(readlink "$$link")" = pvhefi.elf ]; then rm "$$link"; fi
	rm -f "$(DESTDIR)$(XENFIRMWAREDIR)/pvhefi.elf" "$(DESTDIR)$(MAN7DIR)/pvhefi.7"
	rm -rf "$(DESTDIR)$(DOCDIR)"
