# Tests of binding drivers to controllers.

UNIT_child_controllers = $(DRIVER_UNIT_SOURCES)
UNIT_driver = $(DRIVER_UNIT_SOURCES) tests/unit/fake_driver.c
UNIT_driver_order = $(UNIT_driver)
UNIT_protocol_release = $(UNIT_driver)
