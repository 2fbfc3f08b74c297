package dev.fairlead.model.app;

import dev.fairlead.model.net.AddressRange;
import java.util.List;
import java.util.Map;

/// How requests are presented to an application.
///
/// @param trusted peers whose scheme and forwarding headers are believed (gunicorn's forwarded_allow_ips)
/// @param trustsAll whether every peer is
/// @param secureHeaders which header with which value says that a request came over TLS
///     (gunicorn's secure_scheme_headers); names in upper case
/// @param forwarderHeaders headers that trusted peers may set although their name has an underscore or they
///     override variables (gunicorn's forwarder_headers)
/// @param underscores what becomes of headers whose names have underscores (gunicorn's header_map)
/// @param scriptName the SCRIPT_NAME of all requests; empty for none
/// @param errorText whether errors of the application are answered with its traceback
/// @param limits how large a request's head may be
public record RequestView(
        List<AddressRange> trusted,
        boolean trustsAll,
        Map<String, String> secureHeaders,
        List<String> forwarderHeaders,
        Underscores underscores,
        String scriptName,
        boolean errorText,
        Limits limits) {
    /// gunicorn's defaults: only this machine is trusted.
    public static final RequestView DEFAULT = new RequestView(
            List.of(
                    new AddressRange.Block(new byte[] {127, 0, 0, 1}, 32),
                    new AddressRange.Block(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128)),
            false,
            Map.of("X-FORWARDED-PROTOCOL", "ssl", "X-FORWARDED-PROTO", "https", "X-FORWARDED-SSL", "on"),
            List.of("SCRIPT_NAME", "PATH_INFO"),
            Underscores.DROP,
            "",
            false,
            Limits.NONE);

    public RequestView {
        trusted = List.copyOf(trusted);
        secureHeaders = Map.copyOf(secureHeaders);
        forwarderHeaders = List.copyOf(forwarderHeaders);
    }

    /// What a request's head may hold beyond what traffic's buffers allow anyway; 0 for any number.
    ///
    /// @param line most bytes of a request line, without its end (gunicorn's limit_request_line)
    /// @param fields most header fields (gunicorn's limit_request_fields)
    /// @param field most bytes of a header field, with the end of its line (gunicorn's limit_request_field_size)
    public record Limits(int line, int fields, int field) {
        public static final Limits NONE = new Limits(0, 0, 0);
    }

    /// A name with underscores turns into the same variable as one with hyphens.
    public enum Underscores {
        DROP,
        REFUSE,
        DANGEROUS
    }
}
