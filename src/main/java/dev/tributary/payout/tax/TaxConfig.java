package dev.tributary.payout.tax;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of tax papers. */
@ConfigMapping(prefix = "tributary.payout.tax")
interface TaxConfig {
    /** What the IRS announced after this release, as {@code YEAR=DOLLARS}, such as {@code 2027=2050}: for that year and those after. */
    Optional<List<String>> thresholds();

    /** Rails whose provider reports what it settles on forms of its own (1099-K), which are left out of ours. */
    @WithDefault("stripe")
    Set<String> processors();

    /** The law's thresholds with what was announced since; a text that is none stops the start with an explanation. */
    static Thresholds thresholds(TaxConfig config) {
        Thresholds all = Thresholds.LAW;
        for (String each : config.thresholds().orElse(List.of())) {
            if (!each.strip().matches("20[0-9]{2}=[1-9][0-9]{0,6}"))
                throw new IllegalArgumentException(
                        "tributary.payout.tax.thresholds is a list of YEAR=DOLLARS such as 2027=2050, not " + each);
            String[] parts = each.strip().split("=");
            all = all.with(Integer.parseInt(parts[0]), Math.multiplyExact(Long.parseLong(parts[1]), 100L));
        }
        return all;
    }
}
