package dev.fairlead.dialect.systemd.setting;

import java.util.ArrayList;
import java.util.List;

/// The settings systemd 252 knows that are not honoured here (yet), by what is said when one is found.
final class OtherKeys {
    private static final String ACTION = "the action would be the machine's, which is not the supervisor's to decide";
    static final List<Key> ROWS = rows();

    private OtherKeys() {}

    private static List<Key> rows() {
        List<Key> rows = new ArrayList<>();
        add(rows, "Service", Key.Support.INERT, "there is no message bus here", "BusName");
        unitRows(rows);
        add(rows, "Service", Key.Support.INERT, "it belongs to a later systemd than 252", """
                        RestartMode OpenFile CoredumpReceive FileDescriptorStorePreserve MemoryKSM
                        MemoryZSwapMax MemoryPressureWatch MemoryPressureThresholdSec RootEphemeral
                        ImportCredential SetLoginEnvironment
                        """);
        serviceRows(rows);
        confinementRows(rows);
        return List.copyOf(rows);
    }

    private static void unitRows(List<Key> rows) {
        add(rows, "Unit", Key.Support.INERT, "use Requires=", """
                        BindTo RequiresOverridable RequisiteOverridable
                        """);
        actions(rows, "Unit", "JobTimeoutAction StartLimitAction FailureAction SuccessAction");
        add(rows, "Unit", Key.Support.INERT, ACTION, """
                        JobTimeoutRebootArgument FailureActionExitStatus SuccessActionExitStatus RebootArgument
                        """);
        add(rows, "Unit", Key.Support.ACCEPTED, "What the machine has mounted is there before Fairlead starts", """
                        RequiresMountsFor
                        """);
        add(rows, "Unit", Key.Support.INERT, "units do not share namespaces", """
                        JoinsNamespaceOf
                        """);
    }

    private static void serviceRows(List<Key> rows) {
        add(
                rows,
                "Service",
                Key.Support.REFUSED,
                "no images are mounted for services; unpack it and use RootDirectory=",
                """
                        RootImage
                        """);
        add(rows, "Service", Key.Support.INERT, "no images are mounted for services", """
                        RootImageOptions RootHash RootHashSignature RootVerity
                        """);
        add(rows, "Service", Key.Support.INERT, "USB gadgets are not served", """
                        USBFunctionDescriptors USBFunctionStrings
                        """);
        add(rows, "Service", Key.Support.INERT, "folders of a service are never cleaned", """
                        TimeoutCleanSec
                        """);
        actions(rows, "Service", "StartLimitAction FailureAction");
        add(rows, "Service", Key.Support.INERT, ACTION, "RebootArgument");
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "control groups bound memory, processor time and tasks: MemoryMax=, CPUQuota=, CPUWeight=, TasksMax=",
                """
                        OOMPolicy Slice AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes
                        StartupAllowedMemoryNodes StartupCPUWeight CPUShares
                        StartupCPUShares CPUQuotaPeriodSec MemoryMin DefaultMemoryMin
                        DefaultMemoryLow MemoryLow MemorySwapMax DeviceAllow
                        DevicePolicy IOAccounting IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax
                        IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax IODeviceLatencyTargetSec
                        BlockIOAccounting BlockIOWeight StartupBlockIOWeight BlockIODeviceWeight
                        BlockIOReadBandwidth BlockIOWriteBandwidth Delegate
                        DisableControllers IPAccounting IPAddressAllow IPAddressDeny IPIngressFilterPath
                        IPEgressFilterPath ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit
                        ManagedOOMPreference BPFProgram SocketBindAllow SocketBindDeny RestrictNetworkInterfaces
                        """);
    }

    private static void confinementRows(List<Key> rows) {
        add(rows, "Service", Key.Support.INERT, "no images are mounted for services", """
                        ExtensionDirectories ExtensionImages MountImages MountFlags MountAPIVFS
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "the kernel is not asked to filter what the service does; NoNewPrivileges= and Limit…= are honoured",
                """
                        RemoveIPC KeyringMode ProtectProc ProcSubset SystemCallFilter SystemCallArchitectures
                        SystemCallErrorNumber SystemCallLog MemoryDenyWriteExecute RestrictNamespaces
                        RestrictRealtime RestrictSUIDSGID RestrictAddressFamilies LockPersonality
                        RestrictFileSystems NetworkNamespacePath IPCNamespacePath PrivateUsers Personality
                        PAMName SELinuxContext AppArmorProfile SmackProcessLabel
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "credentials are not handed over; use EnvironmentFile= or a file of the service",
                """
                        SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "the kernel's usual ways are kept; Nice= and CPUAffinity= are honoured",
                """
                        NUMAPolicy NUMAMask TimerSlackNSec
                        """);
        add(rows, "Service", Key.Support.INERT, "services have no terminal; they read from /dev/null", """
                        TTYPath TTYReset TTYVHangup TTYVTDisallocate TTYRows TTYColumns UtmpIdentifier UtmpMode
                        """);
        add(rows, "Service", Key.Support.INERT, "lines are kept with their time, process and priority", """
                        LogExtraFields LogNamespace
                        """);
        add(rows, "Service", Key.Support.INERT, "the supervisor's own PATH is searched", """
                        ExecSearchPath
                        """);
        add(rows, "Service", Key.Support.INERT, "the machine decides what a memory image holds", """
                        CoredumpFilter
                        """);
    }

    /// What would be done to the machine; `none` is what happens.
    private static void actions(List<Key> rows, String section, String names) {
        for (String name : names.split(" ", -1)) {
            Key inert = Key.inert(section, name, ACTION);
            rows.add(new Key(section, name, inert.support(), inert.note(), (assignment, reading) -> {
                if (!assignment.value().text().equals("none")) {
                    inert.setter().set(assignment, reading);
                }
            }));
        }
    }

    private static void add(List<Key> rows, String section, Key.Support support, String reason, String names) {
        for (String name : names.strip().split("\\s+", -1)) {
            rows.add(
                    switch (support) {
                        case ACCEPTED -> Key.accepted(section, name, reason);
                        case REFUSED -> Key.refused(section, name, reason);
                        case INERT, HONOURED, PARTLY -> Key.inert(section, name, reason);
                    });
        }
    }
}
