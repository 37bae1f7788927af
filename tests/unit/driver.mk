# Tests of binding drivers to controllers.

UNIT_child_controllers = $(DRIVER_UNIT_SOURCES)
# The firmware's own drivers have names.
DRIVER_BINDING_UNIT_SOURCES = $(DISK_NAME_UNIT_SOURCES) loader/utf16.c \
	$(addprefix shim/driver/,component_name.c driver_binding.c) shim/block/pv_disk_label.c
UNIT_component_name = $(sort $(DRIVER_UNIT_SOURCES) $(DRIVER_BINDING_UNIT_SOURCES))
UNIT_driver = $(DRIVER_UNIT_SOURCES) tests/unit/fake_driver.c
UNIT_driver_binding = $(UNIT_component_name)
UNIT_driver_order = $(UNIT_driver)
UNIT_protocol_release = $(UNIT_driver)
