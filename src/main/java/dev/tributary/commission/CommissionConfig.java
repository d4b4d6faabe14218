package dev.tributary.commission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the room. */
@ConfigMapping(prefix = "tributary.commission")
interface CommissionConfig {
    /** Whether this instance books commissions as conversions come; where none does, the job {@code commissions} must run. */
    @WithDefault("true")
    boolean booking();

    /** Whether whoever proposes an adjustment may approve it too; for installations with one person. */
    @WithDefault("false")
    boolean selfApproval();
}
