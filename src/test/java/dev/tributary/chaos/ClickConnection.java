package dev.tributary.chaos;

import dev.tributary.id.TypeId;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One keep-alive HTTP/1.1 connection on a plain socket, used by one thread; made anew after it was cut. */
final class ClickConnection implements AutoCloseable {
    /** Far beyond any promise; a request without an answer after this counts as failed. */
    private static final int TIMEOUT_MILLIS = 5_000;

    private static final int HEADER_LIMIT = 16_384;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    ClickConnection(int port) {
        this.port = port;
    }

    /** Sends the request and reads the whole answer. {@code due} is the moment from which its time counts. */
    Answer exchange(byte[] request, long due) {
        if (!connected()) return new Answer(System.nanoTime(), 0, Answer.REFUSED, null);
        long sentAt = System.nanoTime();
        try {
            socket().getOutputStream().write(request);
            Head head = readHead();
            if (!Visits.isHead(request)) input().skipNBytes(head.length);
            long nanos = System.nanoTime() - due;
            if (head.close) close();
            return new Answer(sentAt, nanos, head.status, head.clickId);
        } catch (IOException e) {
            close();
            return new Answer(sentAt, System.nanoTime() - due, Answer.CUT, null);
        }
    }

    private boolean connected() {
        if (socket != null) return true;
        Socket fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(TIMEOUT_MILLIS);
            fresh.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket = fresh;
            in = new BufferedInputStream(fresh.getInputStream(), HEADER_LIMIT);
            return true;
        } catch (IOException e) {
            closeQuietly(fresh);
            return false;
        }
    }

    private record Head(int status, @Nullable UUID clickId, long length, boolean close) {}

    private Head readHead() throws IOException {
        String line = readLine();
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) throw new IOException("Not HTTP: " + line);
        int status = Integer.parseInt(line.substring(9, 12));
        UUID clickId = null;
        long length = 0;
        boolean close = false;
        for (line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = line.substring(colon + 1).trim();
            if (name.equalsIgnoreCase("location")) clickId = clickIdOf(value);
            else if (name.equalsIgnoreCase("content-length")) length = Long.parseLong(value);
            else if (name.equalsIgnoreCase("connection")) close = value.equalsIgnoreCase("close");
        }
        return new Head(status, status == 302 ? clickId : null, length, close);
    }

    /** The click id in a Location; one that is there and does not parse is a broken promise, so it fails loudly. */
    static @Nullable UUID clickIdOf(String location) {
        int at = location.indexOf("click_id=");
        if (at < 0) return null;
        int start = at + "click_id=".length();
        int end = location.indexOf('&', start);
        String text = location.substring(start, end < 0 ? location.length() : end);
        return TypeId.CLICK.parse(text).orElseThrow(() -> new IllegalStateException("No click id: " + location));
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder(128);
        for (int c = input().read(); c != '\n'; c = input().read()) {
            if (c < 0 || line.length() > HEADER_LIMIT) throw new EOFException();
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    private Socket socket() throws IOException {
        if (socket == null) throw new IOException("not connected");
        return socket;
    }

    private InputStream input() throws IOException {
        if (in == null) throw new IOException("not connected");
        return in;
    }

    @Override
    public void close() {
        if (socket != null) closeQuietly(socket);
        socket = null;
        in = null;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost with a connection that is given up.
        }
    }
}
