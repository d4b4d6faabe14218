package dev.tributary.payout.own;

import java.time.ZoneId;

/** What is written on a receipt: a payout that arrived, who paid whom, and what for. */
record Receipt(OwnPayoutView payout, String affiliateId, Parties parties, Breakdown breakdown) {
    /** By name; days are those of the payer. */
    record Parties(String affiliate, String program, String timeZone) {}

    ZoneId zone() {
        return ZoneId.of(parties.timeZone());
    }
}
