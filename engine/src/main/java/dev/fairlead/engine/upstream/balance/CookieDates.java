package dev.fairlead.engine.upstream.balance;

import dev.fairlead.time.Clock;

/// The dates in a cookie behind the server: `A|DATE|DATE`, when it was last set and when for the first time. Each
/// is a number of four seconds since 1970 in five letters, as HAProxy writes it.
///
/// @param idleSeconds a cookie that was not set for so long is too old; 0 for no limit
/// @param lifeSeconds the same for the first time that it was set
record CookieDates(long idleSeconds, long lifeSeconds, Clock clock) {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final char BAR = '|';
    private static final int LENGTH = 5;
    private static final long DAY = 86_400;

    /// The server that a cookie names; empty if the cookie is too old.
    ///
    /// @param into gets the dates
    String server(String value, Recollection into) {
        int bar = value.indexOf(BAR);
        if (bar < 0) {
            return value;
        }
        long seen = second(value, bar + 1);
        int next = value.indexOf(BAR, bar + 1);
        long first = next < 0 ? 0 : second(value, next + 1);
        if (isTooOld(first, lifeSeconds) || isTooOld(seen, idleSeconds)) {
            return "";
        }
        into.dates(seen, first);
        return value.substring(0, bar);
    }

    /// One that lies more than a day in the future is too old as well: somebody's clock was wrong.
    private boolean isTooOld(long second, long limit) {
        long age = now() - second;
        return limit > 0 && second > 0 && (age > limit || age < -DAY);
    }

    /// Whether a cookie that is right is set once more, for the sake of its dates.
    boolean needRenewal(Recollection cookie) {
        boolean isStale = (idleSeconds > 0 || cookie.seenSecond() > 0) && cookie.seenSecond() < now();
        return isStale || (lifeSeconds > 0) != (cookie.firstSecond() > 0);
    }

    /// What stands behind the server; empty where no dates are kept.
    String written(Recollection cookie) {
        if (idleSeconds == 0 && lifeSeconds == 0) {
            return "";
        }
        long four = (now() + 3) >> 2;
        String seen = BAR + text(four);
        return lifeSeconds == 0 ? seen : seen + BAR + text(cookie.firstSecond() > 0 ? cookie.firstSecond() >> 2 : four);
    }

    private long now() {
        return clock.wallMillis() / 1000;
    }

    private static String text(long number) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int shift = 24; shift >= 0; shift -= 6) {
            text.append(LETTERS.charAt((int) (number >> shift) & 0x3f));
        }
        return text.toString();
    }

    /// 0 if no date stands there.
    private static long second(String value, int start) {
        if (value.length() < start + LENGTH) {
            return 0;
        }
        long number = 0;
        for (int i = start; i < start + LENGTH; i++) {
            int digit = LETTERS.indexOf(value.charAt(i));
            if (digit < 0) {
                return 0;
            }
            number = number << 6 | digit;
        }
        return number << 2;
    }
}
