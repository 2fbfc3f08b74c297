package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `[Path]` says, while it is read, with systemd's defaults.
final class PathDraft {
    final List<Watched> watched = new ArrayList<>();
    Optional<String> unit = Optional.empty();
    boolean makesFolders;
    int folderMode = 0755;
    Duration triggerInterval = Duration.ofSeconds(2);
    int triggerBurst = 200;
}
