#include "shim/event/timer.h"

#include <stdbool.h>

#include "loader/terminal.h"
#include "loader/x86/cpu.h"
#include "loader/x86/interrupt.h"
#include "loader/x86/layout.h"
#include "loader/x86/local_apic.h"
#include "loader/x86/tsc.h"
#include "shim/event/event.h"
#include "shim/runtime_image.h"

/* How often input is looked for where it wakes nobody: nobody types faster. */
#define POLL_NS 10000000ull
/* When the interrupt came at a bad time, and when an event is due already. */
#define SOON_NS 100000ull
/* A halt costs about as much as this. */
#define SPIN_NS 50000ull

static bool running;

static bool lies_in(uint64_t address, uint64_t start, uint64_t end)
{
    return address >= start && address < end;
}

/*
 * The firmware's own code is never interrupted by a notification: its data may be half changed.
 * Every moment in which a client's code runs, called by the firmware or not, is a good one.
 */
static bool is_firmware_code(uint64_t rip)
{
    struct runtime_layout runtime = runtime_image_layout();

    return lies_in(rip, (uintptr_t)firmware_start, (uintptr_t)firmware_text_end) ||
           lies_in(rip, runtime.start, runtime.end);
}

static uint64_t ns_until_due(void)
{
    uint64_t due = event_next_timer_ns();
    uint64_t now = tsc_now_ns();

    return due > now ? due - now : 0;
}

static void arm_at_most(uint64_t limit_ns)
{
    uint64_t ns = ns_until_due();

    if (ns > limit_ns)
        ns = limit_ns;
    local_apic_arm(ns < SOON_NS ? SOON_NS : ns);
}

/* Most guests boot without a single timer: their local APIC is not touched. */
static void start(void)
{
    if (running)
        return;
    local_apic_init();
    running = true;
    interrupts_enable();
}

void timer_update(void)
{
    if (event_next_timer_ns() == UINT64_MAX)
        return;
    start();
    arm_at_most(UINT64_MAX);
}

void interrupt_timer(uint64_t rip)
{
    local_apic_end_of_interrupt();
    if (!running)
        return;
    if (is_firmware_code(rip)) {
        timer_update();
        return;
    }
    interrupts_enable();
    event_run_timers();
    interrupts_disable();
    timer_update();
}

bool timer_is_running(void)
{
    return running;
}

static void halt(uint64_t limit_ns)
{
    start();
    interrupts_disable();
    arm_at_most(limit_ns < POLL_NS ? limit_ns : POLL_NS);
    interrupts_enable_and_halt();
}

/* Xen ends the sleep when an event is due: an interrupt would only end it a little early. */
static bool sleep_in_xen(uint64_t deadline_ns)
{
    if (running)
        local_apic_arm(UINT64_MAX);
    if (!terminal_wait(deadline_ns))
        return false;
    if (running)
        timer_update();
    return true;
}

void timer_idle(uint64_t limit_ns)
{
    uint64_t due = event_next_timer_ns();
    uint64_t now = tsc_now_ns();
    bool interruptible = interrupts_enabled() || !running;
    bool slept;

    if (due <= now)
        return;
    if (due - now < limit_ns)
        limit_ns = due - now;
    interrupts_disable();
    slept = sleep_in_xen(now + limit_ns);
    if (running && interruptible)
        interrupts_enable();
    if (!slept && interruptible)
        halt(limit_ns);
}

void timer_wait_ns(uint64_t ns)
{
    uint64_t now = tsc_now_ns();
    uint64_t end = ns > UINT64_MAX - now ? UINT64_MAX : now + ns;

    for (; now < end; now = tsc_now_ns()) {
        event_run_timers();
        if (end - now > SPIN_NS + SOON_NS && running && interrupts_enabled()) {
            interrupts_disable();
            arm_at_most(end - now - SPIN_NS);
            interrupts_enable_and_halt();
        } else {
            cpu_relax();
        }
    }
    timer_update();
}

void timer_stop(void)
{
    interrupts_disable();
    if (running)
        local_apic_close();
    running = false;
}
