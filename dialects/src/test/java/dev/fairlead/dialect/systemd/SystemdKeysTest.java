package dev.fairlead.dialect.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.setting.RightsKeys;
import dev.fairlead.dialect.systemd.time.TimeSpan;
import dev.fairlead.model.service.Condition;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Confinement.Folder;
import dev.fairlead.model.service.execution.Confinement.FolderKind;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Reads settings one or two at a time with the machine's systemd, and compares what both made of just those.
class SystemdKeysTest {
    private static final List<String> OF_UNITS = List.of(
            "OnFailure=x.service y.service",
            "OnSuccess=x.service",
            "PropagatesReloadTo=x.service",
            "PropagatesStopTo=x.service",
            "Upholds=x.service",
            "StopWhenUnneeded=yes",
            "RefuseManualStart=on",
            "RefuseManualStop=perhaps",
            "OnFailureJobMode=isolate",
            "OnFailureJobMode=nonsense",
            "OnSuccessJobMode=replace-irreversibly",
            "OnSuccessJobMode=",
            "ConditionPathExists=/a",
            "ConditionPathExists=!/a",
            "ConditionPathExists=|!/a",
            "ConditionPathExists=| ! /a",
            "ConditionPathExists=a",
            "ConditionPathExists=/a\nConditionPathExists=",
            "ConditionPathExists=/a\nConditionUser=root\nConditionUser=",
            "ConditionFileNotEmpty=/a/%n",
            "ConditionUser=@system",
            "ConditionHost=web*",
            "ConditionKernelVersion=>=5 <7",
            "ConditionVirtualization=!container",
            "AssertPathIsDirectory=/a",
            "AssertKernelCommandLine=!quiet\nAssertCapability=CAP_CHOWN");

    private static final List<String> OF_SERVICES = List.of(
            "GuessMainPID=no",
            "NotifyAccess=exec",
            "NotifyAccess=some",
            "WatchdogSec=3",
            "WatchdogSec=infinity",
            "Type=notify",
            "PIDFile=x.pid",
            "PIDFile=/run/%n.pid",
            "TimeoutStartFailureMode=abort",
            "TimeoutStopFailureMode=kill",
            "TimeoutStopFailureMode=wait",
            "TimeoutAbortSec=5",
            "RuntimeMaxSec=1h",
            "RuntimeRandomizedExtraSec=5s",
            "RestartKillSignal=INT",
            "FinalKillSignal=ABRT",
            "SendSIGKILL=no",
            "SendSIGHUP=yes",
            "IgnoreSIGPIPE=false",
            "FileDescriptorStoreMax=4",
            "RuntimeDirectory=a b/c",
            "RuntimeDirectory=/a",
            "RuntimeDirectory=../a",
            "RuntimeDirectory=a\nRuntimeDirectory=\nRuntimeDirectory=b",
            "RuntimeDirectory=%p",
            "RuntimeDirectory=a\nRuntimeDirectoryMode=0700",
            "RuntimeDirectory=a\nRuntimeDirectoryMode=9",
            "RuntimeDirectoryPreserve=restart",
            "RuntimeDirectoryPreserve=yes",
            "StateDirectory=s\nStateDirectoryMode=2750",
            "CacheDirectory=c\nLogsDirectory=l\nConfigurationDirectory=e",
            "Nice=5",
            "Nice=50",
            "OOMScoreAdjust=-100",
            "LimitNOFILE=10:20",
            "LimitCORE=infinity",
            "LimitAS=1G",
            "LimitCPU=1min",
            "LimitNPROC=5:3",
            "IOSchedulingClass=idle",
            "IOSchedulingClass=best-effort\nIOSchedulingPriority=3",
            "CPUSchedulingPolicy=rr\nCPUSchedulingPriority=5",
            "CPUSchedulingPolicy=urgent",
            "CPUAffinity=0 2-3",
            "CPUAffinity=1\nCPUAffinity=\nCPUAffinity=4",
            "StandardInput=data\nStandardInputText=x",
            "StandardInput=socket",
            "StandardOutput=append:/x",
            "StandardOutput=socket",
            "StandardError=truncate:/x",
            "SecureBits=noroot noroot-locked",
            "AmbientCapabilities=CAP_KILL cap_net_raw",
            "AmbientCapabilities=CAP_KILL\nAmbientCapabilities=CAP_CHOWN",
            "AmbientCapabilities=CAP_KILL\nAmbientCapabilities=",
            "CapabilityBoundingSet=CAP_KILL",
            "CapabilityBoundingSet=CAP_KILL CAP_CHOWN\nCapabilityBoundingSet=~CAP_CHOWN",
            "CapabilityBoundingSet=~CAP_SYS_ADMIN CAP_SYS_BOOT",
            "CapabilityBoundingSet=",
            "CapabilityBoundingSet=~",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "PrivateNetwork=on",
            "PrivateTmp=yes\nPrivateTmp=no",
            "ReadWritePaths=/srv -/foo",
            "ReadOnlyPaths=/a\nReadOnlyPaths=\nReadOnlyPaths=/b",
            "InaccessiblePaths=/x y",
            "TemporaryFileSystem=/t:size=1M",
            "BindPaths=/a:/b:norbind",
            "BindReadOnlyPaths=-/c");

