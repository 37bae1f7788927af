FUZZ_blt = shim/blt.c tests/unit/blt_model.c
FUZZ_key_decoder = shim/key_decoder.c shim/key_sequence.c
