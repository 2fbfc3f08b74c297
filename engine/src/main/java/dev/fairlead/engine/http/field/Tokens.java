package dev.fairlead.engine.http.field;

/// Lists of tokens in field values, such as that of Connection.
public final class Tokens {
    private Tokens() {}

    /// Whether a field of that name has an element that is that token, in lower case here.
    public static boolean contains(Fields fields, FieldName name, String token) {
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            if (contains(fields, field, token)) {
                return true;
            }
        }
        return false;
    }

    /// Whether one element of the comma-separated value is that token, without regard to case.
    public static boolean contains(Fields fields, int field, String token) {
        byte[] bytes = fields.bytes();
        int end = fields.valueEnd(field);
        int at = fields.valueStart(field);
        while (at < end) {
            while (at < end && (bytes[at] == ',' || bytes[at] == ' ' || bytes[at] == '\t')) {
                at++;
            }
            int start = at;
            while (at < end && bytes[at] != ',') {
                at++;
            }
            int last = at;
            while (last > start && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
                last--;
            }
            if (last - start == token.length() && matches(bytes, start, token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int start, String token) {
        for (int i = 0; i < token.length(); i++) {
            int c = bytes[start + i];
            if (c != token.charAt(i) && !(c >= 'A' && c <= 'Z' && (c | 0x20) == token.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
