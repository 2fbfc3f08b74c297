package dev.fairlead.dialect.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.time.TimeSpan;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Reads the same units with the machine's systemd, in its test mode, and compares what both made of them.
class SystemdItselfTest {
    /// Lines of `[Service]`, each a unit of its own; those without a command get one.
    private static final List<String> CASES = List.of(
            "ExecStart=/bin/echo one two",
            "ExecStart=/bin/echo 'one two' \"three four\"",
            "ExecStart=/bin/echo it''s six\"seven eight\"nine",
            "ExecStart=/bin/echo 'x\"y' \"x'y\"",
            "ExecStart=/bin/echo \\x41\\102\\s. \\u00e9 \\U0001F600",
            "ExecStart=/bin/echo a\\\\b a\\\"b \\'",
            "ExecStart=/bin/echo \\q \\z",
            "ExecStart=/bin/echo \\",
            "ExecStart=/bin/echo a \\\n  b \\\n# comment\n  c",
            "ExecStart=/bin/echo a \\\n; comment\n  b",
            "ExecStart=/bin/echo \"a \\\n   b\"",
            "ExecStart=/bin/echo \"\" '' x",
            "ExecStart=/bin/echo %% 100%% %i%n",
            "ExecStart=/bin/echo %-x %! %",
            "ExecStart=/bin/echo %p-%N-%j",
            "ExecStart=/bin/echo $FOO ${FOO} $$FOO",
            "ExecStart=-/bin/echo x",
            "ExecStart=@/bin/echo named x",
            "ExecStart=-@/bin/echo named x",
            "ExecStart=:/bin/echo $FOO",
            "ExecStart=+/bin/echo x",
            "ExecStart=echo x",
            "ExecStart=./echo x",
            "ExecStart=bin/echo x",
            "ExecStart=/bin/",
            "ExecStart=/bin/echo \"open",
            "ExecStart=/bin/echo 'open \"",
            "ExecStart=/bin/echo ;x ; /bin/echo y",
            "Type=oneshot\nExecStart=/bin/echo a ; /bin/echo b",
            "Type=oneshot\nExecStart=/bin/echo a \\; b",
            "Type=oneshot\nExecStart=/bin/echo a ;",
            "Type=oneshot\nExecStart=/bin/echo a;/bin/echo b",
            "Type=oneshot\nExecStart=/bin/echo a ';' b",
            "ExecStart=/bin/echo a\nExecStart=\nExecStart=/bin/echo b",
            "ExecStart=/bin/echo a\nExecStart=/bin/echo b",
            "ExecStart=/bin//echo /a//b",
            "ExecStart = /bin/echo   spaced  ",
            "ExecStop=/bin/true",
            "Type=oneshot\nRemainAfterExit=yes\nExecStop=/bin/true",
            "Type=oneshot\nExecStop=/bin/true",
            "Type=oneshot\nExecStart=/bin/true\nRestart=always",
            "Type=oneshot\nExecStart=/bin/true\nRestart=on-failure",
            "Type=nonsense\nExecStart=/bin/true",
            "Type=notify\nExecStart=/bin/true",
            "Type=forking\nExecStart=/bin/true",
            "Environment=A=1 \"B=two words\" 'C=x y' D=\"q r\"",
            "Environment=A=1\nEnvironment=B=2",
            "Environment=A=1\nEnvironment=\nEnvironment=B=2",
            "Environment=A=%n B=%%",
            "Environment=1A=x B= =C D",
            "Environment=A=a\\x20b B='a\\tb'",
            "Environment=A=1=2",
            "Environment=\"A=open",
            "WorkingDirectory=/srv",
            "WorkingDirectory=-/srv",
            "WorkingDirectory=srv",
            "WorkingDirectory=-srv",
            "WorkingDirectory=/srv\nWorkingDirectory=",
            "User=www-data\nGroup=adm",
            "User=bad name",
            "User=bad;",
            "User=www-data\nUser=",
            "UMask=0077",
            "UMask=77",
            "UMask=9",
            "Restart=on-abnormal",
            "Restart=sometimes",
            "RestartSec=5",
            "RestartSec=1min 30s",
            "RestartSec=nonsense",
            "KillMode=mixed",
            "KillMode=everything",
            "KillSignal=INT",
            "KillSignal=SIGUSR1",
            "KillSignal=9",
            "KillSignal=SIGNONE",
            "TimeoutSec=20",
            "TimeoutStopSec=2min\nTimeoutStartSec=7",
            "TimeoutStopSec=0",
            "TimeoutStopSec=infinity",
            "RemainAfterExit=true",
            "RemainAfterExit=1\nRemainAfterExit=off",
            "RemainAfterExit=perhaps",
            "NoSuchKey=1",
            "no equals sign",
            "# comment=1",
            "  Restart=always  ");

