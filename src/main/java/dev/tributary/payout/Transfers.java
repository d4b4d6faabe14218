package dev.tributary.payout;

import dev.tributary.payout.rail.Transfer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that a provider told of one payout: one transfer, or none, or more than one where something is badly wrong. */
public record Transfers(List<Transfer> list) {
    public static final Transfers NONE = new Transfers(List.of());
    /** One is right and two are an accident; this many are a fault that must stop everything. */
    static final int MOST = 20;

    public Transfers {
        list = list.stream().sorted(Comparator.comparing(Transfer::id)).toList();
        if (list.size() > MOST) throw new IllegalStateException("One payout has over " + MOST + " transfers");
    }

    Transfers with(Transfer told) {
        List<Transfer> next = new ArrayList<>(list);
        Transfer merged = told;
        for (Transfer each : list) if (each.id().equals(told.id())) merged = each.merged(told);
        next.removeIf(each -> each.id().equals(told.id()));
        next.add(merged);
        return new Transfers(next);
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** What has left and not come back. */
    public long outMinor() {
        return list.stream().mapToLong(Transfer::outMinor).reduce(0, Math::addExact);
    }

    boolean any(Transfer.Status status) {
        return list.stream().anyMatch(each -> each.status() == status);
    }

    /** The first reason among those that failed. */
    String failure() {
        return list.stream()
                .filter(each -> each.status() == Transfer.Status.FAILED)
                .map(Transfer::code)
                .findFirst()
                .orElse("");
    }
}
