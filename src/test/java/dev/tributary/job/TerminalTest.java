package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_terminal_sees_a_bar_that_grows_on_its_line() {
        Terminal terminal = terminal(true);
        terminal.progress(0, 2_000L);
        terminal.progress(2_000, 2_000L);
        terminal.line("done");

        assertThat(err.toString())
                .isEqualTo("\r[..............................]   0 % 0 of 2,000"
                        + "\r[##############################] 100 % 2,000 of 2,000\n");
        assertThat(out.toString()).isEqualTo("done\n");
    }

    @Test
    void a_pipe_sees_a_line_for_each_tenth() {
        Terminal terminal = terminal(false);
        for (int done = 1; done <= 100; done++) terminal.progress(done, 100L);

        assertThat(err.toString().lines())
                .hasSize(10)
                .startsWith("10 of 100 done")
                .endsWith("100 of 100 done");
    }

    @Test
    void more_than_the_total_is_still_a_bar() {
        assertThat(Terminal.bar(7, 5L)).contains("100 % 7 of 5");
        assertThat(Terminal.bar(7, 0L)).isEqualTo("7 done");
        assertThat(Terminal.bar(1_234, null)).isEqualTo("1,234 done");
    }

    private Terminal terminal(boolean interactive) {
        return new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), interactive);
    }
}
