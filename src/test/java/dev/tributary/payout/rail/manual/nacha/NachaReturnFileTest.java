package dev.tributary.payout.rail.manual.nacha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NachaReturnFileTest {
    private static final String CLOSED =
            "799R02091000010000001      12104288Account was closed                          091000017611242";
    private static final String NEW_NUMBER =
            "798C01091000010000002      121042881918171614                                  091000017611243";
    private static final List<String> FILE = List.of(
            "101 231380104 1210428822611240000A094101CITADEL BANK           FEDERAL RESERVE BANK           ",
            "5220TRIBUTARY SHOP                      1210428821PPDPAYOUT    261124261124   1231380100000001",
            "621231380104744567834        00001000001H455VB4PEX5VSKZOE MULLER-STRASSE      1231380100000001",
            CLOSED,
            "621231380104744567835        00000000001H455VB4PEX5VS2ANN                     1231380100000002",
            NEW_NUMBER,
            "82200000040046276020000000000000000000100000" + "1210428821                         231380100000001",
            "9000001000001000000040046276020000000000000000000100000" + " ".repeat(39),
            "9".repeat(94));

    @Test
    void returns_and_corrections_name_our_traces() {
        List<NachaReturn> read = NachaReturnFile.read(String.join("\n", FILE)).returns();

        assertThat(read)
                .containsExactly(
                        new NachaReturn("091000010000001", "R02", 100_000, "1H455VB4PEX5VSK", "Account was closed"),
                        new NachaReturn("091000010000002", "C01", 0, "1H455VB4PEX5VS2", "1918171614"));
        assertThat(read.get(0).isMoneyBack()).isTrue();
        assertThat(read.get(0).isAccountUnusable()).isTrue();
        assertThat(read.get(0).told()).isEqualTo("R02 account closed");
        assertThat(read.get(1).isMoneyBack()).isFalse();
        assertThat(new NachaReturn("1", "R77", 1, "", "").told()).isEqualTo("R77");
    }

    @Test
    void line_ends_of_any_kind_or_none_are_one_file() {
        List<NachaReturn> read = NachaReturnFile.read(String.join("\n", FILE)).returns();
        assertThat(NachaReturnFile.read(String.join("\r\n", FILE) + "\r\n").returns())
                .isEqualTo(read);
        assertThat(NachaReturnFile.read(String.join("", FILE)).returns()).isEqualTo(read);
        assertThat(NachaReturnFile.read(String.join(" \n", FILE).replaceAll(" +\n", "\n"))
                        .returns())
                .isEqualTo(read);
    }

    @Test
    void a_file_that_was_cut_or_changed_anywhere_is_refused_whole() {
        for (int i = 0; i < FILE.size() - 1; i++) {
            List<String> without = new ArrayList<>(FILE);
            without.remove(i);
            refused(String.join("\n", without));
        }
        refused(String.join("\n", FILE).replace("0000100000", "0000100001").replaceFirst("0000100001", "0000100000"));
        refused(String.join("\n", FILE).replace("621231380104", "621021000021"));
        refused(String.join("\n", FILE).replace("799R02", "799X02"));
        refused(String.join("\n", FILE).replace("799R02", "705R02"));
        refused(String.join("\n", FILE) + "\n" + FILE.get(1));
        refused("");
        refused("not a file");
        refused("\0".repeat(94));
    }

    @Test
    void every_digit_of_a_count_a_hash_or_a_sum_counts() {
        for (int at = 4; at < 44; at++) refused(changed(6, at));
        for (int at = 13; at < 55; at++) refused(changed(7, at));
    }

    private static String changed(int record, int at) {
        List<String> changed = new ArrayList<>(FILE);
        StringBuilder text = new StringBuilder(FILE.get(record));
        text.setCharAt(at, text.charAt(at) == '9' ? '8' : (char) (text.charAt(at) + 1));
        changed.set(record, text.toString());
        return String.join("\n", changed);
    }

    @Test
    void records_in_another_order_are_refused_with_the_place() {
        assertThat(place(0, 1, 1, 2, 3, 6, 7)).isEqualTo("file[3]");
        assertThat(place(0, 2, 3, 6, 7)).isEqualTo("file[2]");
        assertThat(place(0, 1, 3, 6, 7)).isEqualTo("file[3]");
        assertThat(place(0, 1, 2, 2, 3, 6, 7)).isEqualTo("file[4]");
        assertThat(place(0, 1, 2, 6, 7)).isEqualTo("file[4]");
        assertThat(place(0, 6, 7)).isEqualTo("file[2]");
        assertThat(place(0, 1, 2, 3, 4, 5, 7)).isEqualTo("file[7]");
        assertThat(place(0, 1, 2, 3, 4, 5, 6)).isEqualTo("file[7]");
        assertThat(place(1)).isEqualTo("file[1]");
    }

    /** Where a file of these records stops making sense. */
    private static String place(int... records) {
        List<String> file = java.util.Arrays.stream(records).mapToObj(FILE::get).toList();
        Problem problem = catchThrowableOfType(Problem.class, () -> NachaReturnFile.read(String.join("\n", file)));
        return problem.errors().get(0).field();
    }

    @Test
    void a_trace_has_fifteen_digits() {
        refused(String.join("\n", FILE).replace("799R02091000010000001", "799R0209100001000000X"));
        refused(String.join("\n", FILE).replace("798C01", "798R01"));
        refused(String.join("\n", FILE).replace("799R02", "799C02"));
    }

    @Test
    void garbage_is_refused_and_never_more() {
        long seed = Long.getLong("seed", 20261121L);
        String whole = String.join("\n", FILE);
        for (int n = 0; n < 5_000; n++) {
            Random random = new Random(seed + n);
            StringBuilder text = new StringBuilder(whole);
            for (int i = 0; i <= random.nextInt(4); i++)
                text.setCharAt(
                        random.nextInt(text.length()), (char) random.nextInt(random.nextInt(9) == 0 ? 5_000 : 128));
            try {
                NachaReturnFile.read(text.toString());
            } catch (Problem refused) {
                assertThat(refused.errors()).hasSize(1);
            }
        }
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> NachaReturnFile.read(text)).isInstanceOf(Problem.class);
    }
}
