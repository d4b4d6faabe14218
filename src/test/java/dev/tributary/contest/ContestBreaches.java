package dev.tributary.contest;

import dev.tributary.ledger.SeededBreaches;
import jakarta.inject.Singleton;
import java.util.List;

/** How prizes go wrong beside the books. */
@Singleton
class ContestBreaches implements SeededBreaches {
    private static final String ID = "'00000000-0000-4000-8000-0000000000d1'";

    private static String contest(String settled) {
        return """
                INSERT INTO contest (id, program_id, name, metric, starts_at, ends_at, grace_hours, minimum_clicks, tie_rule,
                                     currency, prizes, settled_at, created_at, updated_at)
                SELECT %s, program_id, 'Cup', 'sales', now() - interval '2 days', now() - interval '1 day', 0, 50, 'shared',
                       'XTS', '[{"amount": 5, "description": ""}]', %s, now(), now() FROM enrollment LIMIT 1;
                """
                .formatted(ID, settled);
    }

    private static String winner(int prize) {
        return """
                INSERT INTO contest_winner (id, contest_id, enrollment_id, affiliate_id, rank, value, prize_minor, currency,
                                            prize, decided_at)
                SELECT gen_random_uuid(), %s, id, affiliate_id, 1, 9, %d, 'XTS', '', now() FROM enrollment LIMIT 1;
                """
                .formatted(ID, prize);
    }

    @Override
    public List<Breach> all() {
        return List.of(
                new Breach("contest-prizes-booked", contest("now()") + winner(5)),
                new Breach(
                        "contest-prizes-booked",
                        """
                        INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule,
                                                amount_minor, currency, status, released, earned_at)
                        SELECT gen_random_uuid(), program_id, id, affiliate_id, 'contest', gen_random_uuid(), 'contest', 5,
                               'XTS', 'pending', false, now() FROM enrollment LIMIT 1
                        """),
                new Breach("contest-prizes-within-promise", contest("now()") + winner(6)),
                new Breach("contest-prizes-within-promise", contest("NULL") + winner(5)));
    }
}
