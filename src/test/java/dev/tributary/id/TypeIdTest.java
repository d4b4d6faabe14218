package dev.tributary.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TypeIdTest {
    @Test
    void formats_as_the_specification_s_example_does() {
        assertThat(TypeId.CLICK.format(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057")))
                .isEqualTo("clk_01h455vb4pex5vsknk084sn02q");
    }

    @Test
    void reads_back_what_it_wrote_for_every_pattern_of_bits() {
        for (long pattern : new long[] {0, -1, 1, 0x5555_5555_5555_5555L, Long.MIN_VALUE, 0x0123_4567_89ab_cdefL}) {
            UUID id = new UUID(pattern, ~pattern);
            assertThat(TypeId.LINK.parse(TypeId.LINK.format(id))).contains(id);
        }
    }

    @Test
    void refuses_what_is_not_an_id_of_its_kind() {
        for (String bad : new String[] {
            "",
            "clk_",
            "lnk_01h455vb4pex5vsknk084sn02q",
            "clk_01H455VB4PEX5VSKNK084SN02Q",
            "clk_81h455vb4pex5vsknk084sn02q",
            "clk_01h455vb4pex5vsknk084sn02",
            "clk_01h455vb4pex5vsknk084sn02u",
            "clk_01h455vb4pex5vsknk084sn02é"
        }) {
            assertThat(TypeId.CLICK.parse(bad)).as(bad).isEmpty();
        }
    }
}
