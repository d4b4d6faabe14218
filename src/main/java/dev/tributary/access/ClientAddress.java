package dev.tributary.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose request it is: the peer's address, or, where the peer is a trusted proxy, the last address in
 * {@code X-Forwarded-For} that is not one (read from the right, because anything left of that was written by strangers).
 */
public final class ClientAddress {
    private static final int MAX_HOPS = 20;

    private final List<Network> trusted;

    /** @param trustedProxies networks (CIDR) of proxies whose header counts */
    public ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(Network::parse).toList();
    }

    public String of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String peer = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        if (trusted.isEmpty()) return peer;
        return resolve(peer, request.getHeader("X-Forwarded-For"));
    }

    String resolve(String peer, @Nullable String forwardedFor) {
        if (forwardedFor == null || !isTrusted(peer)) return peer;
        String[] hops = forwardedFor.split(",", -1);
        String last = peer;
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS); i--) {
            String hop = hops[i].trim();
            if (bytes(hop) == null) return last;
            last = hop;
            if (!isTrusted(hop)) return hop;
        }
        return last;
    }

    private boolean isTrusted(String address) {
        byte[] bytes = bytes(address);
        if (bytes == null) return false;
        for (Network network : trusted) if (network.holds(bytes)) return true;
        return false;
    }

    /** The address's bytes, or null where the text is no literal address (names are never looked up). */
    public static byte @Nullable [] bytes(String text) {
        if (text.isEmpty() || text.length() > 45 || !text.matches("[0-9a-fA-F:.]+")) return null;
        if (!text.contains(":") && !text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) return null;
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The network that is kept of an address: /24 of IPv4, /48 of IPv6; empty for what is no address. */
    public static String prefix(String address) {
        byte[] bytes = bytes(address);
        if (bytes == null) return "";
        if (bytes.length == 4) return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + ".0/24";
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 6; i += 2) groups.add(Integer.toHexString((bytes[i] & 255) << 8 | bytes[i + 1] & 255));
        return String.join(":", groups) + "::/48";
    }

    private record Network(byte[] address, int bits) {
        static Network parse(String cidr) {
            String[] parts = cidr.trim().split("/", 2);
            byte[] address = bytes(parts[0]);
            if (address == null) throw new IllegalArgumentException("Not an address or network: " + cidr);
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > address.length * 8) throw new IllegalArgumentException("Not a network: " + cidr);
            return new Network(address, bits);
        }

        boolean holds(byte[] other) {
            if (other.length != address.length) return false;
            for (int i = 0; i < bits; i++) {
                int mask = 1 << 7 - i % 8;
                if ((address[i / 8] & mask) != (other[i / 8] & mask)) return false;
            }
            return true;
        }
    }
}
