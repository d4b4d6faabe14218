package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way: a real browser on a shop's page, the script as this application serves it, the click on disk. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TrackerBrowserDatabaseTest {
    @Inject
    Clicks clicks;

    @Inject
    Transactions transactions;

    @TestHTTPResource("/")
    URI application;

    private ShopAndTracker shop;
    private Chromium browser;
    private Chromium.Tab tab;
    private TrackedLinks links;

    @BeforeEach
    void start() throws Exception {
        browser = Chromium.startOrSkip();
        clicks.open();
        links = new TrackedLinks(transactions);
        shop = new ShopAndTracker(tracker("/t.js"));
        tab = browser.visitor();
    }

    @AfterEach
    void stop() throws Exception {
        if (browser != null) browser.close();
        if (shop != null) shop.close();
    }

    @Test
    void a_visit_with_a_code_is_recorded_and_known_on_every_sub_domain() throws Exception {
        String code = links.active(true);
        tab.open(shop.url("shop.example", "/pricing?ref=" + code.toLowerCase() + "&src=youtube&gclid=G1"));
        String id = (String) tab.evaluate("tributary.ready");
        Click click = Journalled.byId(clicks.journal(), id);
        assertThat(click.origin()).isEqualTo(Click.Origin.SCRIPT);
        assertThat(click.landingPage()).isEqualTo(shop.url("shop.example", "/pricing"));
        assertThat(click.src()).isEqualTo("youtube");
        assertThat(click.adParams()).isEqualTo("{\"gclid\":\"G1\"}");
        tab.open(shop.url("checkout.shop.example", "/pay"));
        assertThat(tab.evaluate("tributary.ready")).isEqualTo(id);
        assertThat(recorded(click)).hasSize(1);
    }

    @Test
    void a_visit_through_the_redirect_is_recorded_once() throws Exception {
        String code = links.leadingTo(shop.url("shop.example", "/"));
        tab.open(tracker("/r/" + code + "?src=newsletter"));
        String id = (String) tab.evaluate("tributary.ready");
        assertThat((String) tab.evaluate("location.search")).contains("click_id=" + id);
        Click click = Journalled.byId(clicks.journal(), id);
        assertThat(click.origin()).isEqualTo(Click.Origin.REDIRECT);
        tab.open(shop.url("www.shop.example", "/pay"));
        assertThat(tab.evaluate("tributary.clickId()")).isEqualTo(id);
        assertThat(recorded(click)).hasSize(1);
    }

    private String tracker(String path) {
        return "http://track.example:" + application.getPort() + path;
    }

    private List<Click> recorded(Click like) throws IOException {
        return Journalled.all(clicks.journal()).stream()
                .filter(click -> click.linkId().equals(like.linkId()))
                .toList();
    }
}
