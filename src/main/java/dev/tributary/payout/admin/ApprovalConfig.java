package dev.tributary.payout.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of what staff decide. */
@ConfigMapping(prefix = "tributary.payout.approval")
interface ApprovalConfig {
    /** Whether whoever started a run or chose a destination may approve its payouts too; for installations with one person. */
    @WithDefault("false")
    boolean own();
}
