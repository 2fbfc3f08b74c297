package dev.fairlead.model.http;

/// How redirects that the server makes itself name it.
///
/// @param absolute whether scheme and host are put in front of a path
/// @param withServerName whether the virtual host's first name is used instead of the request's host
/// @param withPort whether the listener's port is named when it is not the scheme's own
public record Redirects(boolean absolute, boolean withServerName, boolean withPort) {
    public static final Redirects DEFAULT = new Redirects(true, false, true);

    /// A path stays a path.
    public static final Redirects AS_WRITTEN = new Redirects(false, false, false);
}
