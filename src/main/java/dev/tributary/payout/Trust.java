package dev.tributary.payout;

import dev.tributary.fraud.FraudScore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rule by which affiliates may be paid daily or when they ask: known for a while, earning steadily, nothing against them.
 *
 * @param age since they were approved in the program
 * @param paidMonths months in each of which a payout arrived
 * @param quiet since the last payout of theirs that failed or came back
 */
public record Trust(Duration age, int paidMonths, Duration quiet) {
    public static final Trust DEFAULT = new Trust(Duration.ofDays(90), 3, Duration.ofDays(90));

    /** What an affiliate lacks. */
    public enum Lack {
        TOO_NEW,
        TOO_FEW_PAID_MONTHS,
        RISK_NOT_LOW,
        RECENT_FAILURE;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is known of one. Not scored is not low: nobody is trusted because nobody looked. */
    public record Record(Instant approvedAt, int paidMonths, Optional<Instant> lastFailure, FraudScore score) {}

    /** Nothing means trusted. */
    public List<Lack> lacking(Record record, Instant now) {
        List<Lack> lacks = new ArrayList<>();
        if (now.isBefore(record.approvedAt().plus(age))) lacks.add(Lack.TOO_NEW);
        if (record.paidMonths() < paidMonths) lacks.add(Lack.TOO_FEW_PAID_MONTHS);
        if (!record.score().isLow()) lacks.add(Lack.RISK_NOT_LOW);
        if (record.lastFailure().filter(at -> now.isBefore(at.plus(quiet))).isPresent()) lacks.add(Lack.RECENT_FAILURE);
        return List.copyOf(lacks);
    }
}
