package dev.fairlead.dialect.pound;

import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.control.Switchboard.Server;
import dev.fairlead.model.control.Switchboard.Switch;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// `Control`: the socket on which operators switch listeners, services and servers on and off.
final class Controls {
    private static final int OWNER_ONLY = 0600;
    /// The connection is closed without an answer.
    private static final int NO_ANSWER = 444;

    private final Reading reading;
    private final Program program;
    private final Servers servers;
    private final Forwards forwards;

    Controls(Reading reading, Program program, Servers servers) {
        this.reading = reading;
        this.program = program;
        this.servers = servers;
        this.forwards = new Forwards(reading, program);
    }

    /// Whether anything can be switched at all.
    static boolean isThere(Program program) {
        return program.all().last("Control").isPresent();
    }

    /// Known by its name or number, so that it stays as it is where lines before it come and go.
    private static Switch power(Statement thing, Program program, Reading reading) {
        boolean isDisabled = thing.is("Service")
                && thing.last("Disabled").map(reading::truth).orElse(false);
        String file = thing.origin().fileAndLine().replaceFirst(":\\d+$", "");
        return new Switch(file + " " + place(thing, program) + (isDisabled ? " is on" : " is off"), !isDisabled);
    }

    private static String place(Statement thing, Program program) {
        List<Statement> listeners = program.all().each("ListenHTTP", "ListenHTTPS");
        if (!thing.is("Service")) {
            return called(thing, listeners);
        }
        for (Statement listener : listeners) {
            List<Statement> own = listener.each("Service");
            if (isAmong(thing, own)) {
                return called(listener, listeners) + "/" + called(thing, own);
            }
        }
        return "-/" + called(thing, program.all().each("Service"));
    }

    private static boolean isAmong(Statement thing, List<Statement> all) {
        return all.stream().anyMatch(one -> one.origin().equals(thing.origin()));
    }

    private static String called(Statement thing, List<Statement> all) {
        long before = all.stream()
                .takeWhile(one -> !one.origin().equals(thing.origin()))
                .count();
        return thing.text(0).isEmpty() ? Long.toString(before) : "\"" + thing.text(0) + "\"";
    }

    /// That a service is on; empty if it always is.
    static Optional<Condition> isOn(Statement service, Program program, Reading reading) {
        return isThere(program)
                ? Optional.of(isOn(power(service, program, reading), service.origin()))
                : Optional.empty();
    }

    private static Condition isOn(Switch power, Span at) {
        Condition changed = new Condition.IsTrue(Template.of(new Variable.OfProcess(power.variable()), at));
        return power.initially() ? new Condition.Not(changed) : changed;
    }

    /// A listener that is off answers nobody.
    static List<Rule> refusals(Statement listener, Program program, Reading reading) {
        if (!isThere(program)) {
            return List.of();
        }
        Span at = listener.origin();
        return List.of(new Rule.When(
                new Condition.Not(isOn(power(listener, program, reading), at)),
                List.of(new Rule.Answer(NO_ANSWER, Optional.empty(), at)),
                Optional.empty(),
                at));
    }

    Optional<Switchboard> board() {
        return program.all().last("Control").flatMap(this::board);
    }

    private Optional<Switchboard> board(Statement control) {
        Optional<Statement> socket = control.args().isEmpty() ? control.last("Socket") : Optional.of(control);
        if (socket.isEmpty()) {
            reading.problems()
                    .error(
                            "pound.missing",
                            control.origin(),
                            "\"Control\" without \"Socket\"",
                            "say where it is: Socket \"/run/pound.sock\"");
            return Optional.empty();
        }
        boolean changes = control.last("ChangeOwner").map(reading::truth).orElse(false);
        List<Switchboard.Front> fronts = new ArrayList<>();
        program.all()
                .each("ListenHTTP", "ListenHTTPS")
                .forEach(listener -> front(listener).ifPresent(fronts::add));
        return Optional.of(new Switchboard(
                new Address.Unix(reading.path(socket.get().text(0))),
                OptionalInt.of(mode(control)),
                changes ? said("User") : Optional.empty(),
                changes ? said("Group") : Optional.empty(),
                fronts,
                services(program.all()),
                control.origin()));
    }

    private Optional<String> said(String name) {
        return program.all().last(name).map(statement -> statement.text(0));
    }

    private int mode(Statement control) {
        Optional<Statement> said = control.last("Mode").or(() -> program.all().last("ControlMode"));
        if (said.isEmpty()) {
            return OWNER_ONLY;
        }
        String text = said.get().text(0);
        if (!text.matches("[0-7]{1,4}")) {
            reading.problems()
                    .error(
                            "pound.mode",
                            said.get().arg(0).span(),
                            "bad mode \"" + text + "\"",
                            "an octal number such as 660");
            return OWNER_ONLY;
        }
        return Integer.parseInt(text, 8);
    }

    private Optional<Switchboard.Front> front(Statement listener) {
        return servers.listening(listener)
                .map(address -> new Switchboard.Front(
                        listener.text(0),
                        address,
                        listener.is("ListenHTTPS"),
                        power(listener, program, reading),
                        services(listener)));
    }

    private List<Switchboard.Service> services(Statement around) {
        return around.each("Service").stream().map(this::service).toList();
    }

    private Switchboard.Service service(Statement service) {
        String name = Services.name(service);
        List<Server> found = new ArrayList<>();
        Optional<Server> emergency = Optional.empty();
        if (Services.isForwarding(service)) {
            Servers.Group group = servers.of(service, name);
            for (Servers.Made made : group.made()) {
                if (made.statement().is("Emergency")) {
                    emergency = Optional.of(passing(group, made));
                } else {
                    found.add(passing(group, made));
                }
            }
        }
        service.last("Redirect").map(this::redirecting).ifPresent(found::add);
        service.last("Error")
                .flatMap(error -> reading.number(error, 0, 400, 599))
                .map(Server.Refusing::new)
                .ifPresent(found::add);
        Optional<Statement> session = service.last("Session");
        return new Switchboard.Service(
                service.text(0),
                power(service, program, reading),
                session.flatMap(there -> there.last("Type"))
                        .map(type -> type.text(0).toUpperCase(Locale.ROOT))
                        .orElse(""),
                session.map(there -> Sessions.table(name)),
                found,
                emergency);
    }

    private Server passing(Servers.Group group, Servers.Made made) {
        Forwards.Times times = forwards.times(made.statement());
        return new Server.Passing(
                group.upstream().name(),
                made.server().traits().name(),
                made.server().address(),
                made.statement().last("HTTPS").isPresent(),
                made.server().weight(),
                times.connect(),
                times.answer(),
                times.silence());
    }

    private Server redirecting(Statement redirect) {
        boolean hasCode = redirect.args().size() > 1;
        Word url = redirect.arg(hasCode ? 1 : 0);
        int status = hasCode ? reading.number(redirect, 0, 300, 399).orElse(302) : 302;
        return new Server.Redirecting(status, url.text(), Services.isForHostAlone(url));
    }
}
