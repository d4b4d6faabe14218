package dev.tributary.click.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Natural batching, as our own journal does it, for a candidate that has none of its own: one thread commits everything that gathered
 * while the previous batch was being committed, and waits for nothing else.
 */
abstract class GroupCommit implements Candidate {
    private final Thread writer = new Thread(this::run, getClass().getSimpleName());
    private List<byte[]> records = new ArrayList<>();
    private List<Runnable> waiting = new ArrayList<>();
    private boolean closing;

    /** Makes a batch durable. An exception ends the comparison. */
    abstract void commit(List<byte[]> batch) throws Exception;

    abstract void release() throws Exception;

    final void start() {
        writer.setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        writer.start();
    }

    @Override
    public final synchronized void append(byte[] record, Runnable acknowledged) {
        records.add(record);
        waiting.add(acknowledged);
        if (records.size() == 1) notifyAll();
    }

    @Override
    public final void close() throws Exception {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        writer.join();
        release();
    }

    private void run() {
        try {
            while (true) {
                List<byte[]> batch;
                List<Runnable> owed;
                synchronized (this) {
                    while (records.isEmpty() && !closing) wait();
                    if (records.isEmpty()) return;
                    batch = records;
                    owed = waiting;
                    records = new ArrayList<>(batch.size());
                    waiting = new ArrayList<>(batch.size());
                }
                commit(batch);
                owed.forEach(Runnable::run);
            }
        } catch (Exception e) {
            throw new IllegalStateException("a batch could not be made durable", e);
        }
    }
}
