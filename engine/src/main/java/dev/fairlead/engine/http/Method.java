package dev.fairlead.engine.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The request methods that mean something to the engine; all others are passed on by their text.
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    OPTIONS,
    PATCH,
    TRACE,
    CONNECT,
    PROPFIND,
    PROPPATCH,
    MKCOL,
    COPY,
    MOVE,
    LOCK,
    UNLOCK,
    /// A method without a constant here; its text says which.
    OTHER;

    private static final Method[] ALL = values();

    /// The method that the bytes spell, [#OTHER] if it has no constant. Methods are case-sensitive (RFC 9110,
    /// section 9.1).
    public static Method of(byte[] text, int start, int end) {
        for (Method method : ALL) {
            if (method != OTHER && method.isSpelledBy(text, start, end)) {
                return method;
            }
        }
        return OTHER;
    }

    /// The method of that name, if it has a constant.
    public static Optional<Method> named(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Method method = of(bytes, 0, bytes.length);
        return method == OTHER ? Optional.empty() : Optional.of(method);
    }

    private boolean isSpelledBy(byte[] text, int start, int end) {
        String name = name();
        if (end - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (text[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
