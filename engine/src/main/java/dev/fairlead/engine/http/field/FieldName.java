package dev.fairlead.engine.http.field;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The name of a header field. Names that the engine itself cares about are constants with an id, which makes
/// looking them up a comparison of numbers; every other name has the id [#OTHER].
public final class FieldName {
    /// The id of a name that is not one of the constants.
    public static final int OTHER = -1;

    private static final List<FieldName> KNOWN = new ArrayList<>();
    private static final FieldName[] TABLE = new FieldName[1024];

    public static final FieldName ACCEPT = known("Accept");
    public static final FieldName ACCEPT_ENCODING = known("Accept-Encoding");
    public static final FieldName ACCEPT_RANGES = known("Accept-Ranges");
    public static final FieldName AUTHORIZATION = known("Authorization");
    public static final FieldName CACHE_CONTROL = known("Cache-Control");
    public static final FieldName CONNECTION = known("Connection");
    public static final FieldName CONTENT_ENCODING = known("Content-Encoding");
    public static final FieldName CONTENT_LENGTH = known("Content-Length");
    public static final FieldName CONTENT_RANGE = known("Content-Range");
    public static final FieldName CONTENT_TYPE = known("Content-Type");
    public static final FieldName COOKIE = known("Cookie");
    public static final FieldName DATE = known("Date");
    public static final FieldName ETAG = known("ETag");
    public static final FieldName EXPECT = known("Expect");
    public static final FieldName EXPIRES = known("Expires");
    public static final FieldName HOST = known("Host");
    public static final FieldName HTTP2_SETTINGS = known("HTTP2-Settings");
    public static final FieldName IF_MATCH = known("If-Match");
    public static final FieldName IF_MODIFIED_SINCE = known("If-Modified-Since");
    public static final FieldName IF_NONE_MATCH = known("If-None-Match");
    public static final FieldName IF_RANGE = known("If-Range");
    public static final FieldName IF_UNMODIFIED_SINCE = known("If-Unmodified-Since");
    public static final FieldName KEEP_ALIVE = known("Keep-Alive");
    public static final FieldName LAST_MODIFIED = known("Last-Modified");
    public static final FieldName LINK = known("Link");
    public static final FieldName LOCATION = known("Location");
    public static final FieldName PRAGMA = known("Pragma");
    public static final FieldName PROXY_CONNECTION = known("Proxy-Connection");
    public static final FieldName RANGE = known("Range");
    public static final FieldName REFERER = known("Referer");
    public static final FieldName REFRESH = known("Refresh");
    public static final FieldName RETRY_AFTER = known("Retry-After");
    public static final FieldName SERVER = known("Server");
    public static final FieldName SET_COOKIE = known("Set-Cookie");
    public static final FieldName TE = known("TE");
    public static final FieldName TRAILER = known("Trailer");
    public static final FieldName TRANSFER_ENCODING = known("Transfer-Encoding");
    public static final FieldName UPGRADE = known("Upgrade");
    public static final FieldName USER_AGENT = known("User-Agent");
    public static final FieldName VARY = known("Vary");
    public static final FieldName VIA = known("Via");
    public static final FieldName WWW_AUTHENTICATE = known("WWW-Authenticate");
    public static final FieldName X_ACCEL_BUFFERING = known("X-Accel-Buffering");
    public static final FieldName X_ACCEL_CHARSET = known("X-Accel-Charset");
    public static final FieldName X_ACCEL_EXPIRES = known("X-Accel-Expires");
    public static final FieldName X_ACCEL_LIMIT_RATE = known("X-Accel-Limit-Rate");
    public static final FieldName X_ACCEL_REDIRECT = known("X-Accel-Redirect");
    public static final FieldName X_FORWARDED_FOR = known("X-Forwarded-For");
    public static final FieldName X_PAD = known("X-Pad");
    public static final FieldName X_REAL_IP = known("X-Real-IP");

    private final String written;
    private final String lower;
    private final byte[] bytes;
    private final int id;

    private FieldName(String written, int id) {
        this.written = written;
        this.lower = written.toLowerCase(Locale.ROOT);
        this.bytes = written.getBytes(StandardCharsets.ISO_8859_1);
        this.id = id;
    }

    /// The constant of that name without regard to case, or a new name with the spelling given.
    public static FieldName of(String written) {
        byte[] bytes = written.getBytes(StandardCharsets.ISO_8859_1);
        int id = idOf(bytes, 0, bytes.length);
        return id == OTHER ? new FieldName(written, OTHER) : KNOWN.get(id);
    }

    /// How many ids there are; ids are below that.
    public static int knownCount() {
        return KNOWN.size();
    }

    /// The id of the name that stands in the bytes, without regard to case.
    static int idOf(byte[] bytes, int start, int end) {
        if (end <= start) {
            return OTHER;
        }
        int slot = slotOf(bytes, start, end);
        for (FieldName name = TABLE[slot]; name != null; name = TABLE[slot]) {
            if (name.matches(bytes, start, end)) {
                return name.id;
            }
            slot = (slot + 1) & (TABLE.length - 1);
        }
        return OTHER;
    }

    /// Whether the bytes spell this name, without regard to case.
    public boolean matches(byte[] other, int start, int end) {
        return end - start == bytes.length && equalsIgnoringCase(bytes, 0, other, start, bytes.length);
    }

    static boolean equalsIgnoringCase(byte[] a, int aStart, byte[] b, int bStart, int length) {
        for (int i = 0; i < length; i++) {
            int x = a[aStart + i];
            int y = b[bStart + i];
            if (x != y && (lowerCase(x) != lowerCase(y))) {
                return false;
            }
        }
        return true;
    }

    private static int lowerCase(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    private static int slotOf(byte[] bytes, int start, int end) {
        int length = end - start;
        int first = bytes[start] | 0x20;
        int last = bytes[end - 1] | 0x20;
        int middle = bytes[start + length / 2] | 0x20;
        return (length * 31 + first * 7 + last * 131 + middle * 17) & (TABLE.length - 1);
    }

    private static FieldName known(String written) {
        FieldName name = new FieldName(written, KNOWN.size());
        KNOWN.add(name);
        int slot = slotOf(name.bytes, 0, name.bytes.length);
        while (TABLE[slot] != null) {
            slot = (slot + 1) & (TABLE.length - 1);
        }
        TABLE[slot] = name;
        return name;
    }

    public int id() {
        return id;
    }

    /// Lower case, for comparing.
    public String lower() {
        return lower;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldName name && name.lower.equals(lower);
    }

    @Override
    public int hashCode() {
        return lower.hashCode();
    }

    /// As it is sent.
    @Override
    public String toString() {
        return written;
    }
}
