package dev.tributary.payout.own;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One payout with where its money comes from. */
@Schema(name = "OwnPayoutDetail")
record OwnPayoutDetail(OwnPayoutView payout, Breakdown breakdown) {}