    @TestFactory
    List<DynamicTest> systemdMakesTheSameOfIt(@TempDir Path folder) throws IOException, InterruptedException {
        Map<String, List<String>> theirs = SystemdDump.of(
                folder, CASES.stream().map(SystemdItselfTest::unit).toList());
        theirs.replaceAll((name, lines) -> compared(lines));
        Problems problems = new Problems();
        UnitSet ours = UnitFolder.load(folder, UnitOptions.here(), problems);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            String name = "case-" + i + ".service";
            List<String> expected = theirs.getOrDefault(name, List.of());
            List<String> actual =
                    ours.unit(name).map(unit -> lines((Service) unit)).orElse(List.of("refused"));
            tests.add(DynamicTest.dynamicTest(
                    CASES.get(i).replace("\n", " ⏎ "), () -> assertThat(actual).isEqualTo(expected)));
        }
        return tests;
    }

    private static String unit(String lines) {
        String command = lines.contains("Exec") ? "" : "ExecStart=/bin/true\n";
        return "[Unit]\nDefaultDependencies=no\n[Service]\n" + lines + "\n" + command;
    }

    private static List<String> compared(List<String> dump) {
        if (!dump.contains("Unit Load State: loaded")) {
            return List.of("refused");
        }
        List<String> lines = new ArrayList<>();
        for (String name : List.of("Type", "Restart", "KillMode", "KillSignal", "UMask", "User", "Group")) {
            value(dump, name).ifPresent(value -> lines.add(name + " " + value));
        }
        lines.add("RemainAfterExit " + value(dump, "RemainAfterExit").orElse(""));
        lines.add("WorkingDirectory " + value(dump, "WorkingDirectory").orElse(""));
        for (String name : List.of("RestartSec", "TimeoutStartSec", "TimeoutStopSec")) {
            lines.add(name + " " + TimeSpan.parse(value(dump, name).orElse("")).orElseThrow());
        }
        dump.stream()
                .filter(line -> line.startsWith("Environment: "))
                .map(line -> "Environment " + line.substring("Environment: ".length()))
                .forEach(lines::add);
        dump.stream()
                .filter(line -> line.startsWith("Command Line: "))
                .map(line -> "Command " + unquote(line.substring("Command Line: ".length())))
                .forEach(lines::add);
        return lines;
    }

    private static Optional<String> value(List<String> dump, String name) {
        return dump.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    /// The words of a line in which words are quoted as for a shell where they need it.
    private static List<String> unquote(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (c == '\\' && quoted) {
                word.append(line.charAt(++i));
            } else if (c == ' ' && !quoted) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }

    private static List<String> lines(Service service) {
        List<String> lines = new ArrayList<>();
        lines.add("Type " + word(service.startup()));
        lines.add("Restart " + word(service.restart().when()));
        lines.add("KillMode " + killMode(service.kill().mode()));
        lines.add("KillSignal " + service.kill().signal());
        lines.add("UMask " + String.format("%04o", service.execution().umask()));
        service.execution().user().ifPresent(user -> lines.add("User " + user.name()));
        service.execution().group().ifPresent(group -> lines.add("Group " + group.name()));
        lines.add("RemainAfterExit " + (service.remainsAfterExit() ? "yes" : "no"));
        lines.add("WorkingDirectory "
                + switch (service.execution().workingDirectory()) {
                    case WorkingDirectory.Default _ -> "/";
                    case WorkingDirectory.At at -> at.path();
                    case WorkingDirectory.Home _ -> "~";
                });
        lines.add("RestartSec " + service.restart().delay());
        lines.add("TimeoutStartSec " + limit(service.timeouts().start()));
        lines.add("TimeoutStopSec " + limit(service.timeouts().stop()));
        Map<String, String> variables = new LinkedHashMap<>();
        for (EnvironmentSource source : service.execution().environment()) {
            if (source instanceof EnvironmentSource.Variable variable) {
                variables.put(variable.name(), variable.value());
            }
        }
        variables.forEach((name, value) -> lines.add("Environment " + name + "=" + value));
        for (List<Command> step :
                List.of(service.commands().start(), service.commands().stop())) {
            step.forEach(command -> lines.add("Command " + command.arguments()));
        }
        return lines;
    }

    private static String word(Startup startup) {
        return startup.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String word(RestartPolicy.When when) {
        return when.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String killMode(KillPolicy.Mode mode) {
        return switch (mode) {
            case ALL -> "control-group";
            case MIXED -> "mixed";
            case MAIN -> "process";
            case NONE -> "none";
        };
    }

    private static Duration limit(Optional<Duration> most) {
        return most.orElse(TimeSpan.INFINITY);
    }
}
