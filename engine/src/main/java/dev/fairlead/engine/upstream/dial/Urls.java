package dev.fairlead.engine.upstream.dial;

/// Pieces of URLs as configurations write them.
public final class Urls {
    private Urls() {}

    /// The host of `host[:port]`, without brackets.
    public static String hostOf(String hostAndPort) {
        if (hostAndPort.startsWith("[")) {
            int end = hostAndPort.indexOf(']');
            return end < 0 ? hostAndPort : hostAndPort.substring(1, end);
        }
        int colon = hostAndPort.lastIndexOf(':');
        return colon < 0 || hostAndPort.indexOf(':') != colon ? hostAndPort : hostAndPort.substring(0, colon);
    }

    /// The port of `host[:port]`, or the other one.
    public static int portOf(String hostAndPort, int otherwise) {
        int colon = hostAndPort.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (hostAndPort.indexOf(':') == colon || hostAndPort.charAt(colon - 1) == ']');
        return hasPort ? port(hostAndPort.substring(colon + 1)) : otherwise;
    }

    /// The number, or 0 for what is none between 0 and 65535.
    public static int port(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(Character::isDigit);
        int port = isNumber ? Integer.parseInt(text) : 0;
        return port > 65535 ? 0 : port;
    }
}
