package dev.tributary.promo.validate;

import java.util.List;

/**
 * What a validation needs to know of a program.
 *
 * @param plans slugs from the lowest up
 */
record KnownProgram(boolean active, String currency, List<String> plans) {
    KnownProgram {
        plans = List.copyOf(plans);
    }
}
