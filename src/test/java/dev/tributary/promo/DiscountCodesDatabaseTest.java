package dev.tributary.promo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.affiliate.AffiliateStatusChanged;
import dev.tributary.embedded.Stores;
import dev.tributary.outbox.Event;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.EnrollmentApproved;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The discount code that comes with an enrollment, and how it follows its affiliate. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class DiscountCodesDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final String ENROLL =
            """
            WITH a AS (
                INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
                VALUES ($1, 'Ada', $1::uuid || '@mail.example', $1::uuid || '@mail.example', $3, now(), now())),
            p AS (
                INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at,
                                     updated_at)
                VALUES ($1, 'Eco', $1::uuid::text, 'https://shop.example/', '{shop.example}', 'EUR', 'UTC', 'eco', now(),
                        now())),
            c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($2, now()))
            INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
            VALUES ($1, $1, $1, 'active', $2, $2, now(), now())
            """;

    @Inject
    DefaultDiscountCodes defaults;

    @Inject
    AffiliateStanding standing;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    private String text = "";

    @BeforeEach
    void another_text() {
        text = "ECO" + UUID.randomUUID().toString().substring(24).toUpperCase();
    }

    @Test
    void an_approved_enrollment_gets_a_code_with_the_text_of_its_referral_code_once() {
        UUID enrollment = enroll(text, "active");

        approve(enrollment, text);
        approve(enrollment, text);

        assertThat(codes(enrollment)).containsExactly(text + " active false");
    }

    @Test
    void a_text_that_is_taken_gets_a_number() {
        UUID first = enroll(text, "active");
        UUID second = enroll(text + "B", "active");
        UUID third = enroll(text + "C", "active");

        approve(first, text.toLowerCase());
        approve(second, text);
        approve(third, text);

        assertThat(codes(first)).containsExactly(text.toLowerCase() + " active false");
        assertThat(codes(second)).containsExactly(text + "-2 active false");
        assertThat(codes(third)).containsExactly(text + "-3 active false");
    }

    @Test
    void codes_stand_still_while_their_affiliate_is_not_active() {
        UUID enrollment = enroll(text, "active");
        approve(enrollment, text);

        become(enrollment, "suspended");
        assertThat(codes(enrollment)).containsExactly(text + " active true");

        become(enrollment, "active");
        assertThat(codes(enrollment)).containsExactly(text + " active false");
    }

    @Test
    void a_code_that_was_paused_before_is_paused_after_a_suspension() {
        UUID enrollment = enroll(text, "active");
        approve(enrollment, text);
        query("UPDATE discount_code SET status = 'paused' WHERE enrollment_id = $1", enrollment);

        become(enrollment, "banned");
        become(enrollment, "active");

        assertThat(codes(enrollment)).containsExactly(text + " paused false");
    }

    @Test
    void a_code_made_after_a_suspension_is_suspended_too() {
        UUID enrollment = enroll(text, "suspended");

        approve(enrollment, text);

        assertThat(codes(enrollment)).containsExactly(text + " active true");
    }

    @Test
    void a_change_that_is_told_late_does_not_undo_a_newer_one() {
        UUID enrollment = enroll(text, "active");
        approve(enrollment, text);

        tell(enrollment, "suspended");

        assertThat(codes(enrollment)).containsExactly(text + " active false");
    }

    private UUID enroll(String code, String status) {
        UUID id = UUID.randomUUID();
        query(ENROLL, id, code, status);
        return id;
    }

    private void approve(UUID enrollment, String code) {
        JsonObject payload = new JsonObject()
                .put("enrollmentId", enrollment.toString())
                .put("programId", enrollment.toString())
                .put("affiliateId", enrollment.toString())
                .put("referralCode", code)
                .put("promoCode", code);
        Event event = new Event(UUID.randomUUID(), EnrollmentApproved.TYPE, enrollment, payload);
        transactions.run(tx -> defaults.handle(tx, event)).await().atMost(ANSWER);
    }

    private void become(UUID affiliate, String status) {
        query("UPDATE affiliate SET status = $2 WHERE id = $1", affiliate, status);
        tell(affiliate, status);
    }

    private void tell(UUID affiliate, String status) {
        JsonObject payload = new JsonObject()
                .put("affiliateId", affiliate.toString())
                .put("status", status)
                .put("reason", "spam");
        Event event = new Event(UUID.randomUUID(), AffiliateStatusChanged.TYPE, affiliate, payload);
        transactions.run(tx -> standing.handle(tx, event)).await().atMost(ANSWER);
    }

    private List<String> codes(UUID enrollment) {
        return query(
                "SELECT code || ' ' || status || ' ' || suspended AS shown FROM discount_code WHERE enrollment_id = $1",
                enrollment);
    }

    private List<String> query(String sql, Object... arguments) {
        List<String> shown = new ArrayList<>();
        for (Row row :
                pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER))
            shown.add(row.getString(0));
        return shown;
    }
}
