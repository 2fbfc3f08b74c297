package dev.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.HopStatus;
import dev.fairlead.model.status.ListenerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UpstreamStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final UnitStatus FAILED = new UnitStatus(
            "app@2.service",
            "The app on 2",
            UnitStatus.Activity.FAILED,
            "failed",
            "signal",
            OptionalInt.empty(),
            0,
            3,
            Optional.of(new ExitReport(41, true, 9, false, 0)),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            true,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(Path.of("/srv/app@.service")));
    private static final StackStatus STATUS = new StackStatus(
            "shop",
            "/srv/shop",
            7,
            0,
            61 << 20,
            new TrafficStatus(
                    2,
                    0,
                    5,
                    9,
                    100,
                    List.of(new ListenerStatus("0.0.0.0:443", true, "shop.conf:3")),
                    List.of(new UpstreamStatus(
                            "app",
                            List.of(new UpstreamStatus.Server(
                                    "127.0.0.1:4001",
                                    "127.0.0.1:4001",
                                    UpstreamStatus.State.FAILING,
                                    1,
                                    12,
                                    2,
                                    4,
                                    0,
                                    1,
                                    Optional.of(new UpstreamStatus.Check(false, "HTTP status 503", 3, 7, 0)))))),
                    List.of(new HopStatus("shop.conf:9", "127.0.0.1:5000", "shop.conf:20"))),
            List.of(),
            List.of(FAILED));

    @Test
    void tablesHaveARowForEachThing() {
        assertThat(StatusText.render(STATUS).lines())
                .contains(
                        "shop  /srv/shop",
                        "LISTENER     SPEAKS  SET AT",
                        "0.0.0.0:443  https   shop.conf:3",
                        "UPSTREAM  SERVER          STATE    ACTIVE  REQUESTS  FAILURES  IDLE  LAST CHECK",
                        "app       127.0.0.1:4001  failing       1        12         2     4"
                                + "  3 times failed: HTTP status 503 (7 ms)",
                        "HOP WITHOUT SOCKET  FROM         TO LISTENER SET AT",
                        "127.0.0.1:5000      shop.conf:9  shop.conf:20")
                .anyMatch(line -> line.startsWith("app@2.service  failed (failed)    -         3"))
                .anyMatch(line -> line.contains("61.0 MiB, configuration 2"));
    }

    @Test
    void aFailedUnitSaysHowItEndedAndAChangedOneThatARestartIsDue() {
        assertThat(StatusText.render(STATUS))
                .contains("app@2.service: process 41 ended at", "by signal 9")
                .contains("app@2.service: its file has changed; restart it to apply that");
    }

    @Test
    void jsonLeavesOutWhatIsNotKnown() {
        assertThat(Json.status(STATUS))
                .contains(
                        "\"name\":\"shop\"",
                        "\"state\":\"failing\"",
                        "\"lastExit\":{\"pid\":41",
                        "\"hops\":[{\"from\":\"shop.conf:9\"")
                .doesNotContain("mainPid", "memoryBytes")
                .endsWith("}\n");
    }

    @Test
    void sizesAreReadable() {
        assertThat(StatusText.size(800 * 1024)).isEqualTo("800 KiB");
        assertThat(StatusText.size(3L << 29)).isEqualTo("1.50 GiB");
    }
}
