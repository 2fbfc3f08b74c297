package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.upstream.server.Member;
import org.jspecify.annotations.Nullable;

/// What the things that bind clients to servers know of one request. Reused for the next one.
public final class Recollection {
    private @Nullable Member server;
    private boolean isEvenDown;
    private boolean isCookieIgnored;
    private long telling;
    private long seenSecond;
    private long firstSecond;

    public void clear() {
        server = null;
        isEvenDown = false;
        isCookieIgnored = false;
        telling = 0;
        seenSecond = 0;
        firstSecond = 0;
    }

    /// The server that the request is bound to; null for none.
    @Nullable
    public Member server() {
        return server;
    }

    void bind(Member to) {
        server = to;
    }

    boolean isBoundTo(Member member) {
        Member bound = server;
        return bound != null && bound.state().equals(member.state());
    }

    /// Whether it goes to that server though it is down.
    public boolean isEvenDown() {
        return isEvenDown;
    }

    void evenDown(boolean value) {
        isEvenDown = value;
    }

    boolean mayBind(Member member) {
        return isEvenDown || member.isUsable();
    }

    /// Whether no cookie binds it.
    boolean isCookieIgnored() {
        return isCookieIgnored;
    }

    void cookieIgnored(boolean value) {
        isCookieIgnored = value;
    }

    /// Which bonds, a bit for each, tell their tables which server answers.
    long telling() {
        return telling;
    }

    void telling(long bits) {
        telling = bits;
    }

    /// When the client's cookie was last set, in seconds since 1970; 0 if it does not say.
    long seenSecond() {
        return seenSecond;
    }

    /// When it was set for the first time; 0 if it does not say.
    long firstSecond() {
        return firstSecond;
    }

    void dates(long seen, long first) {
        seenSecond = seen;
        firstSecond = first;
    }
}
