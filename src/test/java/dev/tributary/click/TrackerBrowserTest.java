package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.id.TypeId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The script in a real browser, against a tracker that is a stub. */
class TrackerBrowserTest {
    private static final int WINDOW_DAYS = 45;
    private static final String FROM_REDIRECT = "clk_01h455vb4pex5vsknk084sn02q";
    private static final String PRIVACY_CONTROL =
            "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})";

    private static Chromium browser;

    private final AtomicLong ids = new AtomicLong();
    private Chromium.Tab tab;
    private ShopAndTracker site;

    @AfterAll
    static void shut() throws Exception {
        if (browser != null) browser.close();
    }

    @BeforeEach
    void start() throws Exception {
        if (browser == null) browser = Chromium.startOrSkip();
        site = new ShopAndTracker();
        site.answers(this::recorded);
        tab = browser.visitor();
    }

    @AfterEach
    void stop() throws Exception {
        if (tab != null) tab.close();
        if (site != null) site.close();
    }

    @Test
    void a_page_with_ref_and_src_reports_landing_page_and_referrer() throws Exception {
        visit("www.shop.example", "/blog?token=secret");
        tab.evaluate("location.href = '"
                + site.url("www.shop.example", "/pricing?ref=eCo10&src=youtube-review&sub1=a&sub5=e")
                + "&gclid=G1&fbclid=F1&plan=pro&click_id=net-77'");
        assertThat(site.await(1)).isEqualTo(1);
        JsonObject event = site.events.get(0);
        assertThat(event.getString("ref")).isEqualTo("eCo10");
        assertThat(event.getString("src")).isEqualTo("youtube-review");
        assertThat(event.getString("sub1")).isEqualTo("a");
        assertThat(event.getString("sub5")).isEqualTo("e");
        assertThat(event.getString("landingPage")).isEqualTo(site.url("www.shop.example", "/pricing"));
        assertThat(event.getString("referrer")).isEqualTo(site.url("www.shop.example", "/blog"));
        assertThat(event.encode()).doesNotContain("secret");
        assertThat(event.getString("externalClickId")).isEqualTo("net-77");
        assertThat(event.getJsonObject("adParams"))
                .isEqualTo(new JsonObject().put("gclid", "G1").put("fbclid", "F1"));
        assertThat(event.containsKey("clickId")).isFalse();
    }

    @Test
    void the_report_needs_no_preflight() throws Exception {
        visit("shop.example", "/?ref=ECO10");
        assertThat(site.types).containsExactly("POST text/plain;charset=UTF-8");
    }

    @Test
    void the_click_is_kept_for_the_programs_window_on_the_registrable_domain() throws Exception {
        visit("www.shop.example", "/?ref=ECO10");
        String clickId = (String) tab.evaluate("tributary.clickId()");
        assertThat(TypeId.CLICK.parse(clickId)).isPresent();
        List<JsonObject> cookies = tab.cookies();
        assertThat(cookies).extracting(c -> c.getString("name")).containsExactlyInAnyOrder("trb_click", "trb_visitor");
        assertThat(cookies).allSatisfy(cookie -> {
            assertThat(cookie.getString("domain")).isEqualTo(".shop.example");
            assertThat(cookie.getString("sameSite")).isEqualTo("Lax");
            double days = (cookie.getDouble("expires") - System.currentTimeMillis() / 1e3) / 86_400;
            assertThat(days).isCloseTo(WINDOW_DAYS, within(0.1));
        });
        visit("checkout.shop.example", "/pay");
        assertThat(tab.evaluate("tributary.clickId()")).isEqualTo(clickId);
        assertThat(site.events).hasSize(1);
    }

    @Test
    void cookies_are_secure_on_a_secure_page() throws Exception {
        site.close();
        site = ShopAndTracker.secure();
        site.answers(this::recorded);
        visit("www.shop.example", "/?ref=ECO10");
        assertThat(tab.cookies()).hasSize(2).allSatisfy(cookie -> {
            assertThat(cookie.getBoolean("secure")).isTrue();
            assertThat(cookie.getString("domain")).isEqualTo(".shop.example");
        });
    }

    @Test
    void a_click_that_came_through_the_redirect_is_kept_and_not_counted_again() throws Exception {
        site.answers(event -> recorded(event).put("clickId", event.getString("clickId")));
        visit("shop.example", "/?ref=ECO10&click_id=" + FROM_REDIRECT);
        assertThat(site.events).singleElement().satisfies(event -> assertThat(event.getString("clickId"))
                .isEqualTo(FROM_REDIRECT));
        visit("www.shop.example", "/pay");
        assertThat(tab.evaluate("tributary.clickId()")).isEqualTo(FROM_REDIRECT);
    }

    @Test
    void a_click_that_came_through_the_redirect_is_kept_while_the_tracker_is_away() throws Exception {
        site.failsFor(Integer.MAX_VALUE);
        tab.open(site.url("shop.example", "/?ref=ECO10&click_id=" + FROM_REDIRECT));
        assertThat(tab.evaluate("tributary.clickId()")).isEqualTo(FROM_REDIRECT);
    }

