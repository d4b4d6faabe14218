package dev.tributary.link;

import io.nayuki.qrcodegen.QrCode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A QR code as an image, black on white with the four light modules around it that scanners need. PNG is written here, one
 * bit a pixel, because the JDK's own writer brings in AWT, which headless images do not have.
 *
 * @see <a href="https://www.w3.org/TR/png/">Portable Network Graphics</a>
 */
final class QrImage {
    private static final int QUIET = 4;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final QrCode code;
    private final int modules;

    /** Medium correction: a seventh of the code may be lost. A code holds at most 2,331 bytes, URLs are shorter. */
    QrImage(String text) {
        code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        modules = code.size + 2 * QUIET;
    }

    String svg() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++)
            for (int x = 0; x < code.size; x++)
                if (code.getModule(x, y)) path.append("M%d %dh1v1h-1z".formatted(x + QUIET, y + QUIET));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">
                <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
                """
                .formatted(modules, path);
    }

    /** A square of so many pixels; at least two for each module, or no camera would tell them apart. */
    byte[] png(int asked) {
        int pixels = Math.max(asked, 2 * modules);
        int scale = pixels / modules;
        int margin = (pixels - scale * code.size) / 2;
        int stride = (pixels + 7) / 8;
        byte[] lines = new byte[pixels * (stride + 1)];
        for (int y = 0; y < pixels; y++)
            for (int x = 0; x < pixels; x++)
                if (light(x - margin, y - margin, scale)) lines[y * (stride + 1) + 1 + x / 8] |= (byte) (0x80 >> x % 8);
        return file(pixels, lines);
    }

    private boolean light(int x, int y, int scale) {
        return x < 0 || y < 0 || !code.getModule(x / scale, y / scale);
    }

    private static byte[] file(int pixels, byte[] lines) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(SIGNATURE);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(pixels);
            fields.writeInt(pixels);
            // one bit of grey, deflated, no filter, not interlaced
            fields.write(new byte[] {1, 0, 0, 0, 0});
            chunk(out, "IHDR", header.toByteArray());
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
                deflater.write(lines);
            }
            chunk(out, "IDAT", data.toByteArray());
            chunk(out, "IEND", new byte[0]);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
