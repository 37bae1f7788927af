#include "tests/unit/fake_interrupts.h"

#include "loader/x86/local_apic.h"
#include "tests/unit/fake_tsc.h"
#include "tests/unit/isolated.h"

struct fake_interrupts fake_interrupts = {.due_ns = UINT64_MAX};

/* As the CPU does it: interrupts are off in the handler and as before afterwards. */
static void deliver(void)
{
    if (!fake_interrupts.enabled || fake_tsc.now_ns < fake_interrupts.due_ns)
        return;
    fake_interrupts.due_ns = UINT64_MAX;
    fake_interrupts.enabled = false;
    interrupt_timer(fake_interrupts.rip);
    fake_interrupts.enabled = true;
}

bool interrupts_enabled(void)
{
    return fake_interrupts.enabled;
}

void interrupts_enable(void)
{
    fake_interrupts.enabled = true;
    deliver();
}

void interrupts_disable(void)
{
    fake_interrupts.enabled = false;
}

void interrupts_enable_and_halt(void)
{
    assert_int_not_equal(fake_interrupts.due_ns, UINT64_MAX);
    fake_interrupts.halts++;
    if (fake_tsc.now_ns < fake_interrupts.due_ns)
        fake_tsc.now_ns = fake_interrupts.due_ns;
    interrupts_enable();
}

void local_apic_init(void)
{
    fake_interrupts.opened++;
    fake_interrupts.apic_is_open = true;
}

void local_apic_arm(uint64_t ns)
{
    assert_true(fake_interrupts.apic_is_open);
    fake_interrupts.due_ns = ns < UINT64_MAX - fake_tsc.now_ns ? fake_tsc.now_ns + ns : UINT64_MAX;
}

void local_apic_end_of_interrupt(void)
{
    fake_interrupts.ended++;
}

void local_apic_close(void)
{
    assert_false(fake_interrupts.enabled);
    fake_interrupts.apic_is_open = false;
    fake_interrupts.due_ns = UINT64_MAX;
}

void fake_interrupts_pass(uint64_t ns)
{
    uint64_t end = fake_tsc.now_ns + ns;

    while (fake_interrupts.enabled && fake_interrupts.due_ns <= end) {
        if (fake_tsc.now_ns < fake_interrupts.due_ns)
            fake_tsc.now_ns = fake_interrupts.due_ns;
        deliver();
    }
    fake_tsc.now_ns = end;
}

void fake_interrupts_pass_at_once(uint64_t ns)
{
    fake_tsc.now_ns += ns;
    deliver();
}