    @Test
    void a_second_visit_brings_a_new_click_of_the_same_visitor() throws Exception {
        visit("shop.example", "/?ref=ECO10");
        Object visitor = tab.evaluate("tributary.visitorId()");
        Object click = tab.evaluate("tributary.clickId()");
        visit("www.shop.example", "/?ref=OTHER");
        assertThat(site.events.get(1).getString("visitorId")).isEqualTo(visitor);
        assertThat(tab.evaluate("tributary.visitorId()")).isEqualTo(visitor);
        assertThat(tab.evaluate("tributary.clickId()")).isNotEqualTo(click);
    }

    @Test
    void reloading_a_page_is_no_new_click() throws Exception {
        visit("shop.example", "/?ref=ECO10");
        Object click = tab.evaluate("tributary.clickId()");
        tab.reload();
        assertThat(tab.evaluate("tributary.ready")).isEqualTo(click);
        assertThat(site.events).hasSize(1);
    }

    @Test
    void a_visitor_with_global_privacy_control_leaves_without_a_cookie() throws Exception {
        tab.beforeEveryPage(PRIVACY_CONTROL);
        site.answers(event -> new JsonObject()
                .putNull("clickId")
                .putNull("visitorId")
                .put("windowDays", WINDOW_DAYS)
                .put("honorGpc", true));
        visit("shop.example", "/?ref=ECO10");
        visit("shop.example", "/?ref=ECO10&click_id=" + FROM_REDIRECT);
        assertThat(site.events).hasSize(2).allSatisfy(event -> {
            assertThat(event.getBoolean("gpc")).isTrue();
            assertThat(event.containsKey("visitorId")).isFalse();
        });
        assertThat(tab.evaluate("tributary.clickId()")).isNull();
        assertThat(tab.cookies()).isEmpty();
    }

    @Test
    void a_visitor_who_turns_global_privacy_control_on_is_forgotten() throws Exception {
        visit("shop.example", "/?ref=ECO10");
        assertThat(tab.cookies()).hasSize(2);
        tab.beforeEveryPage(PRIVACY_CONTROL);
        site.answers(event ->
                new JsonObject().putNull("clickId").putNull("visitorId").put("honorGpc", true));
        visit("shop.example", "/?ref=ECO10&src=again");
        assertThat(tab.cookies()).isEmpty();
    }

    @Test
    void a_program_that_does_not_honour_global_privacy_control_keeps_its_click() throws Exception {
        tab.beforeEveryPage(PRIVACY_CONTROL);
        visit("shop.example", "/?ref=ECO10");
        assertThat(tab.evaluate("tributary.clickId()")).isNotNull();
        assertThat(tab.cookies()).hasSize(2);
    }

    @Test
    void a_visit_through_a_paused_link_leaves_the_earlier_click() throws Exception {
        visit("shop.example", "/?ref=ECO10");
        Object click = tab.evaluate("tributary.clickId()");
        site.answers(event -> recorded(event).putNull("clickId"));
        visit("shop.example", "/?ref=PAUSED");
        assertThat(tab.evaluate("tributary.clickId()")).isEqualTo(click);
    }

    @Test
    void a_page_rendered_ahead_of_time_reports_when_it_is_shown() throws Exception {
        tab.beforeEveryPage("Object.defineProperty(Document.prototype, 'prerendering', {get: () => !window.shown})");
        tab.open(site.url("shop.example", "/?ref=ECO10"));
        assertThat(site.events).isEmpty();
        tab.evaluate("shown = true; document.dispatchEvent(new Event('prerenderingchange')); tributary.ready");
        assertThat(site.events).hasSize(1);
    }

    @Test
    void a_page_without_a_code_is_left_alone() throws Exception {
        visit("shop.example", "/?src=x&gclid=1&click_id=not-ours");
        assertThat(site.types).isEmpty();
        assertThat(tab.cookies()).isEmpty();
        assertThat(tab.evaluate("tributary.clickId()")).isNull();
    }

    @Test
    void a_tracker_that_is_restarting_is_asked_once_more() throws Exception {
        site.failsFor(1);
        visit("shop.example", "/?ref=ECO10");
        assertThat(site.events).hasSize(1);
        assertThat(tab.evaluate("tributary.clickId()")).isNotNull();
    }

    @Test
    void a_page_where_everything_fails_sees_no_error() throws Exception {
        tab.beforeEveryPage("window.failures = []; addEventListener('error', e => failures.push(e.message));"
                + "addEventListener('unhandledrejection', e => failures.push(String(e.reason)));"
                + "window.fetch = () => { throw new Error('no fetch') };"
                + "Object.defineProperty(Document.prototype, 'cookie', {get() { throw new Error('no cookies') },"
                + " set() { throw new Error('no cookies') }});");
        visit("shop.example", "/?ref=ECO10");
        assertThat(tab.evaluate("failures.join()")).isEqualTo("");
        assertThat(tab.evaluate("tributary.clickId()")).isNull();
    }

    private JsonObject recorded(JsonObject event) {
        String visitor = event.getString("visitorId", TypeId.VISITOR.format(new UUID(7, ids.incrementAndGet())));
        return new JsonObject()
                .put("clickId", TypeId.CLICK.format(new UUID(8, ids.incrementAndGet())))
                .put("visitorId", visitor)
                .put("windowDays", WINDOW_DAYS)
                .put("honorGpc", false);
    }

    private void visit(String host, String path) throws Exception {
        tab.open(site.url(host, path));
        tab.evaluate("tributary.ready");
    }
}
