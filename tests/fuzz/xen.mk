FUZZ_xenstore_message := hypercall/xenstore_message.c hypercall/xenstore_value.c
