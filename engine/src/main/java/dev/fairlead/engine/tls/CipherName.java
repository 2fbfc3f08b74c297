package dev.fairlead.engine.tls;

/// What OpenSSL, and with it the configurations of all programs, call a cipher suite.
public final class CipherName {
    private CipherName() {}

    /// @param javaName such as `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`; those of TLS 1.3 have one name only
    public static String ofOpenSsl(String javaName) {
        int with = javaName.indexOf("_WITH_");
        if (with < 0) {
            return javaName;
        }
        String exchange = javaName.substring(javaName.indexOf('_') + 1, with).replace('_', '-');
        String cipher = javaName.substring(with + 6)
                .replace("AES_128_CBC", "AES128")
                .replace("AES_256_CBC", "AES256")
                .replace("AES_128", "AES128")
                .replace("AES_256", "AES256")
                .replace("3DES_EDE_CBC", "DES-CBC3")
                .replace("POLY1305_SHA256", "POLY1305")
                .replace('_', '-');
        return exchange.equals("RSA") ? cipher : exchange + "-" + cipher;
    }
}
