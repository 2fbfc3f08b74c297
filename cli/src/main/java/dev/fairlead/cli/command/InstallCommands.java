package dev.fairlead.cli.command;

import dev.fairlead.cli.install.Installation;
import dev.fairlead.cli.run.Relaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The commands `install` and `uninstall`.
final class InstallCommands {
    private static final OptionRow ROOT =
            OptionRow.valued("--root", "", "DIR", "the machine whose files lie below DIR, such as an image");
    private static final OptionRow DRY_RUN = OptionRow.flag("--dry-run", "", "shows what would be done");
    static final List<OptionRow> UNINSTALL = List.of(ROOT, DRY_RUN);
    static final List<OptionRow> INSTALL = Stream.concat(
                    Stream.of(OptionRow.valued("--user", "", "NAME", "who runs the stack (default: root)")),
                    Stream.concat(
                            UNINSTALL.stream(), StackCommands.SOURCES.stream().filter(InstallCommands::isPassedOn)))
            .toList();

    private InstallCommands() {}

    /// Options of `up` that the unit's command gets.
    private static boolean isPassedOn(OptionRow option) {
        return List.of("--ports", "--adopt", "--no-link").contains(option.name());
    }

    static int install(Given given) throws UsageFault {
        List<String> options = new ArrayList<>();
        for (String value : given.all("--ports")) {
            options.add("--ports=" + value);
        }
        for (String flag : List.of("--adopt", "--no-link")) {
            if (given.has(flag)) {
                options.add(flag);
            }
        }
        return installation(given)
                .install(StackCommands.stackAt(given, stack(given)).read(), options, given.has("--dry-run"));
    }

    static int uninstall(Given given) throws UsageFault {
        return installation(given).uninstall(given.has("--dry-run"));
    }

    private static Installation installation(Given given) throws UsageFault {
        return new Installation(
                Path.of(given.value("--root").orElse("/")),
                stack(given),
                given.value("--user"),
                Relaunch.launcher().orElseThrow(() -> new UsageFault("is to be called as ./fairlead")),
                System.out,
                System.err);
    }

    private static Path stack(Given given) {
        return Path.of(given.words().isEmpty() ? "" : given.words().getFirst());
    }
}
