package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentsTest {
    private static final UserAgents AGENTS = new UserAgents();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "desktop | Windows  | Chrome        | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                "desktop | Mac OS X | Safari        | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                "phone   | iOS      | Mobile Safari | Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "phone   | Android  | Chrome Mobile | Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
                "tablet  | Android  | Chrome        | Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                "bot     | ''       | Googlebot     | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "bot     | ''       | curl          | curl/8.5.0",
                "bot     | ''       | ''            | ''"
            })
    void tells_device_system_and_browser(String kind, String os, String browser, String userAgent) {
        assertThat(AGENTS.of(userAgent)).isEqualTo(new UserAgents.Device(kind, os, browser));
    }
}
