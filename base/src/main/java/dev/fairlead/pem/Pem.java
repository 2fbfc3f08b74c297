package dev.fairlead.pem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file (RFC 7468), in order. What stands between them is skipped.
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /// @param label such as `CERTIFICATE`
    /// @param encryption the DEK-Info of a key in the old encrypted form; empty otherwise
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Block(String label, String encryption, byte[] der) {
        public boolean isCertificate() {
            return label.equals("CERTIFICATE")
                    || label.equals("X509 CERTIFICATE")
                    || label.equals("TRUSTED CERTIFICATE");
        }

        public boolean isPrivateKey() {
            return label.endsWith("PRIVATE KEY");
        }
    }

    /// @throws IOException if the file cannot be read, or a block is not base64
    public static List<Block> read(String path) throws IOException {
        return parse(new String(Files.readAllBytes(Path.of(path)), StandardCharsets.ISO_8859_1), path);
    }

    /// @param from where the text is from, for messages
    /// @throws IOException if a block is not base64
    public static List<Block> parse(String text, String from) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(block(from, matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    private static Block block(String path, String label, String content) throws IOException {
        String encryption = "";
        StringBuilder base64 = new StringBuilder();
        for (String line : content.split("\\R", -1)) {
            if (line.startsWith("DEK-Info:")) {
                encryption = line.substring("DEK-Info:".length()).strip();
            } else if (line.indexOf(':') < 0) {
                base64.append(line.strip());
            }
        }
        try {
            return new Block(label, encryption, Base64.getDecoder().decode(base64.toString()));
        } catch (IllegalArgumentException broken) {
            throw new IOException("bad base64 in a " + label + " of " + path, broken);
        }
    }
}
