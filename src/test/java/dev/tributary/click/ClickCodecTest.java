package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClickCodecTest {
    private final Random random = new Random(20261121);

    @Test
    void every_click_comes_back_as_it_was() {
        for (int i = 0; i < 5_000; i++) {
            Click click = any();
            byte[] record = ClickCodec.encode(click);
            assertThat(ClickCodec.decode(record)).isEqualTo(click);
            assertThat(ClickCodec.idOf(record)).isEqualTo(click.id());
        }
    }

    @Test
    void a_record_cut_off_anywhere_is_refused() {
        byte[] record = ClickCodec.encode(any());
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> ClickCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_record_of_an_unknown_version_is_refused_by_name() {
        byte[] record = ClickCodec.encode(any());
        record[0] = 9;
        assertThatThrownBy(() -> ClickCodec.decode(record)).hasMessageContaining("version 9");
    }

    private Click any() {
        return new Click(
                id(),
                id(),
                id(),
                id(),
                random.nextBoolean() ? id() : null,
                random.nextBoolean(),
                random.nextBoolean(),
                Click.Origin.values()[random.nextInt(2)],
                Click.Intent.values()[random.nextInt(3)],
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                List.of(text(), text(), text(), text(), text()),
                text(),
                text(),
                text(),
                text(),
                text());
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private String text() {
        String[] alphabet = {"a", "/", "é", "漢", "😀", " "};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) text.append(alphabet[random.nextInt(6)]);
        return text.toString();
    }
}
