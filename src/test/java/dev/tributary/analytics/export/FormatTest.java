package dev.tributary.analytics.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.id.TypeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final List<Column> COLUMNS = List.of(
            Column.id("id", "t.id", TypeId.CLICK),
            Column.text("src", "t.src"),
            Column.number("amount", "t.amount"),
            Column.flag("credited", "t.credited"),
            Column.json("items", "t.lines"));
    private static final Object[] FULL = {"clk_1", "=a\n\"b\" 🚀", 12L, true, "[{\"sku\": \"A\"}]"};
    private static final Object[] BARE = {"clk_2", null, null, null, null};

    @Test
    void json_is_one_object_a_line_whatever_is_in_it() {
        assertThat(Format.NDJSON.head(COLUMNS)).isEmpty();
        assertThat(Format.NDJSON.rows(COLUMNS, List.of(FULL, BARE)))
                .isEqualTo(
                        """
                        {"id":"clk_1","src":"=a\\n\\"b\\" 🚀","amount":12,"credited":true,"items":[{"sku": "A"}]}
                        {"id":"clk_2","src":null,"amount":null,"credited":null,"items":null}
                        """);
        assertThat(Format.NDJSON.foot(2, "clk_2")).isEqualTo("{\"end\":true,\"rows\":2,\"after\":\"clk_2\"}\n");
    }

    @Test
    void csv_has_a_header_and_no_formulas() {
        assertThat(Format.CSV.head(COLUMNS)).isEqualTo("id,src,amount,credited,items\r\n");
        assertThat(Format.CSV.rows(COLUMNS, List.of(FULL, BARE)))
                .isEqualTo("clk_1,\"'=a\n\"\"b\"\" 🚀\",12,true,\"[{\"\"sku\"\": \"\"A\"\"}]\"\r\nclk_2,,,,\r\n");
        assertThat(Format.CSV.foot(2, "clk_2")).isEmpty();
    }
}
