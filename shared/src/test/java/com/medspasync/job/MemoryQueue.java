package com.medspasync.job;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A queue in memory that delivers as the real one does: after the delay, and again when the work failed. */
public final class MemoryQueue implements JobQueue {

    private static final int MOST_DELIVERIES = 5;

    private final DelayQueue<Message> messages = new DelayQueue<>();

    private record Message(UUID job, Instant due, int deliveries) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(Instant.now(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void send(UUID job, Duration delay) {
        messages.add(new Message(job, Instant.now().plus(delay), 1));
    }

    /**
     * Works off messages until there is none, or this has gone on for longer than any test. One that fails comes again after a second, as
     * a queue's does.
     */
    public void work(QueueWork runner) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!messages.isEmpty() && Instant.now().isBefore(deadline)) {
            try {
                Message message = messages.poll(1, TimeUnit.SECONDS);
                if (message != null) {
                    run(runner, message);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run(QueueWork runner, Message message) {
        try {
            runner.run(message.job());
        } catch (RuntimeException e) {
            if (message.deliveries() == MOST_DELIVERIES) {
                throw e;
            }
            messages.add(new Message(message.job(), Instant.now().plusSeconds(1), message.deliveries() + 1));
        }
    }
}
