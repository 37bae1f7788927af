#include "shim/runtime/state.h"

struct runtime_state runtime_state;
