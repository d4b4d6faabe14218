package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private final ClientAddress behindProxy = new ClientAddress(List.of("10.0.0.0/8", "fd00::/8"));

    @Test
    void a_stranger_s_forwarded_header_counts_for_nothing() {
        assertThat(behindProxy.resolve("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    }

    @Test
    void a_trusted_proxy_s_header_is_read_from_the_right() {
        assertThat(behindProxy.resolve("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.7"))
                .isEqualTo("198.51.100.1");
        assertThat(behindProxy.resolve("fd00::1", "2001:db8::5")).isEqualTo("2001:db8::5");
    }

    @Test
    void garbage_in_the_header_ends_the_walk_and_names_are_never_looked_up() {
        assertThat(behindProxy.resolve("10.0.0.1", "198.51.100.1, localhost")).isEqualTo("10.0.0.1");
        assertThat(behindProxy.resolve("10.0.0.1", "")).isEqualTo("10.0.0.1");
        assertThat(ClientAddress.bytes("localhost")).isNull();
        assertThat(ClientAddress.bytes("abc")).isNull();
        assertThat(ClientAddress.bytes("1.2.3")).isNull();
    }

    @Test
    void only_the_network_of_an_address_is_kept() {
        assertThat(ClientAddress.prefix("203.0.113.77")).isEqualTo("203.0.113.0/24");
        assertThat(ClientAddress.prefix("2001:db8:85a3:8d3:1319:8a2e:370:7348")).isEqualTo("2001:db8:85a3::/48");
        assertThat(ClientAddress.prefix("")).isEmpty();
    }

    @Test
    void a_setting_that_is_no_network_is_refused_at_start() {
        assertThatThrownBy(() -> new ClientAddress(List.of("10.0.0.0/40"))).hasMessageContaining("10.0.0.0/40");
    }
}
