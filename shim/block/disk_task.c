#include "shim/block/disk_task.h"

#include <stdbool.h>

#include "shim/event/event.h"
#include "shim/memory/pool.h"

/* Lies in the pool until the event is signalled, or on the stack of who waits. */
struct task {
    struct disk_transfer transfer;
    EFI_DISK_IO2_TOKEN *token;
    bool is_done;
};

static EFI_STATUS finish(EFI_DISK_IO2_TOKEN *token, EFI_STATUS status)
{
    token->TransactionStatus = status;
    return event_signal(token->Event);
}

static void signal_end(struct disk_transfer *transfer, EFI_STATUS status)
{
    struct task *task = container_of(transfer, struct task, transfer);

    finish(task->token, status);
    pool_free(task);
}

static void stop_waiting(struct disk_transfer *transfer, EFI_STATUS status)
{
    struct task *task = container_of(transfer, struct task, transfer);

    task->is_done = true;
    transfer->status = status;
}

static EFI_STATUS start(struct disk_queue *queue, struct task *task, const struct disk_call *call)
{
    task->transfer.operation = call->operation;
    task->transfer.buffer = call->buffer;
    return disk_transfer_start(queue, &task->transfer, call->offset, call->bytes);
}

static EFI_STATUS run_waiting(struct disk_queue *queue, const struct disk_call *call)
{
    struct task task = {.transfer.done = stop_waiting};
    EFI_TPL level = block_lock();
    EFI_STATUS status = start(queue, &task, call);

    while (status == EFI_SUCCESS && !task.is_done)
        block_wait(queue->device);
    block_unlock(level);
    return status == EFI_SUCCESS ? task.transfer.status : status;
}

static EFI_STATUS run_signalling(struct disk_queue *queue, const struct disk_call *call,
                                 EFI_DISK_IO2_TOKEN *token)
{
    struct task *task = pool_new(sizeof(*task));
    EFI_STATUS status;
    EFI_TPL level;

    if (!task)
        return EFI_OUT_OF_RESOURCES;
    task->token = token;
    task->transfer.done = signal_end;
    level = block_lock();
    status = start(queue, task, call);
    if (status != EFI_SUCCESS)
        pool_free(task);
    block_complete_by_timer();
    block_unlock(level);
    return status;
}

EFI_STATUS disk_task_run(struct disk_queue *queue, const struct disk_call *call,
                         EFI_DISK_IO2_TOKEN *token)
{
    bool nothing = !call->bytes && call->operation != BLOCK_FLUSH;

    if (!token || !token->Event)
        return nothing ? EFI_SUCCESS : run_waiting(queue, call);
    if (!event_is_valid(token->Event))
        return EFI_INVALID_PARAMETER;
    return nothing ? finish(token, EFI_SUCCESS) : run_signalling(queue, call, token);
}
