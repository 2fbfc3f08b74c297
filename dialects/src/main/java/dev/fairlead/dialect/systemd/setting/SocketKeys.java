package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.setting.Draft.Step;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.ListenPoint.Kind;
import dev.fairlead.model.service.socket.SocketSwitch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The settings of `[Socket]` that are its own.
final class SocketKeys {
    private static final String SOCKET = "Socket";
    private static final int LARGEST_DESCRIPTOR_NAME = 255;
    private static final Map<String, Optional<Boolean>> BOTH =
            Map.of("default", Optional.empty(), "both", Optional.of(false), "ipv6-only", Optional.of(true));
    private static final Map<String, Integer> SERVICE_TYPES =
            Map.of("low-delay", 16, "throughput", 8, "reliability", 4, "low-cost", 2);

    static final List<Key> ROWS = List.of(
            listen("ListenStream", Kind.STREAM, "Where connections are waited for"),
            listen("ListenDatagram", Kind.DATAGRAM, "Where datagrams are waited for"),
            listen("ListenSequentialPacket", Kind.SEQUENTIAL, "A unix socket with connections that carry messages"),
            Key.honoured(SOCKET, "ListenFIFO", "A named pipe", SocketKeys::fifo),
            Key.honoured(
                    SOCKET,
                    "Accept",
                    "Whether each connection gets an instance of its own",
                    (assignment, reading) -> reading.bool(assignment).ifPresent(on -> {
                        reading.draft().socket.accepts = on;
                        reading.draft().socket.acceptSpan = Optional.of(assignment.span());
                    })),
            Key.honoured(SOCKET, "Service", "Who answers, where the name is another", SocketKeys::service),
            Key.honoured(SOCKET, "FileDescriptorName", "What the service is told they are called", SocketKeys::name),
            bool("FlushPending", "Drops what the service left", (draft, on) -> draft.dropsWaiting = on),
            number(
                    "MaxConnections",
                    "How many at once, with Accept=yes",
                    (draft, count) -> draft.mostConnections = count),
            number("MaxConnectionsPerSource", "As that, of one sender", (draft, count) -> draft.mostPerSource = count),
            mode("SocketMode", "The permissions of sockets and pipes", (draft, mode) -> draft.mode = mode),
            mode("DirectoryMode", "The permissions of folders made for them", (draft, mode) -> draft.folderMode = mode),
            owner("SocketUser", (draft, named) -> draft.owner = named),
            owner("SocketGroup", (draft, named) -> draft.group = named),
            bool("RemoveOnStop", "Removes the files when it stops", (draft, on) -> draft.areRemoved = on),
            Key.honoured(SOCKET, "Symlinks", "Further names of the one file it has", SocketKeys::links),
            number("Backlog", "How many connections may wait", (draft, count) -> draft.backlog = count),
            Key.honoured(SOCKET, "BindIPv6Only", "Whether IPv6 leaves IPv4 to others", SocketKeys::ipv6Only),
            Key.honoured(
                    SOCKET,
                    "BindToDevice",
                    "The network device they are bound to",
                    (assignment, reading) -> reading.draft().socket.device = text(assignment)),
            Key.honoured(
                    SOCKET,
                    "TCPCongestion",
                    "The algorithm that avoids congestion",
                    (assignment, reading) -> reading.draft().socket.congestion = text(assignment)),
            flag("KeepAlive", SocketSwitch.KEEP_ALIVE),
            seconds("KeepAliveTimeSec", SocketSwitch.KEEP_ALIVE_TIME),
            seconds("KeepAliveIntervalSec", SocketSwitch.KEEP_ALIVE_INTERVAL),
            count("KeepAliveProbes", SocketSwitch.KEEP_ALIVE_PROBES, 0),
            flag("NoDelay", SocketSwitch.NO_DELAY),
            seconds("DeferAcceptSec", SocketSwitch.DEFER_ACCEPT),
            count("Priority", SocketSwitch.PRIORITY, Integer.MIN_VALUE),
            size("ReceiveBuffer", SocketSwitch.RECEIVE_BUFFER),
            size("SendBuffer", SocketSwitch.SEND_BUFFER),
            Key.honoured(SOCKET, "IPTOS", "A name or a number", SocketKeys::serviceType),
            count("IPTTL", SocketSwitch.TIME_TO_LIVE, 1),
            count("Mark", SocketSwitch.MARK, 0),
            flag("ReusePort", SocketSwitch.REUSE_PORT),
            flag("FreeBind", SocketSwitch.FREE_BIND),
            flag("Transparent", SocketSwitch.TRANSPARENT),
            flag("Broadcast", SocketSwitch.BROADCAST),
            flag("PassCredentials", SocketSwitch.PASS_CREDENTIALS),
            flag("PassSecurity", SocketSwitch.PASS_SECURITY),
            flag("PassPacketInfo", SocketSwitch.PASS_PACKET_INFO),
            Key.honoured(
                    SOCKET,
                    "PipeSize",
                    "The size of named pipes",
                    (assignment, reading) -> reading.size(assignment)
                            .ifPresent(size -> reading.draft().socket.pipeSize = OptionalInt.of(size))),
            Key.honoured(
                    SOCKET,
                    "TriggerLimitIntervalSec",
                    "The time in which activations are counted",
                    (assignment, reading) -> reading.duration(assignment)
                            .ifPresent(span -> reading.draft().socket.triggerInterval = Optional.of(span))),
            number(
                    "TriggerLimitBurst",
                    "How many activations there may be",
                    (draft, count) -> draft.triggerBurst = Optional.of(count)),
            Key.honoured(
                    SOCKET,
                    "TimeoutSec",
                    "How long each of its commands may take",
                    (assignment, reading) -> reading.timeout(assignment)
                            .ifPresent(limit -> reading.draft().socket.longestCommand = limit.most())),
            command("ExecStartPre", Step.PRE, "Runs before they are opened"),
            command("ExecStartPost", Step.POST, "Runs once they are open"),
            command("ExecStopPre", Step.STOP, "Runs before they are closed"),
            command("ExecStopPost", Step.STOP_POST, "Runs once they are closed"),
            refused("ListenNetlink", "messages of the kernel are not waited for"),
            refused("ListenSpecial", "files of devices are not waited for"),
            refused("ListenMessageQueue", "POSIX message queues are not waited for"),
            refused("ListenUSBFunction", "USB gadgets are not served"),
            refused("SocketProtocol", "only TCP, UDP and unix sockets are opened"),
            Key.inert(SOCKET, "Timestamping", "datagrams carry no time"),
            Key.inert(SOCKET, "Writable", "ListenSpecial= is not supported"),
            Key.inert(SOCKET, "MessageQueueMaxMessages", "ListenMessageQueue= is not supported"),
            Key.inert(SOCKET, "MessageQueueMessageSize", "ListenMessageQueue= is not supported"),
            Key.inert(SOCKET, "SmackLabel", "security labels are not set"),
            Key.inert(SOCKET, "SmackLabelIPIn", "security labels are not set"),
            Key.inert(SOCKET, "SmackLabelIPOut", "security labels are not set"),
            Key.inert(SOCKET, "SELinuxContextFromNet", "security labels are not set"),
            Key.inert(SOCKET, "PollLimitIntervalSec", "it belongs to a later systemd than 252"),
            Key.inert(SOCKET, "PollLimitBurst", "it belongs to a later systemd than 252"),
            Key.inert(SOCKET, "PassFileDescriptorsToExec", "it belongs to a later systemd than 252"));

