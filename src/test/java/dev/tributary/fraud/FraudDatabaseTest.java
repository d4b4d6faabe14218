package dev.tributary.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.Promoter;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Shop;
import dev.tributary.conversion.Status;
import dev.tributary.conversion.Touch;
import dev.tributary.embedded.Stores;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores, and affiliates who buy from themselves. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class FraudDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Conversions conversions;

    @Inject
    FraudScores scores;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private Promoter ada;
    private UUID click;

    @Inject
    Affiliates affiliates;

    @BeforeEach
    void somebody_with_a_click() {
        ada = Promoter.in(pool, "UTC");
        click = new Shop(pool, ada).click(Duration.ofHours(1));
    }

    @Test
    void whoever_was_never_looked_at_is_neither_low_nor_high() {
        FraudScore score = score(ada.id());
        assertThat(score).isEqualTo(FraudScore.UNSCORED);
        assertThat(score.isLow()).isFalse();
        assertThat(score.isHigh()).isFalse();
        assertThat(shown()).isNull();
    }

    @Test
    void the_latest_finding_counts_whatever_comes_last() {
        assertThat(note(10, now)).isTrue();
        assertThat(score(ada.id()).isLow()).isTrue();
        assertThat(note(60, now.plusSeconds(60))).isTrue();
        assertThat(note(5, now.plusSeconds(30))).isFalse();
        assertThat(score(ada.id()))
                .isEqualTo(new FraudScore.Scored(60, List.of("same_network"), now.plusSeconds(60)))
                .matches(FraudScore::isHigh)
                .matches(score -> !score.isLow());
        assertThat(note(20, now.plusSeconds(90))).isTrue();
        assertThat(score(ada.id()).isLow()).isFalse();
        assertThat(shown()).isEqualTo(20);
    }

    @Test
    void every_affiliate_that_is_asked_for_has_an_answer() {
        UUID stranger = UUID.randomUUID();
        note(0, now);
        assertThat(transactions
                        .read(c -> scores.of(c, List.of(ada.id(), stranger)))
                        .await()
                        .atMost(ANSWER))
                .containsEntry(stranger, FraudScore.UNSCORED)
                .hasEntrySatisfying(ada.id(), score -> assertThat(score.isLow()).isTrue());
        assertThatThrownBy(() -> new FraudScore.Scored(101, List.of(), now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_affiliate_who_buys_from_itself_earns_nothing() {
        String mail = ada.id() + "@mail.example";
        assertThat(sale(null, hash(mail)).reason()).isEqualTo(Reason.SELF_REFERRAL);
        assertThat(sale(mail, null).reason()).isEqualTo(Reason.SELF_REFERRAL);
        assertThat(sale(mail.toUpperCase().replace("@", "+shop@"), null).reason())
                .isEqualTo(Reason.SELF_REFERRAL);
        assertThat(sale(null, null).status()).isEqualTo(Status.ACCEPTED);
        assertThat(sale("buyer@mail.example", hash("buyer@mail.example")).status())
                .isEqualTo(Status.ACCEPTED);
    }

    @Test
    void the_plain_address_of_an_affiliate_with_a_tag_is_itself() {
        String mail = ada.id() + "@mail.example";
        pool.preparedQuery("UPDATE affiliate SET email_key = $2 WHERE id = $1")
                .execute(Tuple.of(ada.id(), mail.replace("@", "+affiliate@")))
                .await()
                .atMost(ANSWER);
        assertThat(sale(null, hash(mail)).reason()).isEqualTo(Reason.SELF_REFERRAL);
        assertThat(sale(mail, null).reason()).isEqualTo(Reason.SELF_REFERRAL);
    }

    private Outcome sale(@Nullable String customer, @Nullable String emailHash) {
        Incoming event = new Incoming(
                ada.id(),
                Kind.SALE,
                UUID.randomUUID().toString(),
                customer,
                new Money(1_000, "EUR"),
                List.of(),
                Instant.now(),
                Door.API,
                Touch.click(click),
                new Buyer(emailHash, null, null, null),
                Details.NONE);
        return conversions.intake(List.of(event)).await().atMost(ANSWER).get(0);
    }

    private FraudScore score(UUID affiliate) {
        return transactions.read(c -> scores.of(c, affiliate)).await().atMost(ANSWER);
    }

    private Integer shown() {
        return affiliates.require(ada.id()).await().atMost(ANSWER).standing().fraudScore();
    }

    private boolean note(int score, Instant at) {
        FraudScore.Scored found = new FraudScore.Scored(score, List.of("same_network"), at);
        return transactions.run(tx -> scores.note(tx, ada.id(), found)).await().atMost(ANSWER);
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
