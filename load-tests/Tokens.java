import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/**
 * Makes a key and signs access tokens with it: prints the public key, then one token a line for the subjects 1 to count, who are
 * affiliates, and where a role is named one for somebody who has it.
 */
class Tokens {
    public static void main(String[] args) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        var url = Base64.getUrlEncoder().withoutPadding();
        System.out.println(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        long now = System.currentTimeMillis() / 1000;
        int affiliates = Integer.parseInt(args[0]);
        for (int n = 1; n <= affiliates + (args.length > 3 ? 1 : 0); n++) {
            String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%d\",\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                    .formatted(args[1], args[2], n, n > affiliates ? args[3] : "affiliate", now, now + 6 * 3600);
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
