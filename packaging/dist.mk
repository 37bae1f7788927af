# make dist: build/pvhefi-VERSION.tar.gz, the same from every checkout of a commit; its version is in packaging/commit.
# make deb:  Debian packages of that, in build/deb/.

DIST := $(BUILD)/pvhefi-$(VERSION).tar.gz

.PHONY: dist deb
dist:
	@case "$(VERSION)" in *+changed | *~unknown) \
		echo "dist: $(VERSION): commit first, in a git checkout" >&2; exit 1;; esac
	@mkdir -p $(BUILD)
	git archive --format=tar --prefix=pvhefi-$(VERSION)/ HEAD | gzip -9n >$(DIST)

deb: dist
	rm -rf $(BUILD)/deb
	packaging/deb $(DIST) $(BUILD)/deb
	@ls $(BUILD)/deb/*.deb
