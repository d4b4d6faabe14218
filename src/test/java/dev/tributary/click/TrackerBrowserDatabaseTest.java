package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The whole way: a real browser on a shop's page, the script as this application serves it, the click on disk. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TrackerBrowserDatabaseTest {
    @Inject
    Clicks clicks;

    @Inject
    Transactions transactions;

    @TestHTTPResource("/t.js")
    URI script;

    @Test
    void a_visit_with_a_code_is_recorded_once_and_known_on_every_sub_domain() throws Exception {
        if (clicks.journal() == null) clicks.open();
        String code = new TrackedLinks(transactions).active(true);
        Optional<Path> binary = Chromium.find();
        Assumptions.assumeTrue(
                binary.isPresent(), "skipped: no chromium, chromium-browser or google-chrome on the PATH");
        String tracker = "http://track.example:" + script.getPort() + "/t.js";
        try (ShopAndTracker shop = new ShopAndTracker(tracker);
                Chromium browser = new Chromium(binary.get())) {
            Chromium.Tab tab = browser.tab();
            tab.open(shop.url("shop.example", "/pricing?ref=" + code.toLowerCase() + "&src=youtube&gclid=G1"));
            String id = (String) tab.evaluate("tributary.ready");
            Click click = Journalled.byId(clicks.journal(), id);
            assertThat(click.landingPage()).isEqualTo(shop.url("shop.example", "/pricing"));
            assertThat(click.src()).isEqualTo("youtube");
            assertThat(click.adParams()).isEqualTo("{\"gclid\":\"G1\"}");

            tab.open(shop.url("checkout.shop.example", "/?ref=" + code + "&click_id=" + id));
            assertThat(tab.evaluate("tributary.ready")).isEqualTo(id);
            assertThat(Journalled.all(clicks.journal()).stream()
                            .filter(c -> c.linkId().equals(click.linkId())))
                    .hasSize(1);
        }
    }
}
