package dev.fairlead.model.service;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Something the supervisor brings up and takes down, known by a name that is unique in its stack.
public sealed interface Unit permits Service, SocketUnit, TimerUnit, PathUnit, Target, ApplicationUnit, Job {
    /// With its suffix, such as `nethelper@4001.service`.
    String name();

    /// One line for people; the name where the operator wrote none.
    String description();

    Dependencies dependencies();

    /// What it says about being started and stopped.
    default UnitRules rules() {
        return UnitRules.NONE;
    }

    /// The files it was read from, the main one first, then its drop-ins in the order they were applied.
    List<Path> sources();

    /// Where its definition begins.
    Span origin();

    /// Where its file names another unit; where it begins if something else does, such as a drop-in or a link.
    default Span mention(String name) {
        String text = origin().file().text();
        int at = text.indexOf(name);
        return at < 0 ? origin() : origin().file().span(at, at + name.length());
    }

    /// As [#mention(String)], by preference on a line that names the relation as well.
    default Span mention(Relation relation, String name) {
        String word = relation.name().replace("_", "").toLowerCase(Locale.ROOT);
        int start = 0;
        for (String line : origin().file().text().split("\n", -1)) {
            int at = line.toLowerCase(Locale.ROOT).startsWith(word) ? line.indexOf(name) : -1;
            if (at >= 0) {
                return origin().file().span(start + at, start + at + name.length());
            }
            start += line.length() + 1;
        }
        return mention(name);
    }
}
