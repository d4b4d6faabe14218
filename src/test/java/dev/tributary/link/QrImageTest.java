package dev.tributary.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrImageTest {
    private static final String URL = "https://go.example.com/r/SUMMER?src=poster%20in%20Z%C3%BCrich";

    @ParameterizedTest
    @ValueSource(ints = {100, 333, 512, 2048})
    void a_camera_reads_the_address_from_the_png(int size) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(new QrImage(URL).png(size)));

        assertThat(image.getWidth()).isEqualTo(size).isEqualTo(image.getHeight());
        assertThat(read(image)).isEqualTo(URL);
    }

    @Test
    void a_picture_too_small_for_its_modules_is_as_large_as_they_are() throws Exception {
        String long_url = "https://go.example.com/r/" + "A".repeat(64) + "?src=" + "b".repeat(300);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(new QrImage(long_url).png(64)));

        assertThat(image.getWidth()).isGreaterThan(64);
        assertThat(read(image)).isEqualTo(long_url);
    }

    @Test
    void the_svg_draws_the_same_modules() throws Exception {
        QrImage qr = new QrImage(URL);
        String svg = qr.svg();
        int modules = Integer.parseInt(svg.replaceAll("(?s).*viewBox=\"0 0 (\\d+) .*", "$1"));
        BufferedImage drawn = new BufferedImage(modules * 4, modules * 4, BufferedImage.TYPE_BYTE_GRAY);
        java.awt.Graphics2D pen = drawn.createGraphics();
        pen.setColor(java.awt.Color.WHITE);
        pen.fillRect(0, 0, modules * 4, modules * 4);
        pen.setColor(java.awt.Color.BLACK);
        java.util.regex.Matcher module =
                java.util.regex.Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (module.find())
            pen.fillRect(Integer.parseInt(module.group(1)) * 4, Integer.parseInt(module.group(2)) * 4, 4, 4);

        assertThat(read(drawn)).isEqualTo(URL);
    }

    private static String read(BufferedImage image) throws Exception {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        RGBLuminanceSource source = new RGBLuminanceSource(width, height, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }
}
