package dev.tributary.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One Redis command on a connection of its own, in Redis's inline form. */
final class RedisCommand {
    private static final Duration LOADING_LIMIT = Duration.ofSeconds(20);

    private RedisCommand() {}

    /** Sends it, again while Redis still reads its data from disk; any answer but {@code +OK} is a failure. */
    static void ok(int port, String command) {
        String answer = send(port, command);
        long from = System.nanoTime();
        while (answer.startsWith("-LOADING") && System.nanoTime() - from < LOADING_LIMIT.toNanos()) {
            PackagedApp.pause();
            answer = send(port, command);
        }
        if (!answer.equals("+OK")) throw new IllegalStateException(command + ": " + answer);
    }

    private static String send(int port, String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return String.valueOf(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
