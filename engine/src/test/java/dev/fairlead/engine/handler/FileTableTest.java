package dev.fairlead.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.FileEntry.Kind;
import dev.fairlead.engine.net.Arrivals;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.model.http.FileServing.Cache;
import dev.fairlead.model.http.FileServing.Symlinks;
import dev.fairlead.os.Errno;
import dev.fairlead.time.Clock;
import dev.fairlead.time.ManualClock;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakWatch.class)
class FileTableTest {
    /// So late that no file is young.
    private final ManualClock clock = new ManualClock(4_000_000_000_000L);

    @TempDir
    Path folder;

    private static Cache rules(int entries, int minUses) {
        return new Cache(entries, Duration.ofSeconds(20), Duration.ofSeconds(5), minUses, false);
    }

    private String content(FileTable table, String name) {
        FileEntry entry = table.look(folder.toString(), "/" + name, clock);
        assertThat(table.open(entry)).isZero();
        ByteBuf bytes = entry.content();
        assertThat(bytes).isNotNull();
        String text = bytes == null ? "" : bytes.toString(StandardCharsets.ISO_8859_1);
        table.settle(entry, clock);
        return text;
    }

    @Test
    void whatArrivedBeforeALookIsAnsweredByIt() throws Exception {
        Path file = folder.resolve("f");
        try (Loops loops = Loops.start(1)) {
            loops.all()
                    .getFirst()
                    .submit(() -> {
                        FileTable table = new FileTable(Cache.OFF, Symlinks.ALLOWED, new ContentBudget(1000));
                        assertThat(table.look(folder.toString(), "/f", clock).kind)
                                .isEqualTo(Kind.MISSING);
                        Files.writeString(file, "one");
                        assertThat(content(table, "f"))
                                .as("nothing that is missing is believed to be")
                                .isEqualTo("one");
                        Files.writeString(file, "two!");
                        assertThat(content(table, "f"))
                                .as("no request has come since")
                                .isEqualTo("one");
                        Arrivals.note();
                        assertThat(content(table, "f")).isEqualTo("two!");
                        table.clear();
                        return null;
                    })
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoIsNoEventLoopLooksEachTime() throws IOException {
        FileTable table = new FileTable(Cache.OFF, Symlinks.ALLOWED, new ContentBudget(1000));
        for (String text : List.of("one", "two!")) {
            Files.writeString(folder.resolve("f"), text);
            assertThat(content(table, "f")).isEqualTo(text);
        }
        table.clear();
    }

    @Test
    void contentsStayWithinTheBudget() throws IOException {
        ContentBudget budget = new ContentBudget(1000);
        FileTable table = new FileTable(Cache.OFF, Symlinks.ALLOWED, budget);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                Files.writeString(folder.resolve("f" + i), (char) ('a' + i) + "x".repeat(299));
                assertThat(content(table, "f" + i))
                        .startsWith("" + (char) ('a' + i))
                        .hasSize(300);
                assertThat(budget.left()).isBetween(0L, 1000L);
            }
        }
        table.clear();
        assertThat(budget.left()).isEqualTo(1000);
    }

    @Test
    void fileLargerThanTheWholeBudgetIsReadAndNotKept() throws IOException {
        ContentBudget budget = new ContentBudget(1000);
        FileTable table = new FileTable(Cache.OFF, Symlinks.ALLOWED, budget);
        Files.writeString(folder.resolve("large"), "y".repeat(5000));
        assertThat(content(table, "large")).hasSize(5000);
        assertThat(budget.left()).isEqualTo(1000);
    }

    @Test
    void entryIsBelievedForAsLongAsItIsValid() throws IOException {
        FileTable table = new FileTable(rules(10, 1), Symlinks.ALLOWED, new ContentBudget(1000));
        Files.writeString(folder.resolve("f"), "old");
        assertThat(content(table, "f")).isEqualTo("old");
        Files.writeString(folder.resolve("f"), "newer");
        clock.advance(Duration.ofSeconds(4));
        assertThat(content(table, "f")).isEqualTo("old");
        clock.advance(Duration.ofSeconds(2));
        assertThat(content(table, "f")).isEqualTo("newer");
        table.clear();
    }

    @Test
    void entryIsNotBelievedBeforeItWasUsedOftenEnough() throws IOException {
        FileTable table = new FileTable(rules(10, 3), Symlinks.ALLOWED, new ContentBudget(1000));
        for (String text : new String[] {"a", "bb", "ccc"}) {
            Files.writeString(folder.resolve("f"), text);
            assertThat(content(table, "f")).isEqualTo(text);
        }
        Files.writeString(folder.resolve("f"), "dddd");
        assertThat(content(table, "f")).isEqualTo("ccc");
        table.clear();
    }

    @Test
    void leastRecentlyUsedEntryIsForgottenFirst() throws IOException {
        FileTable table = new FileTable(rules(2, 1), Symlinks.ALLOWED, new ContentBudget(1000));
        for (String name : new String[] {"a", "b"}) {
            Files.writeString(folder.resolve(name), "old");
            content(table, name);
        }
        content(table, "a");
        Files.writeString(folder.resolve("c"), "old");
        content(table, "c");
        for (String name : new String[] {"a", "b"}) {
            Files.writeString(folder.resolve(name), "newer");
        }
        assertThat(content(table, "a")).isEqualTo("old");
        assertThat(content(table, "b")).isEqualTo("newer");
        table.clear();
    }

    @Test
    void namesThatLeadNowhereSayWhy() throws IOException {
        FileTable table = new FileTable(Cache.OFF, Symlinks.ALLOWED, new ContentBudget(1000));
        Files.writeString(folder.resolve("f"), "x");
        assertThat(table.look(folder.toString(), "/none", Clock.system()).errno).isEqualTo(Errno.ENOENT);
        assertThat(table.look(folder.toString(), "/f/below", Clock.system()).errno)
                .isEqualTo(Errno.ENOTDIR);
        assertThat(table.look(folder.toString(), "/" + "l".repeat(300), Clock.system()).errno)
                .isEqualTo(Errno.ENAMETOOLONG);
        assertThat(table.look(folder.toString(), "/" + "l/".repeat(3000), Clock.system()).errno)
                .isEqualTo(Errno.ENAMETOOLONG);
        assertThat(table.look(folder.toString(), "/f\0g", Clock.system()).errno).isEqualTo(Errno.ENOENT);
        assertThat(table.look(folder.toString(), "", Clock.system()).kind).isEqualTo(Kind.FOLDER);
    }
}
