package dev.tributary.payout.rail.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipients.Details;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ManualRecipientsTest {
    private static final JsonObject BANK = new JsonObject()
            .put("kind", "us_ach")
            .put("accountHolderName", "Ada Lovelace")
            .put("accountHolderType", "business")
            .put("routingNumber", "091000019")
            .put("accountNumber", "1234")
            .put("accountType", "savings");
    private static final JsonObject IBAN = new JsonObject()
            .put("kind", "iban")
            .put("currency", "EUR")
            .put("accountHolderName", "Ada Lovelace")
            .put("iban", "de89 3704 0044 0532 0130 00")
            .put("bic", "COBADEFFXXX");

    private final ManualRecipients recipients = new ManualRecipients(new Settings());

    private record Settings() implements ManualConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public int perSecond() {
            return 1;
        }

        @Override
        public Optional<String> nachaBank() {
            return Optional.empty();
        }

        @Override
        public Optional<String> nachaBankName() {
            return Optional.empty();
        }

        @Override
        public Optional<String> nachaFileId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> nachaName() {
            return Optional.empty();
        }

        @Override
        public Optional<String> nachaCompanyName() {
            return Optional.empty();
        }

        @Override
        public Optional<String> nachaCompanyId() {
            return Optional.empty();
        }

        @Override
        public String nachaDescription() {
            return "AFFILIATE";
        }

        @Override
        public String zone() {
            return "America/New_York";
        }
    }

    private List<String> wrong(JsonObject sent) {
        try {
            recipients.read(sent);
            return List.of();
        } catch (Problem problem) {
            return problem.errors().stream().map(FieldError::field).toList();
        }
    }

    @Test
    void a_bank_account_in_the_united_states_is_paid_in_dollars() {
        Details details = recipients.read(BANK);
        assertThat(details.currency()).isEqualTo("USD");
        assertThat(wrong(BANK.copy().put("currency", "EUR"))).containsExactly("details.currency");
        assertThat(wrong(BANK.copy().put("routingNumber", "091000018"))).containsExactly("details.routingNumber");
        assertThat(wrong(BANK.copy().put("accountNumber", "123456789012345678")))
                .containsExactly("details.accountNumber");
    }

    @Test
    void a_hint_never_tells_a_short_number_whole() {
        assertThat(recipients.read(BANK).hint()).isEqualTo("Bank account, savings, ending in 34");
        assertThat(recipients.read(IBAN).hint()).isEqualTo("IBAN ending in 3000");
    }

    @Test
    void an_iban_is_taken_as_people_write_it_and_its_check_digits_must_be_right() {
        assertThat(recipients.read(IBAN).fields().getString("iban")).isEqualTo("DE89370400440532013000");
        assertThat(wrong(IBAN.copy().put("iban", "DE88370400440532013000"))).containsExactly("details.iban");
        for (String good : List.of("GB29NWBK60161331926819", "NO9386011117947", "MT84MALT011000012345MTLCAST001S"))
            assertThat(wrong(IBAN.copy().put("iban", good))).as(good).isEmpty();
        for (String bad : List.of("GB29NWBK60161331926818", "DE00", "89DE370400440532013000", "DE8937040044053201300!"))
            assertThat(wrong(IBAN.copy().put("iban", bad))).as(bad).contains("details.iban");
    }

    @Test
    void every_wrong_missing_and_unknown_field_is_named_at_once() {
        JsonObject sent =
                new JsonObject().put("kind", "other").put("currency", "XXZ").put("pin", "1234");
        assertThat(wrong(sent))
                .contains("details.currency", "details.accountHolderName", "details.instructions", "details.pin");
        assertThat(wrong(new JsonObject())).contains("details.kind");
        assertThat(wrong(BANK.copy().put("accountHolderName", List.of("a")))).contains("details.accountHolderName");
        assertThat(wrong(BANK.copy().put("accountHolderName", "line\nbreak"))).contains("details.accountHolderName");
    }

    @Test
    void the_destination_is_the_details_themselves_and_can_be_paid_at_once() {
        Recipient made =
                recipients.open(recipients.read(BANK), new UUID(0, 1)).await().atMost(Duration.ofSeconds(10));
        assertThat(made.state()).isEqualTo(Recipient.State.ACTIVE);
        assertThat(BankAccount.of(new JsonObject(made.destination())).account()).isEqualTo("1234");
        assertThatThrownBy(() -> new Recipient(" ", Recipient.State.ACTIVE, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
