package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.setting.Draft.Step;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.TriggerLimit;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.SocketCommands;
import dev.fairlead.model.service.socket.SocketFiles;
import dev.fairlead.model.service.socket.SocketSettings;
import dev.fairlead.source.Problems;
import java.time.Duration;

/// Makes socket units of drafts, refusing what systemd refuses.
final class SocketUnits {
    private static final Duration TRIGGER_INTERVAL = Duration.ofSeconds(2);
    private static final int TRIGGERS = 20;
    private static final int TRIGGERS_OF_CONNECTIONS = 200;

    private SocketUnits() {}

    static SocketUnit of(Draft draft, Dependencies dependencies, UnitOptions options, Problems problems) {
        SocketDraft socket = draft.socket;
        verify(draft, problems);
        return new SocketUnit(
                draft.name.toString(),
                Drafts.description(draft),
                dependencies,
                Drafts.rules(draft),
                socket.listens,
                activation(draft),
                new SocketSettings(socket.backlog, socket.switches, socket.device, socket.congestion, socket.pipeSize),
                new SocketFiles(
                        socket.mode, socket.folderMode, socket.owner, socket.group, socket.areRemoved, socket.links),
                socket.descriptorName.orElse(socket.accepts ? "connection" : draft.name.toString()),
                new TriggerLimit(
                        socket.triggerInterval.orElse(TRIGGER_INTERVAL),
                        socket.triggerBurst.orElse(socket.accepts ? TRIGGERS_OF_CONNECTIONS : TRIGGERS)),
                new SocketCommands(
                        draft.commands(Step.PRE),
                        draft.commands(Step.POST),
                        draft.commands(Step.STOP),
                        draft.commands(Step.STOP_POST),
                        socket.longestCommand),
                Drafts.execution(draft, options),
                Drafts.kill(draft),
                draft.sources,
                draft.origin);
    }

    private static Activation activation(Draft draft) {
        SocketDraft socket = draft.socket;
        return socket.accepts
                ? new Activation.PerConnection(
                        template(draft.name).toString(), socket.mostConnections, socket.mostPerSource)
                : new Activation.OneService(service(draft), socket.dropsWaiting);
    }

    /// The service that a socket is for: the one it names, else its namesake.
    static String service(Draft draft) {
        return draft.socket.service.orElseGet(
                () -> draft.name.withSuffix("service").toString());
    }

    private static UnitName template(UnitName socket) {
        return socket.withInstance("").withSuffix("service");
    }

    private static void verify(Draft draft, Problems problems) {
        SocketDraft socket = draft.socket;
        if (socket.listens.isEmpty()) {
            Drafts.refuse(
                    problems,
                    draft.origin,
                    "Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...).",
                    "ListenStream= in [Socket] says where to listen");
        }
        if (socket.accepts) {
            verifyAccepting(draft, problems);
        }
        long files = socket.listens.stream()
                .flatMap(listen -> listen.file().stream())
                .count();
        if (!socket.links.isEmpty() && files != 1) {
            Drafts.refuse(
                    problems,
                    socket.linksSpan.orElse(draft.origin),
                    "Unit has symlinks set but none or more than one node in the file system.",
                    "Symlinks= needs exactly one path to lead to");
        }
    }

    private static void verifyAccepting(Draft draft, Problems problems) {
        SocketDraft socket = draft.socket;
        if (!socket.listens.stream().allMatch(ListenPoint::isConnected)) {
            Drafts.refuse(
                    problems,
                    socket.acceptSpan.orElse(draft.origin),
                    "Unit configured for accepting sockets, but sockets are non-accepting.",
                    "Accept=yes is for ListenStream= and ListenSequentialPacket=");
        }
        if (socket.mostConnections <= 0) {
            Drafts.refuse(
                    problems, draft.origin, "MaxConnection= setting too small.", "MaxConnections= must be 1 at least");
        }
        if (socket.service.isPresent()) {
            Drafts.refuse(
                    problems,
                    socket.serviceSpan.orElse(draft.origin),
                    "Explicit service configuration for accepting socket units not supported.",
                    "connections are answered by instances of " + template(draft.name));
        }
    }
}
