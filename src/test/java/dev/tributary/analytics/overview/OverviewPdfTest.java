package dev.tributary.analytics.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries.Named;
import dev.tributary.analytics.figure.FigureQueries.Part;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Subject;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Overviews on paper, read back. */
class OverviewPdfTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final UUID ID = UUID.fromString("0190a0a0-0000-7000-8000-000000000001");

    @Test
    void it_has_sums_charts_and_who_is_at_the_top() throws IOException {
        String text = text(OverviewPdf.write(overview(30, "EUR", null, "Ecofluencer")));

        assertThat(text)
                .contains("Overview 2026-10-23 to 2026-11-21", "Eco Goods", "Europe/Berlin", "2026-11-21 10:30")
                .contains(
                        "Clicks by day",
                        "Sales by day",
                        "Revenue by day, EUR",
                        "From click to sale",
                        "Sources by revenue, EUR")
                .contains("23 Oct", "21 Nov", "Affiliates", "Ecofluencer", "(no source tag)", "page 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 365, 731})
    void any_number_of_days_fits_on_few_pages(int days) throws IOException {
        byte[] pdf = OverviewPdf.write(overview(days, "JPY", null, "Ecofluencer"));

        try (PdfReader reader = new PdfReader(pdf)) {
            assertThat(reader.getNumberOfPages()).isBetween(2, 3);
        }
        assertThat(pdf.length).isLessThan(1_000_000);
    }

    @Test
    void a_period_of_nothing_says_so() throws IOException {
        Subject subject = subject("EUR", null);
        String text = text(OverviewPdf.write(new OverviewFigures(
                subject,
                new Days(TODAY.minusDays(30), TODAY),
                Instant.parse("2026-11-21T09:30:00Z"),
                Figures.NOTHING,
                Figures.NOTHING,
                new TreeMap<>(),
                List.of(),
                List.of())));

        assertThat(text.split("Nothing in these days", -1)).hasSize(6);
    }

    @Test
    void names_of_any_length_and_script_stay_where_they_belong() throws IOException {
        String cyrillic = "Экологический магазин и друзья ".repeat(5);
        Subject.Member me = new Subject.Member(ID, ID, "Ωmega 🚀 \"Ada\"", null);
        String text = text(OverviewPdf.write(overview(30, "BHD", me, cyrillic)));

        assertThat(text).contains("Экологический магазин", "…", "Ωmega", "Links", "Revenue by day, BHD");
    }

    @Test
    void change_is_told_in_percent() {
        assertThat(OverviewPdf.change(15, 10)).isEqualTo("+50 %");
        assertThat(OverviewPdf.change(5, 10)).isEqualTo("-50 %");
        assertThat(OverviewPdf.change(5, 0)).isEqualTo("new");
        assertThat(OverviewPdf.change(0, 0)).isEmpty();
    }

    private static String text(byte[] pdf) throws IOException {
        StringBuilder text = new StringBuilder();
        try (PdfReader reader = new PdfReader(pdf)) {
            for (int page = 1; page <= reader.getNumberOfPages(); page++)
                text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append('\n');
        }
        return text.toString();
    }

    private static Subject subject(String currency, Subject.@Nullable Member member) {
        return new Subject(ID, "Eco Goods", ZoneId.of("Europe/Berlin"), currency, member);
    }

    /** So many days of a shop, always the same ones. */
    static OverviewFigures overview(int days, String currency, Subject.@Nullable Member member, String name) {
        Random random = new Random(7);
        TreeMap<LocalDate, Figures> each = new TreeMap<>();
        List<Part> sources = new ArrayList<>();
        for (int i = days; i > 0; i--) each.put(TODAY.plusDays(1).minusDays(i), figures(random, 1_000));
        for (String source : List.of("newsletter", "", name, "blog", "youtube"))
            sources.add(new Part(source, figures(random, 8_000)));
        sources.sort((a, b) -> Long.compare(b.figures().revenue(), a.figures().revenue()));
        List<Named> top = IntStream.range(0, 15)
                .mapToObj(i -> new Named(ID, i == 0 ? name : "Affiliate " + i, figures(random, 4_000)))
                .toList();
        return new OverviewFigures(
                subject(currency, member),
                new Days(TODAY.plusDays(1).minusDays(days), TODAY.plusDays(1)),
                Instant.parse("2026-11-21T09:30:00Z"),
                figures(random, 30_000),
                figures(random, 25_000),
                each,
                sources,
                top);
    }

    private static Figures figures(Random random, int clicks) {
        long seen = clicks / 2 + random.nextInt(clicks);
        long sales = seen / 40 + random.nextInt((int) seen / 40 + 1);
        return new Figures(
                seen,
                seen * 4 / 5,
                seen / 15,
                sales,
                sales / 6,
                sales * 4_900,
                sales / 20,
                4_900,
                1,
                sales * 490,
                sales,
                0,
                sales * 300);
    }
}
