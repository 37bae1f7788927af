FUZZ_blt = shim/console/blt.c tests/unit/blt_model.c
FUZZ_key_decoder = shim/console/key_decoder.c shim/console/key_sequence.c
