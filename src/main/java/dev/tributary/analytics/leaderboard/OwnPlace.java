package dev.tributary.analytics.leaderboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the asking affiliate stands.
 *
 * @param place null: nowhere
 * @param last of those without a place: who is the last that has one, if anybody has
 * @param clicksNeeded of those without a place: how many more clicks a conversion rate needs
 */
record OwnPlace(
        @Nullable Place place, @Nullable Reason reason, Place.@Nullable Next last, @Nullable Long clicksNeeded) {
    /** Why somebody has no place. */
    @Schema(
            name = "LeaderboardAbsence",
            enumeration = {"nothing_yet", "sample_too_small", "not_taking_part"})
    enum Reason {
        /** Nothing was counted. */
        NOTHING_YET,
        /** Too few clicks for a rate. */
        SAMPLE_TOO_SMALL,
        /** They do not take part now. */
        NOT_TAKING_PART;

        /** The word in JSON. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static OwnPlace at(Place place) {
        return new OwnPlace(place, null, null, null);
    }

    /** @param missing clicks that are missing, where it is a rate */
    static OwnPlace without(SettingRepository.Member member, Place.@Nullable Next last, @Nullable Long missing) {
        if (!member.takesPart()) return new OwnPlace(null, Reason.NOT_TAKING_PART, null, null);
        boolean few = missing != null && missing > 0;
        return new OwnPlace(null, few ? Reason.SAMPLE_TOO_SMALL : Reason.NOTHING_YET, last, few ? missing : null);
    }
}
