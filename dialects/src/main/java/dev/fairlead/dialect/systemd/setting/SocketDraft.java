package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.SocketFiles;
import dev.fairlead.model.service.socket.SocketSettings;
import dev.fairlead.model.service.socket.SocketSwitch;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What `[Socket]` says, while it is read, with systemd's defaults.
final class SocketDraft {
    final List<ListenPoint> listens = new ArrayList<>();
    boolean accepts;
    Optional<Span> acceptSpan = Optional.empty();
    Optional<String> service = Optional.empty();
    Optional<Span> serviceSpan = Optional.empty();
    Optional<String> descriptorName = Optional.empty();
    boolean dropsWaiting;
    int mostConnections = 64;
    int mostPerSource;

    int mode = SocketFiles.DEFAULT.mode();
    int folderMode = SocketFiles.DEFAULT.folderMode();
    Optional<Named> owner = Optional.empty();
    Optional<Named> group = Optional.empty();
    boolean areRemoved;
    final List<Path> links = new ArrayList<>();
    Optional<Span> linksSpan = Optional.empty();

    int backlog = SocketSettings.LARGEST_BACKLOG;
    final Map<SocketSwitch, Integer> switches = new EnumMap<>(SocketSwitch.class);
    Optional<String> device = Optional.empty();
    Optional<String> congestion = Optional.empty();
    OptionalInt pipeSize = OptionalInt.empty();

    Optional<Duration> triggerInterval = Optional.empty();
    Optional<Integer> triggerBurst = Optional.empty();
    Optional<Duration> longestCommand = Optional.of(Duration.ofSeconds(90));
}
