package dev.fairlead.dialect.systemd;

import java.util.ArrayList;
import java.util.List;

/// The settings systemd 252 knows that are not honoured here (yet), by what is said when one is found.
final class OtherKeys {
    static final List<Key> ROWS = rows();

    private OtherKeys() {}

    private static List<Key> rows() {
        List<Key> rows = new ArrayList<>();
        add(rows, "Service", Key.Support.INERT, "there is no message bus here", "BusName");
        unitRows(rows);
        add(rows, "Service", Key.Support.INERT, "it belongs to a later systemd than 252", """
                        RestartSteps RestartMaxDelaySec RestartMode ReloadSignal OpenFile CoredumpReceive
                        FileDescriptorStorePreserve MemoryKSM MemoryZSwapMax MemoryPressureWatch
                        MemoryPressureThresholdSec RootEphemeral ImportCredential SetLoginEnvironment
                        """);
        serviceRows(rows);
        confinementRows(rows);
        return List.copyOf(rows);
    }

    private static void unitRows(List<Key> rows) {
        add(
                rows,
                "Unit",
                Key.Support.INERT,
                "conditions are not checked; the unit starts whatever this machine is like",
                """
                        ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory
                        ConditionPathIsSymbolicLink ConditionPathIsMountPoint ConditionPathIsReadWrite
                        ConditionPathIsEncrypted ConditionDirectoryNotEmpty ConditionFileNotEmpty
                        ConditionFileIsExecutable ConditionNeedsUpdate ConditionFirstBoot ConditionArchitecture
                        ConditionFirmware ConditionVirtualization ConditionHost ConditionKernelCommandLine
                        ConditionKernelVersion ConditionCredential ConditionSecurity ConditionCapability
                        ConditionACPower ConditionMemory ConditionCPUFeature ConditionCPUs ConditionEnvironment
                        ConditionUser ConditionGroup ConditionControlGroupController ConditionOSRelease
                        ConditionMemoryPressure ConditionCPUPressure ConditionIOPressure AssertPathExists
                        AssertPathExistsGlob AssertPathIsDirectory AssertPathIsSymbolicLink AssertPathIsMountPoint
                        AssertPathIsReadWrite AssertPathIsEncrypted AssertDirectoryNotEmpty AssertFileNotEmpty
                        AssertFileIsExecutable AssertNeedsUpdate AssertFirstBoot AssertArchitecture
                        AssertVirtualization AssertHost AssertKernelCommandLine AssertKernelVersion AssertCredential
                        AssertSecurity AssertCapability AssertACPower AssertMemory AssertCPUFeature AssertCPUs
                        AssertEnvironment AssertUser AssertGroup AssertControlGroupController AssertOSRelease
                        AssertMemoryPressure AssertCPUPressure AssertIOPressure
                        """);
        add(rows, "Unit", Key.Support.INERT, "units for the end of another are not started", """
                        OnSuccess OnFailure OnSuccessJobMode OnFailureJobMode OnFailureIsolate
                        """);
        add(rows, "Unit", Key.Support.INERT, "use PartOf= or Requires= where a restart shall pass on", """
                        PropagatesReloadTo PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom
                        PropagatesStopTo StopPropagatedFrom
                        """);
        add(rows, "Unit", Key.Support.INERT, "use Requires=", """
                        Requisite BindTo Upholds RequiresOverridable RequisiteOverridable
                        """);
        add(
                rows,
                "Unit",
                Key.Support.INERT,
                "the action would be the machine's, which is not the supervisor's to decide",
                """
                        JobTimeoutAction StartLimitAction FailureAction SuccessAction FailureActionExitStatus
                        SuccessActionExitStatus RebootArgument
                        """);
        add(
                rows,
                "Unit",
                Key.Support.INERT,
                "only TimeoutStartSec= and TimeoutStopSec= of the service bound its steps",
                """
                        JobTimeoutSec JobRunningTimeoutSec JobTimeoutRebootArgument
                        """);
        add(rows, "Unit", Key.Support.ACCEPTED, "What the machine has mounted is there before Fairlead starts", """
                        RequiresMountsFor
                        """);
        add(rows, "Unit", Key.Support.INERT, "units do not share namespaces", """
                        JoinsNamespaceOf
                        """);
        add(rows, "Unit", Key.Support.INERT, "whoever may reach the control socket may start and stop every unit", """
                        StopWhenUnneeded RefuseManualStart RefuseManualStop
                        """);
    }

