package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.PathUnit;
import dev.fairlead.model.service.TriggerLimit;
import dev.fairlead.source.Problems;
import java.util.OptionalInt;

/// Makes path units of drafts, refusing what systemd refuses.
final class PathUnits {
    private PathUnits() {}

    static PathUnit of(Draft draft, Dependencies dependencies, Problems problems) {
        PathDraft path = draft.path;
        if (path.watched.isEmpty()) {
            Drafts.refuse(
                    problems,
                    draft.origin,
                    "Path unit lacks path setting.",
                    "PathExists= or PathChanged= in [Path] says what is watched");
        }
        return new PathUnit(
                draft.name.toString(),
                Drafts.description(draft),
                dependencies,
                Drafts.rules(draft),
                path.watched,
                starts(draft),
                path.makesFolders ? OptionalInt.of(path.folderMode) : OptionalInt.empty(),
                new TriggerLimit(path.triggerInterval, path.triggerBurst),
                draft.sources,
                draft.origin);
    }

    static String starts(Draft draft) {
        return draft.path.unit.orElseGet(() -> draft.name.withSuffix("service").toString());
    }
}
