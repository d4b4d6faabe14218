package dev.tributary.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps a bounded number of entries and drops the one that was not asked for the longest. */
public final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    private Recent(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    /** Safe for use by many threads, as long as nobody iterates over it. */
    public static <K, V> Map<K, V> atMost(int most) {
        return Collections.synchronizedMap(new Recent<K, V>(most));
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
