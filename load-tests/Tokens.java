import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Makes a key and signs access tokens with it: prints the public key, then one token a line for the subjects 1 to count. */
class Tokens {
    public static void main(String[] args) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        var url = Base64.getUrlEncoder().withoutPadding();
        System.out.println(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        long now = System.currentTimeMillis() / 1000;
        for (int n = 1; n <= Integer.parseInt(args[0]); n++) {
            String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%d\",\"groups\":[\"affiliate\"],\"iat\":%d,\"exp\":%d}"
                    .formatted(args[1], args[2], n, now, now + 6 * 3600);
            String head = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
            String text = url.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + "."
                    + url.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            System.out.println(text + "." + url.encodeToString(signature.sign()));
        }
    }
}
