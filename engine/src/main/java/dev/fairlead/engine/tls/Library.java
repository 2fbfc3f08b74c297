package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.CipherList;
import dev.fairlead.model.tls.TlsVersion;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which TLS library is used. Asked for the first time when a plan has TLS: loading it costs memory.
final class Library {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    private Library() {}

    private static final class Choice {
        private static final SslProvider PROVIDER = choose();

        private static SslProvider choose() {
            if (OpenSsl.isAvailable()) {
                return SslProvider.OPENSSL;
            }
            LOG.warn(
                    "the native TLS library is not available, TLS is slower: {}",
                    String.valueOf(OpenSsl.unavailabilityCause()));
            return SslProvider.JDK;
        }
    }

    static SslProvider provider() {
        return Choice.PROVIDER;
    }

    static boolean isNative() {
        return provider() == SslProvider.OPENSSL;
    }

    static String[] protocols(Set<TlsVersion> versions) {
        return versions.stream().sorted().map(TlsVersion::text).toArray(String[]::new);
    }

    /// @param offered by ALPN, best first; empty for no ALPN
    static ApplicationProtocolConfig protocolConfig(List<String> offered) {
        return offered.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        offered);
    }

    static void applyGroups(List<String> curves, SslContextBuilder builder) {
        if (isNative() && !curves.isEmpty()) {
            builder.option(
                    OpenSslContextOption.GROUPS,
                    curves.stream().map(Library::group).toArray(String[]::new));
        }
    }

    /// Restricts the context to a cipher list in OpenSSL's notation. The JDK's TLS keeps its own choice.
    ///
    /// @throws SSLException if the list matches nothing
    static void applyCiphers(String list, SslContextBuilder builder) throws SSLException {
        if (!isNative()) {
            LOG.warn("cipher lists need the native TLS library; not applied: {}", list);
            return;
        }
        List<String> names = CipherList.resolve(list, OpenSsl.availableOpenSslCipherSuites());
        if (names.stream().allMatch(CipherList::isTls13)) {
            throw new SSLException("no cipher match: " + list);
        }
        builder.ciphers(names, IdentityCipherSuiteFilter.INSTANCE);
    }

    /// The library's name of a key-exchange group that OpenSSL calls otherwise.
    static String group(String openSslName) {
        return switch (openSslName) {
            case "prime256v1", "secp256r1" -> "P-256";
            case "secp384r1" -> "P-384";
            case "secp521r1" -> "P-521";
            default -> openSslName;
        };
    }
}
