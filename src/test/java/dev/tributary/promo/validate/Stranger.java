package dev.tributary.promo.validate;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Somebody with an address of its own: failures are counted by address, and tests must not stand in each other's way. */
final class Stranger {
    private static final Random RANDOM = new Random();

    private final byte[] address = {
        127, (byte) (1 + RANDOM.nextInt(200)), (byte) RANDOM.nextInt(256), (byte) (1 + RANDOM.nextInt(250))
    };

    /** A status line's number, the head and the body. */
    record Answer(int status, String head, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    Answer validate(String code) {
        return ask("?code=" + encoded(code), "");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Answer ask(String query, String header) {
        return send("GET", "/api/discount-codes/validate" + query, header);
    }

    Answer send(String method, String path, String header) {
        try (Socket socket = new Socket(
                InetAddress.getByName("127.0.0.1"), RestAssured.port, InetAddress.getByAddress(address), 0)) {
            String request =
                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String whole = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = whole.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(whole.substring(9, 12)), whole.substring(0, end), whole.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
