# Tests of the protocols on the console, and of the graphics stub. The lists of layers are in
# shim.mk, which may be read later.

INPUT_UNIT_SOURCES = $(HANDLE_UNIT_SOURCES) shim/event/idle.c shim/console/terminal_input.c \
	$(addprefix tests/unit/,fake_terminal.c fake_timer.c fake_typing.c)
KEY_UNIT_SOURCES = $(INPUT_UNIT_SOURCES) $(addprefix shim/console/,key_decoder.c key_notify.c \
	key_queue.c key_sequence.c)

UNIT_blt = shim/console/blt.c tests/unit/blt_model.c tests/unit/random.c
UNIT_debug_port_protocol = $(INPUT_UNIT_SOURCES) shim/console/debug_port_protocol.c
UNIT_graphics_output = $(HANDLE_UNIT_SOURCES) shim/console/blt.c shim/console/graphics_output.c
UNIT_key_decoder = shim/console/key_decoder.c shim/console/key_sequence.c
UNIT_key_notify = $(KEY_UNIT_SOURCES) shim/console/text_input_ex.c
UNIT_key_queue = $(KEY_UNIT_SOURCES)
UNIT_serial_io = $(INPUT_UNIT_SOURCES) shim/console/serial_io.c
UNIT_terminal = loader/terminal.c
UNIT_text_input = $(KEY_UNIT_SOURCES) shim/console/text_input.c
UNIT_text_input_ex = $(KEY_UNIT_SOURCES) shim/console/text_input.c shim/console/text_input_ex.c
