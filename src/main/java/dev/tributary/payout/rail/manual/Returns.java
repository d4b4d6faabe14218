package dev.tributary.payout.rail.manual;

import dev.tributary.payout.rail.manual.nacha.NachaReturn;
import java.util.List;

/** What a bank sent back, column by column, as the database takes many rows at once. */
record Returns(List<NachaReturn> all) {
    /** What the database keeps of the code in words. */
    private static final int NOTE = 300;

    Returns {
        all = List.copyOf(all);
    }

    String[] traces() {
        return all.stream().map(NachaReturn::trace).toArray(String[]::new);
    }

    Long[] cents() {
        return all.stream().map(NachaReturn::cents).toArray(Long[]::new);
    }

    String[] codes() {
        return all.stream().map(NachaReturn::code).toArray(String[]::new);
    }

    /** Without what the bank adds, which may be an account number. */
    String[] notes() {
        return all.stream()
                .map(NachaReturn::told)
                .map(told -> told.substring(0, Math.min(NOTE, told.length())))
                .toArray(String[]::new);
    }
}
