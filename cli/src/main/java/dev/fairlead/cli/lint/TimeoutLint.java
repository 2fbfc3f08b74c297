package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.model.plan.Passage;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.Waits;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import java.time.Duration;
import java.util.IdentityHashMap;

/// How long parts of a stack wait for each other.
final class TimeoutLint {
    static final String INVERTED = "lint.inverted-timeouts";
    static final String DAY = "lint.day-long-timeout";

    private TimeoutLint() {}

    static void look(Plan plan, Problems problems) {
        for (Waits waits : Waits.inverted(plan)) {
            problems.warning(
                    INVERTED,
                    SettingLine.of(
                                    waits.first(),
                                    directive(FileKind.of(waits.first().file())))
                            .orElse(waits.first()),
                    "gives up after " + time(waits.firstTime()) + ", while "
                            + (waits.isApplication() ? "a worker of the application may take " : "the next hop waits ")
                            + time(waits.secondTime()) + " (" + waits.second().fileAndLine() + ")",
                    "the client is told that it failed while its request is still worked on: let the first hop wait"
                            + " longer" + setting(FileKind.of(waits.first().file())));
        }
        Once once = new Once();
        IdentityHashMap<SourceFile, Boolean> told = new IdentityHashMap<>();
        for (Passage passage : Passage.of(plan)) {
            Duration patience = passage.patience();
            boolean isLong = patience.compareTo(Duration.ofDays(1)) >= 0 && patience.compareTo(Waits.ENDLESS) < 0;
            // Where the directive itself can be pointed at, its dialect says so.
            if (isLong
                    && !told.computeIfAbsent(passage.origin().file(), TimeoutLint::isTold)
                    && once.isNew(passage.origin())) {
                problems.warning(
                        DAY,
                        passage.origin(),
                        "connections that stopped answering are kept for " + patience.toHours() + " hours",
                        "WebSockets stay open with a ping now and then; minutes are enough");
            }
        }
    }

    /// What says how long, in the dialect of the first hop.
    private static String setting(FileKind kind) {
        String name = directive(kind);
        return name.isEmpty() ? "" : ", with " + name;
    }

    private static String directive(FileKind kind) {
        return switch (kind) {
            case NGINX_MAIN, NGINX_SITE, NGINX_SNIPPET -> "proxy_read_timeout";
            case HAPROXY -> "timeout server";
            case POUND -> "TimeOut";
            case STUNNEL -> "TIMEOUTidle";
            case SYSTEMD_UNIT, SYSTEMD_OTHER, UPSTART, UNKNOWN -> "";
        };
    }

    private static boolean isTold(SourceFile file) {
        FileKind kind = FileKind.of(file);
        return kind.isNginx() || kind == FileKind.HAPROXY;
    }

    private static String time(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
