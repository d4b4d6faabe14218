package dev.tributary.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One Redis command on a connection of its own, in Redis's inline form. */
final class RedisCommand {
    private RedisCommand() {}

    /** Sends it; anything but {@code +OK} is a failure. */
    static void ok(int port, String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (!"+OK".equals(answer)) throw new IllegalStateException(command + ": " + answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
