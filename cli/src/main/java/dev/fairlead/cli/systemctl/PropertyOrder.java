package dev.fairlead.cli.systemctl;

import java.util.List;

/// The order in which systemd shows the properties of a unit.
final class PropertyOrder {
    private static final List<String> NAMES = List.of("""
            Type ExitType Restart NotifyAccess RestartUSec TimeoutStartUSec TimeoutStopUSec
            TimeoutAbortUSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeMaxUSec WatchdogUSec
            RemainAfterExit GuessMainPID PIDFile MainPID ControlPID FileDescriptorStoreMax
            NFileDescriptorStore StatusText StatusErrno Result NRestarts ExecMainStartTimestamp
            ExecMainExitTimestamp ExecMainPID ExecMainCode ExecMainStatus ExecCondition ExecStartPre
            ExecStart ExecStartPost ExecReload ExecStop ExecStopPost MemoryCurrent TasksCurrent
            CPUWeight CPUQuotaPerSecUSec MemoryHigh MemoryMax TasksMax
            Environment UMask LimitCPU LimitCPUSoft LimitFSIZE LimitFSIZESoft LimitDATA LimitDATASoft
            LimitSTACK LimitSTACKSoft LimitCORE LimitCORESoft LimitRSS LimitRSSSoft LimitNOFILE
            LimitNOFILESoft LimitAS LimitASSoft LimitNPROC LimitNPROCSoft LimitMEMLOCK LimitMEMLOCKSoft
            LimitLOCKS LimitLOCKSSoft LimitSIGPENDING LimitSIGPENDINGSoft LimitMSGQUEUE
            LimitMSGQUEUESoft LimitNICE LimitNICESoft LimitRTPRIO LimitRTPRIOSoft LimitRTTIME
            LimitRTTIMESoft WorkingDirectory OOMScoreAdjust Nice StandardInput StandardOutput
            StandardError SyslogPriority SyslogIdentifier
            SyslogLevelPrefix SyslogLevel SyslogFacility LogLevelMax LogRateLimitIntervalUSec LogRateLimitBurst
            User Group PrivateTmp IgnoreSIGPIPE NoNewPrivileges KillMode
            KillSignal SendSIGKILL SendSIGHUP Id Names Requires Requisite Wants BindsTo PartOf Upholds
            Conflicts Before After OnFailure OnSuccess Triggers PropagatesReloadTo ReloadPropagatedFrom
            PropagatesStopTo StopPropagatedFrom Description LoadState ActiveState SubState FragmentPath
            DropInPaths UnitFileState UnitFilePreset StateChangeTimestamp ActiveEnterTimestamp
            InactiveEnterTimestamp CanStart CanStop CanReload CanIsolate Job StopWhenUnneeded
            RefuseManualStart RefuseManualStop AllowIsolate OnSuccessJobMode OnFailureJobMode
            IgnoreOnIsolate NeedDaemonReload LoadError StartLimitIntervalUSec StartLimitBurst
            """.strip().split("\\s+", -1));

    private PropertyOrder() {}

    static int of(String name) {
        int index = NAMES.indexOf(name);
        return index < 0 ? NAMES.size() : index;
    }
}
