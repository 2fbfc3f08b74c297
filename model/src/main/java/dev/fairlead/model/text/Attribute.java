package dev.fairlead.model.text;

/// What is known of every request, its connection and its response without anyone declaring it.
public enum Attribute {
    /// Query string as received, or as rules changed it.
    QUERY,
    /// `?` if the query string is not empty, else nothing.
    QUERY_MARK,
    /// The client's address in network order: 4 or 16 bytes.
    CLIENT_ADDRESS_BINARY,
    /// Body bytes sent to the client.
    BODY_BYTES_SENT,
    /// All bytes sent to the client for this request.
    BYTES_SENT,
    /// The connection's serial number.
    CONNECTION,
    /// How many requests the connection has carried so far, this one included.
    CONNECTION_REQUESTS,
    /// Age of the connection in seconds with milliseconds.
    CONNECTION_TIME,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    /// The root or alias of the location.
    DOCUMENT_ROOT,
    /// [#DOCUMENT_ROOT] with symbolic links resolved.
    REAL_DOCUMENT_ROOT,
    /// The request's path, decoded, normalised, as rules changed it; without the query.
    PATH,
    /// The host from the request target, else the Host field, lower case without port; else the virtual host's
    /// name.
    HOST,
    /// The machine's name.
    MACHINE_NAME,
    /// `on` over TLS, else nothing.
    HTTPS,
    LIMIT_RATE,
    /// Seconds since 1970 with milliseconds.
    UNIX_TIME,
    /// The same without them.
    UNIX_SECONDS,
    /// Seconds since 1970 with milliseconds when the request began, or the connection where there are none.
    BEGUN_UNIX_TIME,
    /// A number that no other request of this process has, counted from 0.
    REQUEST_SERIAL,
    PROGRAM_VERSION,
    PROCESS_ID,
    /// `p` if the request was pipelined, else `.`.
    PIPELINED,
    PROXY_PROTOCOL_CLIENT_ADDRESS,
    PROXY_PROTOCOL_CLIENT_PORT,
    PROXY_PROTOCOL_SERVER_ADDRESS,
    PROXY_PROTOCOL_SERVER_PORT,
    CLIENT_ADDRESS,
    CLIENT_PORT,
    /// The address the client asked for: what the PROXY protocol says, else the connection's own. Rules can set
    /// it.
    ASKED_ADDRESS,
    ASKED_PORT,
    /// The address of the connection's peer before a trusted header replaced it.
    PEER_ADDRESS,
    PEER_PORT,
    /// The user name of Basic authentication.
    USER,
    REQUEST_LINE,
    /// The request body where it is held in memory.
    REQUEST_BODY,
    /// The temporary file that holds the request body, if one does.
    REQUEST_BODY_FILE,
    /// `OK` when the response was sent in full, else nothing.
    REQUEST_COMPLETION,
    /// The file the request's path stands for.
    REQUEST_FILE,
    /// 32 random hexadecimal digits, the same throughout one request.
    REQUEST_ID,
    /// Bytes of the request: line, header and body.
    REQUEST_LENGTH,
    METHOD,
    /// Seconds with milliseconds since the first byte of the request.
    REQUEST_TIME,
    /// The same in whole seconds.
    REQUEST_SECONDS,
    /// The same in whole milliseconds.
    REQUEST_MILLISECONDS,
    /// The same in whole microseconds.
    REQUEST_MICROSECONDS,
    /// The request target as received.
    REQUEST_TARGET,
    SCHEME,
    SERVER_ADDRESS,
    /// The first name of the virtual host.
    SERVER_NAME,
    SERVER_PORT,
    SERVER_PROTOCOL,
    STATUS,
    TCP_RTT,
    TCP_RTT_VARIANCE,
    TCP_SEND_WINDOW,
    TCP_RECEIVE_SPACE,
    /// Segments as the kernel counts them: sent and not acknowledged.
    TCP_UNACKNOWLEDGED,
    TCP_SELECTIVELY_ACKNOWLEDGED,
    TCP_SENT_AGAIN,
    TCP_FORWARD_ACKNOWLEDGED,
    TCP_LOST,
    /// How far out of order they may arrive.
    TCP_REORDERING,
    TIME_ISO8601,
    /// `10/Oct/2000:13:55:36 -0700`.
    TIME_LOCAL,
    /// Host and port of the upstream as the configuration names it.
    UPSTREAM_HOST,
    UPSTREAM_PORT,
    /// X-Forwarded-For as received with the client's address appended.
    FORWARDED_FOR_APPENDED,
    UPSTREAM_ADDRESS,
    /// The name of the server that the request was last given to, `<NOSRV>` where there was none; a rule may say
    /// who answers instead of one.
    UPSTREAM_SERVER,
    /// Milliseconds until the last server was connected to, and from there to its answer; -1 where it did not
    /// come to that.
    UPSTREAM_CONNECT_MILLISECONDS,
    UPSTREAM_ANSWER_MILLISECONDS,
    /// The longest silence of the server, and of both sides once the protocol is switched, in milliseconds, as
    /// rules have set it for the request; no value where none has.
    SERVER_TIMEOUT_MILLISECONDS,
    TUNNEL_TIMEOUT_MILLISECONDS,
    /// Milliseconds until the request's head was whole; -1 where it never was or was not sound.
    HEAD_MILLISECONDS,
    /// Milliseconds from there until a server was chosen; -1 where none was.
    QUEUE_MILLISECONDS,
    /// Requests that were given a server while this one waited for any, itself included; 0 if it did not wait.
    UPSTREAM_QUEUE,
    /// The same for one that waited for the server that it is bound to.
    SERVER_QUEUE,
    /// Requests that the server has at this moment.
    SERVER_CONNECTIONS,
    /// Milliseconds from the head of the last server's answer to the end; -1 where there was no answer.
    DATA_MILLISECONDS,
    /// How often the request was given to a server once more; with `+` in front where to another one.
    RETRIES,
    /// What a cookie said of the server and what was done to it, in HAProxy's two letters; `--` for no cookie.
    BOND_STATES,
    /// The address of the last server without its port, and its port.
    UPSTREAM_IP,
    UPSTREAM_IP_PORT,
    /// Our end of the connection to it; no value where there is none.
    UPSTREAM_LOCAL_IP,
    UPSTREAM_LOCAL_PORT,
    /// Its number among those of its group; no value where there is none.
    UPSTREAM_NUMBER,
    /// The version of HTTP of its answer, `HTTP/1.1`; no value while there is none.
    UPSTREAM_PROTOCOL,
    /// `on` where the connection to it is secured; what is known of that TLS has no value elsewhere.
    UPSTREAM_TLS,
    UPSTREAM_TLS_PROTOCOL,
    UPSTREAM_TLS_CIPHER,
    /// As bytes.
    UPSTREAM_TLS_SESSION_ID,
    /// `r` if the session was resumed, else `.`.
    UPSTREAM_TLS_SESSION_REUSED,
    UPSTREAM_TLS_CHOSEN_PROTOCOL,
    /// The certificate that it showed, in DER, as bytes.
    UPSTREAM_TLS_CERTIFICATE_DER,
    /// Connections that have come in by the same part of the configuration.
    FRONT_CONNECTIONS,
    /// The status that the client was answered with; -1 where it was not answered.
    ANSWERED_STATUS,
    /// The request's first line; `<BADREQ>` where the head was not sound.
    SOUND_REQUEST_LINE,
    /// The name of the part that a connection without requests was given to, and how many connections that has; no
    /// value where it was given to none.
    BACK_NAME,
    BACK_CONNECTIONS,
    /// The word of a [dev.fairlead.model.http.ConnectionFailure]; no value where there is none.
    CONNECTION_FAILURE,
    /// Which side ended the request, and in which phase, in HAProxy's two letters; `--` for nobody.
    ENDING,
    /// `10/Oct/2000:13:55:36.123`, when the request began.
    TIME_LOCAL_MILLISECONDS,
    UPSTREAM_STATUS,
    UPSTREAM_RESPONSE_TIME,
    UPSTREAM_CONNECT_TIME,
    UPSTREAM_HEADER_TIME,
    UPSTREAM_RESPONSE_LENGTH,
    UPSTREAM_BYTES_RECEIVED,
    UPSTREAM_BYTES_SENT,
    TLS_PROTOCOL,
    TLS_CIPHER,
    TLS_CIPHERS,
    TLS_CURVES,
    TLS_SERVER_NAME,
    /// What a ClientHello that was read in passing offers by ALPN, separated by commas.
    TLS_OFFERED_PROTOCOLS,
    /// The highest version it offers.
    TLS_OFFERED_VERSION,
    /// The client's first bytes that were read in passing; no value where it said nothing in that time.
    FIRST_BYTES,
    /// The server's first bytes, where they are passed on as they are and something is remembered of them.
    SERVER_FIRST_BYTES,
    /// The cookie in the first message of a remote desktop's client that was read in passing, as `name=value`.
    RDP_COOKIE,
    /// What it says.
    RDP_COOKIE_VALUE,
    TLS_SESSION_ID,
    /// `r` if the session was resumed, else `.`.
    TLS_SESSION_REUSED,
    TLS_EARLY_DATA,
    /// `SUCCESS`, `FAILED:reason` or `NONE`.
    TLS_CLIENT_VERIFY,
    /// OpenSSL's number for what is wrong with the client's certificate, 0 for nothing.
    TLS_CLIENT_VERIFY_NUMBER,
    /// The client's certificate in DER, as bytes.
    TLS_CLIENT_CERTIFICATE_DER,
    /// Ours, that the client was shown.
    TLS_SERVER_CERTIFICATE_DER,
    /// The protocol chosen by ALPN.
    TLS_CHOSEN_PROTOCOL,
    TLS_CLIENT_SUBJECT,
    TLS_CLIENT_SUBJECT_LEGACY,
    TLS_CLIENT_ISSUER,
    TLS_CLIENT_ISSUER_LEGACY,
    TLS_CLIENT_SERIAL,
    TLS_CLIENT_FINGERPRINT,
    TLS_CLIENT_CERTIFICATE,
    TLS_CLIENT_CERTIFICATE_RAW,
    TLS_CLIENT_CERTIFICATE_ESCAPED,
    TLS_CLIENT_VALID_FROM,
    TLS_CLIENT_VALID_UNTIL,
    TLS_CLIENT_DAYS_LEFT,
    COMPRESSION_RATIO,
    REQUEST_LIMIT_STATUS,
    CONNECTION_LIMIT_STATUS,
    CONNECTIONS_ACTIVE,
    CONNECTIONS_READING,
    CONNECTIONS_WRITING,
    CONNECTIONS_WAITING,
    /// `1` if the referer is not acceptable, else nothing.
    INVALID_REFERER,
    /// Whether the link is signed: `1`, or the signed part of it; `0` if it was good once; else nothing.
    SIGNED_LINK,
    /// The second since 1970 up to which a signed link is good, as it says itself.
    SIGNED_LINK_EXPIRY,
    /// The path as it is in the request line: neither decoded nor normalised, as
    /// [dev.fairlead.model.http.Rule.EditTarget] changed it; without the query.
    RAW_PATH,
    /// The request target as [dev.fairlead.model.http.Rule.EditTarget] changed it.
    RAW_TARGET,
    /// `1` for the first request of its connection, else `0`.
    FIRST_REQUEST,
    /// A fresh random UUID each time it is asked for.
    FRESH_UUID
}