    private static void serviceRows(List<Key> rows) {
        add(
                rows,
                "Service",
                Key.Support.REFUSED,
                "the program would be looked for in another tree; name its real place, or use --root",
                """
                        RootDirectory RootImage
                        """);
        add(rows, "Service", Key.Support.INERT, "the root is not changed", """
                        RootDirectoryStartOnly RootImageOptions RootHash RootHashSignature RootVerity
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "socket activation comes later; the service opens its sockets itself",
                """
                        NonBlocking  FileDescriptorStoreMax Sockets USBFunctionDescriptors USBFunctionStrings
                        """);
        add(rows, "Service", Key.Support.INERT, "the watchdog is not watched; a hanging service is not noticed", """
                        WatchdogSec WatchdogSignal
                        """);
        add(rows, "Service", Key.Support.INERT, "timeouts end in the stop signal, then in SIGKILL", """
                        TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeRandomizedExtraSec
                        TimeoutCleanSec
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "the action would be the machine's, which is not the supervisor's to decide",
                """
                        StartLimitAction FailureAction RebootArgument
                        """);
        add(rows, "Service", Key.Support.INERT, "a service ends with its main process", """
                        ExitType
                        """);
        add(rows, "Service", Key.Support.INERT, "the prefix + runs single commands with full privileges", """
                        PermissionsStartOnly
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "there is no control group to bound; set a Limit…= or run the whole stack in one",
                """
                        OOMPolicy Slice AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes
                        CPUAccounting CPUWeight StartupCPUWeight CPUShares StartupCPUShares CPUQuota
                        CPUQuotaPeriodSec MemoryAccounting MemoryMin DefaultMemoryMin DefaultMemoryLow MemoryLow
                        MemoryHigh MemoryMax MemorySwapMax MemoryLimit DeviceAllow DevicePolicy IOAccounting
                        IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax
                        IOWriteIOPSMax IODeviceLatencyTargetSec BlockIOAccounting BlockIOWeight StartupBlockIOWeight
                        BlockIODeviceWeight BlockIOReadBandwidth BlockIOWriteBandwidth TasksAccounting TasksMax
                        Delegate DisableControllers IPAccounting IPAddressAllow IPAddressDeny IPIngressFilterPath
                        IPEgressFilterPath ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit
                        ManagedOOMPreference BPFProgram SocketBindAllow SocketBindDeny RestrictNetworkInterfaces
                        """);
    }

    private static void confinementRows(List<Key> rows) {
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "the folder is not made; make it, or put a mkdir -p into ExecStartPre=",
                """
                        RuntimeDirectoryPreserve RuntimeDirectoryMode RuntimeDirectory StateDirectoryMode
                        StateDirectory CacheDirectoryMode CacheDirectory LogsDirectoryMode LogsDirectory
                        ConfigurationDirectoryMode ConfigurationDirectory
                        """);
        add(rows, "Service", Key.Support.INERT, "the service sees the machine's files as they are", """
                        ExtensionDirectories ExtensionImages MountImages ReadWriteDirectories ReadOnlyDirectories
                        InaccessibleDirectories ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths
                        BindPaths BindReadOnlyPaths TemporaryFileSystem PrivateTmp PrivateDevices PrivateMounts
                        ProtectSystem ProtectHome MountFlags MountAPIVFS
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "the service is not confined by the kernel; NoNewPrivileges= and Limit…= are honoured",
                """
                        DynamicUser RemoveIPC SecureBits CapabilityBoundingSet AmbientCapabilities KeyringMode
                        ProtectProc ProcSubset SystemCallFilter SystemCallArchitectures SystemCallErrorNumber
                        SystemCallLog MemoryDenyWriteExecute RestrictNamespaces RestrictRealtime RestrictSUIDSGID
                        RestrictAddressFamilies LockPersonality RestrictFileSystems ProtectKernelTunables
                        ProtectKernelModules ProtectKernelLogs ProtectClock ProtectControlGroups
                        NetworkNamespacePath IPCNamespacePath PrivateNetwork PrivateUsers PrivateIPC Personality
                        PAMName SELinuxContext AppArmorProfile SmackProcessLabel ProtectHostname
                        """);
        add(
                rows,
                "Service",
                Key.Support.INERT,
                "credentials are not handed over; use EnvironmentFile= or a file of the service",
                """
                        SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted
                        """);
        add(rows, "Service", Key.Support.INERT, "the kernel's usual scheduling is used; Nice= is honoured", """
                        IOSchedulingClass IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority
                        CPUSchedulingResetOnFork CPUAffinity NUMAPolicy NUMAMask TimerSlackNSec
                        """);
        add(rows, "Service", Key.Support.INERT, "services have no terminal; they read from /dev/null", """
                        StandardInputText StandardInputData TTYPath TTYReset TTYVHangup TTYVTDisallocate TTYRows
                        TTYColumns UtmpIdentifier UtmpMode
                        """);
        add(rows, "Service", Key.Support.INERT, "every captured line is kept, with its time and process", """
                        SyslogFacility SyslogLevel SyslogLevelPrefix LogLevelMax LogRateLimitIntervalSec
                        LogRateLimitBurst LogExtraFields LogNamespace
                        """);
        add(rows, "Service", Key.Support.INERT, "the supervisor's own PATH is searched", """
                        ExecSearchPath
                        """);
        add(rows, "Service", Key.Support.INERT, "the machine decides what a memory image holds", """
                        CoredumpFilter
                        """);
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