    private SocketKeys() {}

    private static Key listen(String name, Kind kind, String note) {
        return Key.honoured(SOCKET, name, note, (assignment, reading) -> {
            List<ListenPoint> listens = reading.draft().socket.listens;
            if (assignment.value().isEmpty()) {
                // systemd forgets all of them, of whatever kind.
                listens.clear();
                return;
            }
            Optional<ListenPoint> point = reading.text(assignment)
                    .flatMap(text -> ListenText.parse(text, kind, reading.options(), assignment.span()));
            point.ifPresentOrElse(
                    listens::add,
                    () -> reading.ignore(
                            assignment,
                            "Failed to parse address value, ignoring: ",
                            "a path from / on, @name, a port, an IPv4 address with a port, or [IPv6]:port"));
        });
    }

    private static void fifo(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().socket.listens.clear();
        } else {
            reading.path(assignment)
                    .ifPresent(
                            path -> reading.draft().socket.listens.add(new ListenPoint.Fifo(path, assignment.span())));
        }
    }

    private static void service(Assignment assignment, Reading reading) {
        Optional<String> text = reading.text(assignment).filter(name -> !name.isEmpty());
        if (text.isEmpty()) {
            return;
        }
        Optional<UnitName> unit = UnitName.parse(text.get());
        if (unit.isPresent() && unit.get().suffix().equals("service")) {
            reading.draft().socket.service = text;
            reading.draft().socket.serviceSpan = Optional.of(assignment.span());
        } else {
            reading.ignore(assignment, "Unit must be of type service, ignoring: ", "such as app.service");
        }
    }

    private static void name(Assignment assignment, Reading reading) {
        Optional<String> name = reading.text(assignment);
        boolean isUsable = name.isPresent()
                && name.get().length() <= LARGEST_DESCRIPTOR_NAME
                && name.get().chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ':');
        if (isUsable) {
            reading.draft().socket.descriptorName = name.filter(one -> !one.isEmpty());
        } else {
            reading.ignore(
                    assignment,
                    "Invalid file descriptor name, ignoring: ",
                    "up to 255 letters of ASCII without a colon");
        }
    }

    private static void links(Assignment assignment, Reading reading) {
        List<Path> links = reading.draft().socket.links;
        if (assignment.value().isEmpty()) {
            links.clear();
        }
        reading.draft().socket.linksSpan = Optional.of(assignment.span());
        for (Words.Word word : reading.words(assignment)) {
            if (word.text().startsWith("/")) {
                links.add(reading.options().resolve(word.text()));
            } else {
                reading.ignore(assignment, "Symlink path is not absolute, ignoring: ", "a path from / on");
            }
        }
    }

    private static void ipv6Only(Assignment assignment, Reading reading) {
        ServiceKeys.choose(assignment, reading, BOTH, "Failed to parse bind IPv6 only value, ignoring: ")
                .ifPresent(only -> {
                    Map<SocketSwitch, Integer> switches = reading.draft().socket.switches;
                    switches.remove(SocketSwitch.IPV6_ONLY);
                    only.ifPresent(value -> switches.put(SocketSwitch.IPV6_ONLY, value ? 1 : 0));
                });
    }

    private static void serviceType(Assignment assignment, Reading reading) {
        Integer named = SERVICE_TYPES.get(assignment.value().text());
        Optional<Integer> type = named == null ? reading.number(assignment, 0, 255) : Optional.of(named);
        type.ifPresent(value -> reading.draft().socket.switches.put(SocketSwitch.TYPE_OF_SERVICE, value));
    }

    private static Optional<String> text(Assignment assignment) {
        return Optional.of(assignment.value().text()).filter(text -> !text.isEmpty());
    }

    private static Key command(String name, Step step, String note) {
        return Key.honoured(SOCKET, name, note, (assignment, reading) -> CommandLines.read(assignment, reading, step));
    }

    private static Key refused(String name, String reason) {
        return Key.refused(SOCKET, name, reason);
    }

    private static Key bool(String name, String note, BiConsumer<SocketDraft, Boolean> field) {
        return Key.honoured(
                SOCKET,
                name,
                note,
                (assignment, reading) ->
                        reading.bool(assignment).ifPresent(on -> field.accept(reading.draft().socket, on)));
    }

    private static Key number(String name, String note, BiConsumer<SocketDraft, Integer> field) {
        return Key.honoured(
                SOCKET,
                name,
                note,
                (assignment, reading) -> reading.number(assignment, 0, Integer.MAX_VALUE)
                        .ifPresent(count -> field.accept(reading.draft().socket, count)));
    }

    private static Key mode(String name, String note, BiConsumer<SocketDraft, Integer> field) {
        return Key.honoured(
                SOCKET,
                name,
                note,
                (assignment, reading) ->
                        reading.mode(assignment).ifPresent(mode -> field.accept(reading.draft().socket, mode)));
    }

    private static Key owner(String name, BiConsumer<SocketDraft, Optional<Named>> field) {
        return Key.partly(
                SOCKET,
                name,
                "Only root may give files away; otherwise, and for an unknown name, a warning",
                (assignment, reading) -> reading.text(assignment)
                        .ifPresent(text -> field.accept(
                                reading.draft().socket,
                                text.isEmpty() ? Optional.empty() : Optional.of(new Named(text, assignment.span())))));
    }

    private static Key flag(String name, SocketSwitch which) {
        return option(
                name, which, asked -> asked.reading().bool(asked.assignment()).map(on -> on ? 1 : 0));
    }

    private static Key count(String name, SocketSwitch which, int least) {
        return option(name, which, asked -> asked.reading().number(asked.assignment(), least, Integer.MAX_VALUE));
    }

    private static Key seconds(String name, SocketSwitch which) {
        return option(
                name,
                which,
                asked -> asked.reading().duration(asked.assignment()).map(span ->
                        (int) Math.min(Integer.MAX_VALUE, span.plusMillis(999).toSeconds())));
    }

    private static Key size(String name, SocketSwitch which) {
        return option(name, which, asked -> asked.reading().size(asked.assignment()));
    }

    private record Asked(Assignment assignment, Reading reading) {}

    private static Key option(String name, SocketSwitch which, Function<Asked, Optional<Integer>> value) {
        return Key.honoured(SOCKET, name, "As the kernel's option of that name", (assignment, reading) -> {
            if (assignment.value().isEmpty()) {
                reading.draft().socket.switches.remove(which);
            } else {
                value.apply(new Asked(assignment, reading))
                        .ifPresent(number -> reading.draft().socket.switches.put(which, number));
            }
        });
    }
}