    /// As the dump calls what a unit calls otherwise.
    private static final Map<String, String> NAMES = Map.of(
            "SecureBits", "Secure Bits",
            "FileDescriptorStoreMax", "File Descriptor Store Max",
            "IOSchedulingPriority", "IOPriority");

    @TestFactory
    Stream<DynamicTest> settingsOfUnitsAreReadAsSystemdReadsThem(@TempDir Path folder)
            throws IOException, InterruptedException {
        return compare(
                folder,
                OF_UNITS,
                lines -> "[Unit]\nDefaultDependencies=no\n" + lines + "\n[Service]\nExecStart=/bin/true\n");
    }

    @TestFactory
    Stream<DynamicTest> settingsOfServicesAreReadAsSystemdReadsThem(@TempDir Path folder)
            throws IOException, InterruptedException {
        return compare(
                folder,
                OF_SERVICES,
                lines -> "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/true\n" + lines + "\n");
    }

    private static Stream<DynamicTest> compare(Path folder, List<String> cases, UnaryOperator<String> unit)
            throws IOException, InterruptedException {
        Map<String, List<String>> theirs =
                SystemdDump.of(folder, cases.stream().map(unit).toList());
        UnitSet ours = UnitFolder.load(folder, UnitOptions.here(), new Problems());
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String name = "case-" + i + ".service";
            Set<String> settings = cases.get(i)
                    .lines()
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> expected = new TreeSet<>();
            Set<String> actual = new TreeSet<>();
            for (String setting : settings) {
                expected.addAll(theirs(theirs.getOrDefault(name, List.of()), setting));
                ours.unit(name)
                        .ifPresent(found ->
                                ours((Service) found, setting).forEach(value -> actual.add(setting + " " + value)));
            }
            tests.add(DynamicTest.dynamicTest(
                    cases.get(i).replace("\n", " ⏎ "), () -> assertThat(actual).isEqualTo(expected)));
        }
        return tests.stream();
    }

    private static Set<String> theirs(List<String> dump, String setting) {
        String name = NAMES.getOrDefault(setting, setting) + ": ";
        return dump.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> setting + " " + normal(setting, line.substring(name.length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String normal(String setting, String value) {
        String plain = value.replaceFirst(" \\(origin-.*", "").replaceFirst(" untested$", "");
        if (setting.endsWith("Sec")) {
            return TimeSpan.parse(plain).orElseThrow().toString();
        }
        if (setting.endsWith("Capabilities")
                || setting.startsWith("CapabilityB")
                || setting.equals("SecureBits")
                || setting.endsWith("Paths")) {
            return new TreeSet<>(List.of(plain.strip().split("\\s+", -1))).toString();
        }
        return plain;
    }

    private static Collection<String> ours(Service service, String setting) {
        if (setting.startsWith("Condition")) {
            return conditions(service.rules().conditions(), setting);
        }
        if (setting.startsWith("Assert")) {
            return conditions(service.rules().assertions(), setting);
        }
        if (setting.startsWith("Limit")) {
            Limit limit = service.execution().limits().get(setting.substring("Limit".length()));
            return limit == null ? List.of() : List.of(Long.toUnsignedString(limit.hard()));
        }
        if (setting.contains("Directory") && !setting.equals("RuntimeDirectoryPreserve")) {
            return folders(service, setting);
        }
        if (setting.endsWith("Paths") || setting.equals("TemporaryFileSystem")) {
            return paths(service, setting);
        }
        return List.of(
                        switch (setting) {
                            case "StopWhenUnneeded" -> yes(service.rules().stopsWhenUnneeded());
                            case "RefuseManualStart" -> yes(service.rules().refusesManualStart());
                            case "RefuseManualStop" -> yes(service.rules().refusesManualStop());
                            case "OnFailureJobMode" -> word(service.rules().onFailure());
                            case "OnSuccessJobMode" -> word(service.rules().onSuccess());
                            default -> ofService(service, setting);
                        })
                .stream()
                .flatMap(value -> Stream.of(value.split("\n", -1)))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String ofService(Service service, String setting) {
        var confinement = service.execution().confinement();
        return switch (setting) {
            case "OnFailure" -> names(service, Relation.ON_FAILURE);
            case "OnSuccess" -> names(service, Relation.ON_SUCCESS);
            case "PropagatesReloadTo" -> names(service, Relation.PROPAGATES_RELOAD_TO);
            case "PropagatesStopTo" -> names(service, Relation.PROPAGATES_STOP_TO);
            case "Upholds" -> names(service, Relation.UPHOLDS);
            case "GuessMainPID" -> yes(service.guessesMain());
            case "Type" -> word(service.startup());
            case "NotifyAccess" -> word(service.notifyAccess());
            case "PIDFile" -> service.pidFile().map(Path::toString).orElse("");
            case "WatchdogSec" -> span(service.timeouts().watchdog());
            case "TimeoutStopSec" -> span(service.timeouts().stop());
            case "TimeoutAbortSec" -> span(service.timeouts().abort());
            case "RuntimeMaxSec" -> span(service.timeouts().run());
            case "RuntimeRandomizedExtraSec" -> service.timeouts().runSpread().toString();
            case "TimeoutStartFailureMode" -> word(service.timeouts().lateStart());
            case "TimeoutStopFailureMode" -> word(service.timeouts().lateStop());
            case "RestartKillSignal" -> service.kill().restartSignal().toString();
            case "FinalKillSignal" -> service.kill().finalSignal().toString();
            case "SendSIGKILL" -> yes(service.kill().finalSignalIsSent());
            case "SendSIGHUP" -> yes(service.kill().hangupIsSent());
            case "IgnoreSIGPIPE" -> yes(service.execution().brokenPipeIsIgnored());
            case "FileDescriptorStoreMax" ->
                service.handover().store() == 0
                        ? ""
                        : Integer.toString(service.handover().store());
            case "RuntimeDirectoryPreserve" ->
                switch (confinement.keep()) {
                    case NEVER -> "no";
                    case OVER_RESTARTS -> "restart";
                    case ALWAYS -> "yes";
                };
            case "Nice" -> number(service.execution().niceness());
            case "OOMScoreAdjust" -> number(service.execution().outOfMemoryScore());
            case "IOSchedulingClass" -> confinement.scheduling().disk().orElse("");
            case "IOSchedulingPriority" -> number(confinement.scheduling().diskPriority());
            case "CPUSchedulingPolicy" -> confinement.scheduling().policy().orElse("");
            case "CPUSchedulingPriority" -> number(confinement.scheduling().priority());
            case "CPUAffinity" -> ranges(confinement.scheduling().processors());
            case "StandardInput" ->
                word(confinement.input().getClass().getSimpleName()).replace("text", "data");
            case "StandardInputText" -> "";
            case "StandardOutput" -> output(service.execution().output());
            case "StandardError" -> output(service.execution().errorOutput());
            case "SecureBits" -> new TreeSet<>(confinement.rights().secureBits()).toString();
            case "AmbientCapabilities" -> capabilities(confinement.rights().ambient());
            case "CapabilityBoundingSet" ->
                confinement.rights().bounding().map(SystemdKeysTest::bounding).orElse("");
            case "PrivateTmp" -> yes(has(service, Mount.OwnTemporary.class));
            case "PrivateDevices" -> yes(has(service, Mount.OwnDevices.class));
            case "PrivateNetwork" -> yes(!confinement.namespaces().isEmpty());
            default -> throw new IllegalArgumentException(setting);
        };
    }

    private static boolean has(Service service, Class<? extends Mount> kind) {
        return service.execution().confinement().mounts().stream().anyMatch(kind::isInstance);
    }

    private static String names(Service service, Relation relation) {
        return String.join("\n", service.dependencies().names(relation));
    }

    private static String number(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "";
    }

    private static String span(Optional<Duration> most) {
        return most.orElse(TimeSpan.INFINITY).toString();
    }

    private static String yes(boolean claim) {
        return claim ? "yes" : "no";
    }

    private static String word(Object value) {
        return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String output(OutputTarget target) {
        return switch (target) {
            case OutputTarget.ToFile file -> word(file.mode());
            case OutputTarget other -> word(other.getClass().getSimpleName());
        };
    }

    private static String ranges(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            int first = numbers.get(i);
            while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
                i++;
            }
            int last = numbers.get(i);
            text.append(text.isEmpty() ? "" : " ").append(first == last ? "" + first : first + "-" + last);
        }
        return text.toString();
    }

    private static String capabilities(Set<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream()
                        .map(name -> "cap_" + name)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString();
    }

    private static String bounding(Set<String> names) {
        return names.size() == RightsKeys.CAPABILITIES.size() ? "" : capabilities(names);
    }

    private static List<String> conditions(List<Condition> conditions, String setting) {
        return conditions.stream()
                .filter(condition -> condition.written().startsWith(setting + "="))
                .map(condition ->
                        (condition.isTrigger() ? "|" : "") + (condition.isNegated() ? "!" : "") + condition.parameter())
                .toList();
    }

    private static List<String> folders(Service service, String setting) {
        FolderKind kind = FolderKind.valueOf(
                setting.substring(0, setting.indexOf("Directory")).toUpperCase(Locale.ROOT));
        List<Folder> folders = service.execution().confinement().folders().stream()
                .filter(folder -> folder.kind() == kind)
                .toList();
        if (setting.endsWith("Mode")) {
            return folders.stream()
                    .map(folder -> String.format(Locale.ROOT, "%04o", folder.mode()))
                    .distinct()
                    .toList();
        }
        return folders.stream()
                .map(folder -> folder.path().toString().replaceFirst("^/(run|etc|var/[a-z]+)/", ""))
                .toList();
    }

    private static List<String> paths(Service service, String setting) {
        List<Mount> mounts = service.execution().confinement().mounts();
        List<String> paths = new ArrayList<>();
        for (Mount mount : mounts) {
            switch (mount) {
                case Mount.Restricted one -> paths.add((one.mayBeMissing() ? "-" : "") + one.path());
                case Mount.Bound one ->
                    paths.add((one.mayBeMissing() ? "-" : "") + one.from() + ":" + one.to()
                            + (one.isDeep() ? ":rbind" : ":norbind"));
                case Mount.Covered one ->
                    paths.add(one.path() + ":" + one.options().replaceFirst("^mode=0755,", ""));
                case Mount.OwnTemporary _, Mount.OwnDevices _ -> {}
            }
        }
        return setting.endsWith("Paths") ? List.of(new TreeSet<>(paths).toString()) : paths;
    }
}
