package dev.tributary.payout.rail.manual.nacha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.manual.nacha.NachaEntry.Holder;
import dev.tributary.payout.rail.manual.nacha.NachaEntry.Kind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NachaFileTest {
    static final NachaOriginator FROM = new NachaOriginator(
            new RoutingNumber("231380104"),
            "CITADEL BANK",
            "1210428821",
            "TRIBUTARY SHOP INC",
            "TRIBUTARY SHOP",
            "1210428821",
            "PAYOUT");
    private static final LocalDateTime AT = LocalDateTime.parse("2026-11-23T09:05:00");
    private static final LocalDate EFFECTIVE = LocalDate.parse("2026-11-24");

    @Test
    void a_file_of_two_batches_is_this_one() throws Exception {
        NachaFile file = NachaFile.of(
                FROM,
                AT,
                'A',
                EFFECTIVE,
                NachaFile.TRACES - 3,
                List.of(
                        entry(Holder.INDIVIDUAL, "121042882", "744567834", Kind.CHECKING, 100_000, "Zoë Müller-Straße"),
                        entry(Holder.BUSINESS, "021000021", "12 3456-789X", Kind.SAVINGS, 9_999_999_999L, "山田"),
                        entry(
                                Holder.INDIVIDUAL,
                                "091000019",
                                "1",
                                Kind.SAVINGS,
                                1,
                                "A name that is longer than it may be")));

        try (InputStream golden = getClass().getResourceAsStream("two-batches.ach")) {
            assertThat(file.text()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.US_ASCII));
        }
        assertThat(file.traces()).containsExactly("231380109999997", "231380109999999", "231380109999998");
    }

    @Test
    void every_file_keeps_the_rules_that_banks_check() {
        long seed = Long.getLong("seed", 20261121L);
        for (int n = 0; n < 300; n++) {
            Random random = new Random(seed + n);
            List<NachaEntry> entries = entries(random, 1 + random.nextInt(40));
            NachaFile file = NachaFile.of(FROM, AT, (char) ('A' + random.nextInt(26)), EFFECTIVE, 0, entries);
            try {
                check(file, entries);
            } catch (AssertionError broken) {
                throw new AssertionError("seed " + (seed + n) + "\n" + file.text(), broken);
            }
        }
    }

    /** Read back by the positions in the specification, with none of the writer's code. */
    private static void check(NachaFile file, List<NachaEntry> entries) {
        String[] records = file.text().split("\n");
        assertThat(file.text()).matches("(?:[ -~]{94}\n)+");
        assertThat(records.length % 10).isZero();
        assertThat(records[0]).startsWith("101 231380104").hasSize(94);
        assertThat(records[0].substring(34, 40)).isEqualTo("094101");
        long fileHash = 0;
        long fileCents = 0;
        int fileCount = 0;
        long hash = 0;
        long cents = 0;
        int count = 0;
        int batches = 0;
        for (String record : records) {
            switch (record.charAt(0)) {
                case '5' -> {
                    batches++;
                    hash = 0;
                    cents = 0;
                    count = 0;
                    assertThat(record.substring(1, 4)).isEqualTo("220");
                    assertThat(record.substring(50, 53)).isIn("PPD", "CCD");
                    assertThat(number(record, 88, 94)).isEqualTo(batches);
                }
                case '6' -> {
                    count++;
                    assertThat(RoutingNumber.isValid(record.substring(3, 12))).isTrue();
                    hash += number(record, 4, 11);
                    cents += number(record, 30, 39);
                }
                case '8' -> {
                    assertThat(number(record, 5, 10)).isEqualTo(count);
                    assertThat(number(record, 11, 20)).isEqualTo(hash % 10_000_000_000L);
                    assertThat(number(record, 21, 32)).isZero();
                    assertThat(number(record, 33, 44)).isEqualTo(cents);
                    assertThat(number(record, 88, 94)).isEqualTo(batches);
                    fileHash += hash;
                    fileCents += cents;
                    fileCount += count;
                }
                default -> {}
            }
        }
        String control = records[firstEnd(records)];
        assertThat(number(control, 2, 7)).isEqualTo(batches);
        assertThat(number(control, 8, 13)).isEqualTo(records.length / 10);
        assertThat(number(control, 14, 21)).isEqualTo(fileCount).isEqualTo(entries.size());
        assertThat(number(control, 22, 31)).isEqualTo(fileHash % 10_000_000_000L);
        assertThat(number(control, 44, 55))
                .isEqualTo(fileCents)
                .isEqualTo(entries.stream().mapToLong(NachaEntry::cents).sum());
        assertThat(new HashSet<>(file.traces())).hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            String trace = file.traces().get(i);
            String found = List.of(records).stream()
                    .filter(r -> r.startsWith("6") && r.endsWith(trace))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.substring(39, 54).strip()).isEqualTo(entries.get(i).reference());
            assertThat(number(found, 30, 39)).isEqualTo(entries.get(i).cents());
        }
    }

    private static int firstEnd(String[] records) {
        return IntStream.range(0, records.length)
                .filter(i -> records[i].startsWith("9"))
                .findFirst()
                .orElseThrow();
    }

    /** Positions as the specification counts them: from 1, the last included. */
    private static long number(String record, int from, int to) {
        return Long.parseLong(record.substring(from - 1, to));
    }

    @Test
    void what_does_not_fit_is_refused_and_never_cut() {
        assertThatThrownBy(() -> entry(Holder.BUSINESS, "021000021", "123456789012345678", Kind.CHECKING, 1, "A"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry(Holder.BUSINESS, "021000021", "1", Kind.CHECKING, 10_000_000_000L, "A"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry(Holder.BUSINESS, "021000021", "1", Kind.CHECKING, 0, "A"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry(Holder.BUSINESS, "021000020", "1", Kind.CHECKING, 1, "A"))
                .isInstanceOf(IllegalArgumentException.class);
        List<NachaEntry> one = entries(new Random(1), 1);
        assertThatThrownBy(() -> NachaFile.of(FROM, AT, 'a', EFFECTIVE, 0, one))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NachaFile.of(FROM, AT, 'A', EFFECTIVE, NachaFile.TRACES, one))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NachaFile.of(FROM, AT, 'A', EFFECTIVE, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NachaFile.of(FROM, AT, 'A', EFFECTIVE, 0, entries(new Random(1), 10_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_routing_number_has_nine_digits_of_which_the_last_checks_the_others() {
        for (String real : List.of("021000021", "121042882", "091000019", "231380104", "011401533"))
            for (int i = 0; i < 9; i++)
                for (char digit = '0'; digit <= '9'; digit++) {
                    String changed = real.substring(0, i) + digit + real.substring(i + 1);
                    assertThat(RoutingNumber.isValid(changed)).isEqualTo(changed.equals(real));
                }
        assertThat(RoutingNumber.isValid("000000000")).isFalse();
        assertThat(RoutingNumber.isValid("02100002")).isFalse();
        assertThat(RoutingNumber.isValid("02100002１")).isFalse();
    }

    private static List<NachaEntry> entries(Random random, int count) {
        List<String> banks = List.of("021000021", "121042882", "091000019", "231380104", "011401533");
        List<String> names = List.of("Ann", "Łukasz Żółć", "株式会社", "O'Neil & Sons, Ltd.", "tab\there", "");
        List<NachaEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++)
            entries.add(new NachaEntry(
                    Holder.values()[random.nextInt(2)],
                    new RoutingNumber(banks.get(random.nextInt(banks.size()))),
                    Long.toString(random.nextLong(1, 10_000_000_000_000_000L)),
                    Kind.values()[random.nextInt(2)],
                    random.nextLong(1, random.nextBoolean() ? 100_000 : NachaEntry.MOST_CENTS / 50),
                    "REF" + i,
                    names.get(random.nextInt(names.size()))));
        return entries;
    }

    private static NachaEntry entry(Holder holder, String bank, String account, Kind kind, long cents, String name) {
        return new NachaEntry(holder, new RoutingNumber(bank), account, kind, cents, "1H455VB4PEX5VSK", name);
    }
}
