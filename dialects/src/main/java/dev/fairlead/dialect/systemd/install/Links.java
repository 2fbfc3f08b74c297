package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.systemd.InstallSection;
import dev.fairlead.dialect.systemd.install.Change.Reason;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes the links that enabling a unit means.
///
/// @param to the folder they are made in
/// @param force whether links that lead elsewhere are replaced
/// @param isPreset whether what cannot be enabled is passed over
record Links(UnitPath path, Folder folder, List<Change> changes, Path to, boolean force, boolean isPreset) {
    private static final Set<String> MAY_HAVE_ALIASES =
            Set.of("service", "socket", "target", "device", "timer", "path");

    /// What came of one or several units.
    ///
    /// @param links how many there are now
    /// @param failed whether something could not be done
    record Tally(int links, boolean failed) {
        static final Tally NONE = new Tally(0, false);

        Tally plus(Tally other) {
            return new Tally(links + other.links, failed || other.failed);
        }
    }

    /// All units that wait, those they name in `Also=` too.
    Tally all(Candidates candidates) {
        Tally tally = Tally.NONE;
        for (Optional<Candidate> next = candidates.poll(); next.isPresent(); next = candidates.poll()) {
            Candidate unit = next.get();
            try {
                candidates.follow(unit, Candidates.Following.NO_CONFIGURED);
            } catch (InstallFault fault) {
                if (unit.isAlongside) {
                    changes.add(new Change.AlsoFailed(unit.name.toString()));
                    continue;
                }
                changes.add(Installer.failed(fault, unit.name.toString()));
                return tally.plus(new Tally(0, true));
            }
            if (unit.kind == Candidate.Kind.MASKED) {
                changes.add(new Change.SkippedMasked(unit.path()));
                tally = tally.plus(new Tally(1, false));
            } else if (unit.kind == Candidate.Kind.REGULAR) {
                tally = tally.plus(of(unit, candidates));
            }
        }
        return tally;
    }

    private Tally of(Candidate unit, Candidates candidates) {
        Tally tally = Tally.NONE;
        if (!path.holds(unit.path())) {
            tally = made(folder.link(to.resolve(unit.name.toString()), unit.path(), force));
        }
        for (String alias : unit.section.aliases()) {
            tally = tally.plus(alias(unit, alias));
        }
        tally = tally.plus(into(unit, unit.section.wantedBy(), ".wants", candidates));
        return tally.plus(into(unit, unit.section.requiredBy(), ".requires", candidates));
    }

    private static Tally made(boolean isThere) {
        return new Tally(isThere ? 1 : 0, !isThere);
    }

    private Tally fail(Reason reason, String what, String other) {
        changes.add(new Change.Failed(reason, what, other));
        return new Tally(0, true);
    }

    private Tally alias(Candidate unit, String written) {
        Optional<String> expanded = InstallSection.expand(written, unit.name, unit.path());
        if (expanded.isEmpty()) {
            return fail(Reason.BAD_SPECIFIER, written, "");
        }
        String alias = expanded.get();
        if (alias.contains("/")) {
            return isLinkInto(alias, unit.name)
                    ? made(folder.link(to.resolve(alias), unit.path(), force))
                    : fail(Reason.INVALID_ALIAS, unit.name.toString(), alias);
        }
        Optional<UnitName> parsed = UnitName.parse(alias)
                .map(name ->
                        name.isTemplate() && unit.name.isInstance() ? name.withInstance(unit.name.instance()) : name);
        if (parsed.isPresent() && parsed.get().equals(unit.name)) {
            return Tally.NONE;
        }
        if (parsed.isEmpty() || !mayStandFor(parsed.get(), unit.name)) {
            return fail(
                    Reason.INVALID_ALIAS,
                    unit.name.toString(),
                    parsed.map(UnitName::toString).orElse(alias));
        }
        Path link = to.resolve(parsed.get().toString());
        return made(folder.link(link, unit.path(), force || isBroken(link)));
    }

    private boolean isBroken(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    && !Files.exists(
                            path.outside(link, Files.readSymbolicLink(link).toString()));
        } catch (java.io.IOException unreadable) {
            return false;
        }
    }

    /// `multi-user.target.wants/web.service`, as aliases were written before `WantedBy=`.
    private static boolean isLinkInto(String alias, UnitName unit) {
        String[] parts = alias.split("/", -1);
        return parts.length == 2
                && parts[1].equals(unit.toString())
                && UnitName.parse(parts[0].replaceFirst("\\.(wants|requires)$", ""))
                        .isPresent()
                && parts[0].matches(".*\\.(wants|requires)");
    }

    private static boolean mayStandFor(UnitName alias, UnitName unit) {
        boolean isOfKind = alias.isInstance()
                ? (unit.isTemplate() || (unit.isInstance() && unit.instance().equals(alias.instance())))
                : alias.isTemplate() == unit.isTemplate() && !unit.isInstance();
        return MAY_HAVE_ALIASES.contains(alias.suffix()) && alias.suffix().equals(unit.suffix()) && isOfKind;
    }

    private Tally into(Candidate unit, List<String> owners, String suffix, Candidates candidates) {
        if (owners.isEmpty()) {
            return Tally.NONE;
        }
        UnitName name = unit.name;
        boolean needsTemplate = false;
        if (name.isTemplate() && unit.section.defaultInstance().isPresent()) {
            name = name.withInstance(unit.section.defaultInstance().get());
            Optional<Path> masked = candidates.file(name.toString()).filter(Links::isMask);
            if (masked.isPresent()) {
                return fail(Reason.MASKED, masked.get().toString(), "");
            }
        } else {
            needsTemplate = name.isTemplate();
        }
        Tally tally = Tally.NONE;
        for (String written : owners) {
            Optional<String> owner = InstallSection.expand(written, unit.name, unit.path());
            if (owner.isEmpty()) {
                return tally.plus(fail(Reason.BAD_SPECIFIER, written, ""));
            }
            tally = tally.plus(into(unit, name, owner.get(), suffix, needsTemplate));
        }
        return tally;
    }

    private static boolean isMask(Path file) {
        try {
            return (Files.isSymbolicLink(file)
                            && Files.readSymbolicLink(file).toString().equals("/dev/null"))
                    || (Files.isRegularFile(file) && Candidates.isEmpty(file));
        } catch (java.io.IOException unreadable) {
            return false;
        }
    }

    private Tally into(Candidate unit, UnitName name, String owner, String suffix, boolean needsTemplate) {
        Optional<UnitName> parsed = UnitName.parse(owner);
        if (parsed.isEmpty() || (needsTemplate && !parsed.get().hasInstance())) {
            if (isPreset) {
                return Tally.NONE;
            }
            return parsed.isEmpty()
                    ? fail(Reason.INVALID_NAME, owner, "")
                    : fail(Reason.NOT_TEMPLATE, owner, unit.name.toString());
        }
        Tally tally = made(folder.link(to.resolve(owner + suffix).resolve(name.toString()), unit.path(), true));
        if (!isThere(parsed.get())) {
            changes.add(new Change.LinkedToMissing(owner, unit.path()));
        }
        return tally;
    }

    private boolean isThere(UnitName name) {
        Candidates fresh = new Candidates(path);
        return fresh.file(name.toString()).isPresent()
                || (name.isInstance() && fresh.file(name.template().toString()).isPresent());
    }
}
