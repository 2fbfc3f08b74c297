package dev.fairlead.model.tls;

/// Protocol versions. Those below 1.2 can be asked for; whether they are available depends on the TLS library.
public enum TlsVersion {
    SSL_3("SSLv3"),
    TLS_1_0("TLSv1"),
    TLS_1_1("TLSv1.1"),
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /// The name that OpenSSL, the JDK and configuration files use.
    public String text() {
        return text;
    }
}
