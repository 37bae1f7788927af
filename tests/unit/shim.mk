# Tests of what a client can call and read, on fakes of the machine below: fake_*.c. Each list holds
# a layer and what it stands on.

REGION_UNIT_SOURCES := shim/memory/region_map.c shim/memory/region_store.c loader/lib/tree.c
PAGE_UNIT_SOURCES := shim/memory/page_alloc.c $(REGION_UNIT_SOURCES) shim/memory/memory_descriptors.c \
	tests/unit/isolated.c
POOL_UNIT_SOURCES := $(PAGE_UNIT_SOURCES) shim/memory/nx_policy.c shim/memory/pool.c shim/memory/pool_page.c \
	$(addprefix tests/unit/,fake_memory.c fake_paging.c)
HANDLE_UNIT_SOURCES := $(POOL_UNIT_SOURCES) tests/unit/fake_tsc.c \
	shim/runtime_followers.c loader/pe_relocate.c \
	$(addprefix shim/device_path/,device_path.c device_path_index.c) \
	$(addprefix shim/event/,event.c event_timer.c tpl.c) $(addprefix shim/protocol/,guid_index.c \
	handle.c locate.c open_protocol.c protocol_notify.c protocol_use.c)
TABLE_UNIT_SOURCES := tables/config_table.c tables/system_table.c loader/lib/crc32.c loader/utf16.c
IMAGE_UNIT_SOURCES := $(HANDLE_UNIT_SOURCES) loader/module_device.c \
	$(wildcard loader/pe*.c shim/image/image*.c) \
	$(addprefix tests/unit/,image_fixture.c pe_builder.c)

UNIT_acpi := tables/acpi.c tables/acpi_tables.c $(TABLE_UNIT_SOURCES)
UNIT_config_table := $(TABLE_UNIT_SOURCES)
UNIT_device_path := $(HANDLE_UNIT_SOURCES)
UNIT_device_path_index := $(HANDLE_UNIT_SOURCES) tests/unit/random.c
UNIT_event := $(HANDLE_UNIT_SOURCES)
UNIT_event_group := $(HANDLE_UNIT_SOURCES)
IDLE_UNIT_SOURCES := $(HANDLE_UNIT_SOURCES) shim/event/idle.c tests/unit/fake_timer.c
UNIT_event_services := $(IDLE_UNIT_SOURCES) shim/event/event_services.c
UNIT_event_timer := $(HANDLE_UNIT_SOURCES)
UNIT_timer := $(HANDLE_UNIT_SOURCES) shim/event/timer.c tests/unit/fake_interrupts.c
# Its instructions are privileged.
UNIT_FLAGS_timer := -include tests/unit/fake_interrupts.h
UNIT_guid_index := shim/protocol/guid_index.c loader/lib/tree.c tests/unit/random.c
UNIT_handle := $(HANDLE_UNIT_SOURCES)
# Images really run, and come back as they do on the machine.
UNIT_image_load := $(IMAGE_UNIT_SOURCES) shim/x86/jump.S
UNIT_image_memory := $(UNIT_image_load)
UNIT_image_path := $(UNIT_image_load)
UNIT_image_source := $(HANDLE_UNIT_SOURCES) shim/image/image_source.c tests/unit/fake_volume.c
UNIT_image_start := $(UNIT_image_load)
UNIT_image_exit := $(UNIT_image_load)
UNIT_image_unload := $(UNIT_image_load)
UNIT_initrd := $(HANDLE_UNIT_SOURCES) shim/image/initrd.c
UNIT_locate := $(HANDLE_UNIT_SOURCES)
UNIT_locate_device_path := $(HANDLE_UNIT_SOURCES)
UNIT_memory_attribute := $(HANDLE_UNIT_SOURCES) shim/memory/memory_attribute.c
UNIT_memory_attributes := tables/memory_attributes.c
UNIT_memory_descriptors := $(PAGE_UNIT_SOURCES)
UNIT_memory_services := $(IDLE_UNIT_SOURCES) shim/memory/memory_services.c
UNIT_idle := $(IDLE_UNIT_SOURCES)
UNIT_misc_services := $(HANDLE_UNIT_SOURCES) $(TABLE_UNIT_SOURCES) tests/unit/fake_timer.c \
	shim/misc_services.c
UNIT_nx_policy := $(IMAGE_UNIT_SOURCES) shim/x86/jump.S shim/memory/memory_services.c shim/event/idle.c \
	tests/unit/fake_timer.c
UNIT_open_protocol := $(HANDLE_UNIT_SOURCES)
UNIT_page_table := loader/x86/page_table.c tests/unit/random.c
UNIT_page_alloc := $(PAGE_UNIT_SOURCES) tests/unit/page_client.c
UNIT_page_add := $(UNIT_page_alloc)
UNIT_page_place := $(UNIT_page_alloc)
UNIT_page_free := $(PAGE_UNIT_SOURCES)
UNIT_page_fragments := $(POOL_UNIT_SOURCES) tests/unit/random.c
UNIT_page_random := $(PAGE_UNIT_SOURCES) tests/unit/random.c
UNIT_pool := $(POOL_UNIT_SOURCES) tests/unit/pool_client.c
UNIT_pool_free := $(UNIT_pool)
UNIT_pool_object := $(UNIT_pool)
UNIT_pool_random := $(POOL_UNIT_SOURCES) tests/unit/random.c
UNIT_protocol_notify := $(HANDLE_UNIT_SOURCES)
DRIVER_UNIT_SOURCES := $(HANDLE_UNIT_SOURCES) \
	$(filter-out shim/driver/driver_binding.c,$(wildcard shim/driver/driver*.c)) \
	shim/driver/child_controllers.c shim/protocol/protocol_release.c
UNIT_protocol_use := $(HANDLE_UNIT_SOURCES)
UNIT_protocol_services := $(DRIVER_UNIT_SOURCES) shim/protocol/protocol_services.c tests/unit/protocol_fixture.c
UNIT_protocol_lists = $(UNIT_protocol_services)
UNIT_region_map := $(REGION_UNIT_SOURCES)
UNIT_region_store := $(REGION_UNIT_SOURCES)
UNIT_runtime_followers := $(HANDLE_UNIT_SOURCES) shim/runtime/followers.c
UNIT_status_name := loader/status_name.c
UNIT_system_table := $(TABLE_UNIT_SOURCES)
UNIT_text_output := $(IDLE_UNIT_SOURCES) tests/unit/fake_terminal.c shim/console/text_output.c \
	loader/lib/format.c loader/utf16.c tests/unit/text_output_fixture.c
UNIT_text_screen = $(UNIT_text_output)
UNIT_tpl := shim/event/tpl.c tests/unit/isolated.c
