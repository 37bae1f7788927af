FUZZ_xenstore_message := $(addprefix hypercall/,xenstore_listing.c xenstore_message.c xenstore_value.c)
