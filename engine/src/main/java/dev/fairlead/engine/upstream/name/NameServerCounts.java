package dev.fairlead.engine.upstream.name;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What is counted for one name server, in the words of HAProxy's `show resolvers`. Safe for use by several
/// threads.
final class NameServerCounts {
    private enum Count {
        SENT("sent"),
        UNSENT("snd_error"),
        VALID("valid"),
        UPDATE("update"),
        ALIAS("cname"),
        ALIAS_ERROR("cname_error"),
        EMPTY("any_err"),
        UNKNOWN("nx"),
        SILENT("timeout"),
        REFUSED("refused"),
        OTHER("other"),
        INVALID("invalid"),
        TOO_BIG("too_big"),
        TRUNCATED("truncated"),
        OUTDATED("outdated");

        private final String word;

        Count(String word) {
            this.word = word;
        }
    }

    private static final int WIDTH = 12;

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

    NameServerCounts() {
        for (Count each : Count.values()) {
            counts.put(each, new LongAdder());
        }
    }

    private void count(Count what) {
        counts.getOrDefault(what, new LongAdder()).increment();
    }

    void sent() {
        count(Count.SENT);
    }

    void unsent() {
        count(Count.UNSENT);
    }

    void tooBig() {
        count(Count.TOO_BIG);
    }

    /// It answers another question.
    void outdated() {
        count(Count.OUTDATED);
    }

    /// A server has moved for what it said.
    void update() {
        count(Count.UPDATE);
    }

    void silent() {
        count(Count.SILENT);
    }

    void heard(Reply reply) {
        switch (reply) {
            case Reply.Found found -> {
                count(Count.VALID);
                if (found.isAlias()) {
                    count(Count.ALIAS);
                }
            }
            case Reply.Nothing(Reply.Trouble trouble) ->
                count(
                        switch (trouble) {
                            case UNKNOWN -> Count.UNKNOWN;
                            case REFUSED -> Count.REFUSED;
                            case EMPTY -> Count.EMPTY;
                            case ALIAS -> Count.ALIAS_ERROR;
                            case TRUNCATED -> Count.TRUNCATED;
                            case OTHER -> Count.OTHER;
                            case INVALID -> Count.INVALID;
                            case SILENT -> Count.SILENT;
                        });
        }
    }

    /// A line for each.
    String lines() {
        StringBuilder out = new StringBuilder();
        counts.forEach((what, count) -> {
            String label = what.word + ":";
            out.append("  ")
                    .append(label)
                    .append(" ".repeat(Math.max(1, WIDTH + 1 - label.length())))
                    .append(count.sum())
                    .append('\n');
        });
        return out.toString();
    }
}
