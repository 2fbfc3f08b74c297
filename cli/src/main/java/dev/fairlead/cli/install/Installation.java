package dev.fairlead.cli.install;

import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.run.LogFiles;
import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.systemctl.SystemctlPersonality;
import dev.fairlead.dialect.systemd.install.UnitPath;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.os.Accounts;
import dev.fairlead.source.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Puts the unit of a stack among those of a machine, enabled, and takes it away again.
///
/// @param root stands for `/` of that machine
/// @param stack the folder that is run
/// @param user who runs it; empty: root
/// @param launcher the program the unit starts
public record Installation(
        Path root, Path stack, Optional<String> user, Path launcher, PrintStream out, PrintStream err) {
    private static final int NOTIFY_RELOAD_SINCE = 253;
    private static final List<String> HOMES = List.of("/home", "/root", "/run/user");

    public Installation {
        root = root.toAbsolutePath().normalize();
        stack = stack.toAbsolutePath().normalize();
        user = user.filter(name -> !name.equals("root"));
    }

    /// @param compiled what the stack's files mean
    /// @param options of `up` that the unit passes on
    /// @param isShownOnly whether nothing is written
    /// @return the exit status
    public int install(CompiledStack compiled, List<String> options, boolean isShownOnly) {
        if (compiled.isBroken()) {
            err.println(compiled.complaints(Severity.ERROR) + "\n");
            return failed(compiled.verdict() + "; nothing was installed");
        }
        if (user.isPresent()
                && root.getNameCount() == 0
                && Accounts.user(user.get()).isEmpty()) {
            return failed("there is no user " + user.get() + "; make one: useradd --system " + user.get());
        }
        try {
            UnitText unit = unit(compiled, options);
            othersThanUser(compiled);
            if (isShownOnly) {
                out.println("# " + place(unit.unit()));
                out.print(unit.text());
                return 0;
            }
            return put(unit);
        } catch (IOException refused) {
            return failed(reason(refused));
        }
    }

    private int put(UnitText unit) throws IOException {
        Path file = place(unit.unit());
        if (Files.exists(file) && !UnitText.isFor(Files.readString(file), unit.stack())) {
            return failed(file + " is there and not for " + unit.stack() + "; uninstall it, or rename the folder");
        }
        Files.createDirectories(new UnitPath(root).lasting());
        Files.writeString(file, unit.text(), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        out.println("Wrote " + file + ".");
        out.flush();
        int status = systemctl("enable", unit.unit());
        if (status == 0 && root.getNameCount() == 0) {
            out.println("It comes up with the machine. Now: systemctl daemon-reload; systemctl start " + unit.unit());
        }
        return status;
    }

    /// @param isShownOnly whether nothing is removed
    /// @return the exit status
    public int uninstall(boolean isShownOnly) {
        String unit = "fairlead-" + SocketFolder.nameOf(stack) + ".service";
        Path file = place(unit);
        try {
            if (!Files.exists(file)) {
                return failed("nothing to take away: there is no " + file);
            }
            String text = Files.readString(file);
            if (!UnitText.isOwn(text)) {
                return failed(file + " was not written by fairlead install; it stays");
            }
            if (!UnitText.isFor(text, inside(stack))) {
                return failed(file + " is for another folder of that name; it stays");
            }
            if (isShownOnly) {
                out.println("would disable and remove " + file);
                return 0;
            }
            int status = systemctl("disable", unit);
            Files.delete(file);
            out.println("Removed " + file + ".");
            if (root.getNameCount() == 0) {
                out.println("If it runs: systemctl stop " + unit + "; then: systemctl daemon-reload");
            }
            return status;
        } catch (IOException refused) {
            return failed(reason(refused));
        }
    }

    private int systemctl(String verb, String unit) {
        return new SystemctlPersonality(out, err).run(List.of("--root=" + root, verb, unit));
    }

    private Path place(String unit) {
        return new UnitPath(root).lasting().resolve(unit);
    }

    /// As the machine will name it.
    private Path inside(Path path) {
        boolean isBelow = root.getNameCount() > 0 && path.startsWith(root);
        return isBelow ? Path.of("/").resolve(root.relativize(path)) : path;
    }

    private UnitText unit(CompiledStack compiled, List<String> options) throws IOException {
        Plan plan = compiled.plan().orElse(Plan.EMPTY);
        Set<Path> written = new TreeSet<>();
        for (Path file : LogFiles.written(plan)) {
            Optional.ofNullable(file.getParent()).map(this::inside).ifPresent(written::add);
        }
        compiled.layout().relocation().root().map(this::inside).ifPresent(written::add);
        boolean isTrafficAlone =
                compiled.units().units().isEmpty() && plan.applications().isEmpty();
        boolean knowsNotifyReload = SystemdVersion.of(root).orElse(0) >= NOTIFY_RELOAD_SINCE;
        return new UnitText(
                SocketFolder.nameOf(stack),
                inside(stack),
                options,
                inside(launcher),
                Path.of(System.getProperty("java.home")),
                user,
                Capabilities.of(compiled, user.isPresent()),
                knowsNotifyReload,
                isTrafficAlone,
                written,
                usesHome(compiled, written));
    }

    private boolean usesHome(CompiledStack compiled, Set<Path> written) throws IOException {
        Set<String> mentions = new LinkedHashSet<>();
        mentions.add(inside(stack) + "/");
        written.forEach(folder -> mentions.add(folder + "/"));
        for (Unit unit : compiled.units().units()) {
            for (Path source : unit.sources()) {
                mentions.add(Files.readString(source));
            }
        }
        compiled.plan()
                .orElse(Plan.EMPTY)
                .applications()
                .forEach(application -> mentions.add(application.surroundings().directory() + "/"));
        return mentions.stream()
                .anyMatch(text -> HOMES.stream().anyMatch(home -> text.contains(home + "/"))
                        || text.contains("WorkingDirectory=~")
                        || text.contains("%h"));
    }

    /// Who is not root cannot run services as others.
    private void othersThanUser(CompiledStack compiled) {
        for (Unit unit : compiled.units().units()) {
            if (user.isPresent() && unit instanceof Service service) {
                service.execution()
                        .user()
                        .filter(named -> !named.name().equals(user.get()))
                        .ifPresent(named -> err.println("fairlead: note: " + unit.name() + " asks for User="
                                + named.name() + " and will run as " + user.get()));
            }
        }
    }

    private static String reason(IOException refused) {
        return refused instanceof AccessDeniedException
                ? refused.getMessage() + " may not be written; this takes root"
                : String.valueOf(refused.getMessage());
    }

    private int failed(String message) {
        err.println("fairlead: " + message);
        return 1;
    }
}
