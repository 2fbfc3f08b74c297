package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes named locations of the services that one listener leads to, and the rules that choose among them.
final class Services {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String UPGRADED = " (upgraded)";

    private final Reading reading;
    private final Program program;
    private final Servers servers;
    private final Forwards forwards;
    private final Logs logs;

    Services(Reading reading, Program program, Servers servers, Logs logs) {
        this.reading = reading;
        this.program = program;
        this.servers = servers;
        this.forwards = new Forwards(reading, program);
        this.logs = logs;
    }

    /// @param rules that choose, in order
    record Choice(List<Rule> rules, List<Location> locations) {}

    Choice of(Statement listener, Places places, Errors errors, List<ResponseRule> responses) {
        List<Rule> rules = new ArrayList<>();
        List<Location> locations = new ArrayList<>();
        List<Statement> all = new ArrayList<>(listener.each("Service"));
        all.addAll(program.all().each("Service"));
        for (Statement service : all) {
            if (!Controls.isThere(program)
                    && service.last("Disabled").map(reading::truth).orElse(false)) {
                continue;
            }
            Conditions conditions = conditions(service, false);
            Optional<Condition> condition = condition(service, conditions);
            String name = name(service);
            List<Rule> enter = enter(service, name);
            rules.addAll(
                    condition.isEmpty()
                            ? enter
                            : List.of(new Rule.When(condition.get(), enter, Optional.empty(), service.origin())));
            List<ResponseRule> own =
                    new ArrayList<>(new Edits(conditions(service, true)).responses(service.children()));
            own.addAll(responses);
            Settings settings = places.settings(errors.of(), own, logs.of(listener, service));
            locations.addAll(locations(listener, service, name, conditions, settings, errors));
        }
        return new Choice(rules, locations);
    }

    /// What a service asks for, and that nobody has switched it off.
    private Optional<Condition> condition(Statement service, Conditions conditions) {
        Optional<Condition> own = conditions.all(service.children());
        return Controls.isOn(service, program, reading)
                .map(isOn -> own.<Condition>map(asked -> new Condition.AllOf(List.of(isOn, asked)))
                        .orElse(isOn))
                .or(() -> own);
    }

    private Conditions conditions(Statement service, boolean isResponse) {
        boolean ignoresCase =
                service.last("IgnoreCase").map(reading::truth).orElseGet(() -> program.isOn("IgnoreCase"));
        return new Conditions(reading, program.networks(), new Matches(), isResponse, ignoresCase);
    }

    /// A service is known by its name and by where it stands.
    static String name(Statement service) {
        String place = "service at " + service.origin().fileAndLine();
        return service.args().isEmpty() ? place : service.text(0) + ", " + place;
    }

    static boolean isForwarding(Statement service) {
        return !service.each("BackEnd", "UseBackend", "Emergency").isEmpty();
    }

    /// WebSockets have times of their own, so they are led apart.
    private static List<Rule> enter(Statement service, String name) {
        Rule plain = new Rule.Enter(name, service.origin());
        if (!isForwarding(service)) {
            return List.of(plain);
        }
        Condition upgrades = new Condition.Present(new Variable.RequestHeader("upgrade"));
        Rule apart = new Rule.Enter(name + UPGRADED, service.origin());
        return List.of(new Rule.When(upgrades, List.of(apart), Optional.empty(), service.origin()), plain);
    }

    private List<Location> locations(
            Statement listener,
            Statement service,
            String name,
            Conditions conditions,
            Settings settings,
            Errors errors) {
        Edits edits = new Edits(conditions);
        List<Rule> rules = new ArrayList<>(edits.removals(service.children()));
        rules.addAll(edits.requests(service.children()));
        Optional<Rule> answer = answer(service, conditions, errors);
        if (answer.isPresent() || !isForwarding(service)) {
            rules.add(answer.orElseGet(() -> new Rule.Answer(503, Optional.empty(), service.origin())));
            return List.of(location(name, rules, settings, new Action.ServeFiles(service.origin()), service));
        }
        Servers.Group group = servers.of(service, name);
        rules.addAll(destination(listener, group));
        return List.of(
                location(name, rules, settings, forward(listener, service, group, false), service),
                location(name + UPGRADED, rules, settings, forward(listener, service, group, true), service));
    }

    private Action forward(Statement listener, Statement service, Servers.Group group, boolean upgraded) {
        return new Action.ForwardTo(forwards.of(listener, service, group, upgraded), service.origin());
    }

    private static Location location(
            String name, List<Rule> rules, Settings settings, Action action, Statement service) {
        return new Location(new Location.Match.Named(name), rules, settings, action, List.of(), true, service.origin());
    }

    /// `RewriteDestination`.
    private List<Rule> destination(Statement listener, Servers.Group group) {
        Optional<Statement> wanted = listener.last("RewriteDestination").filter(reading::truth);
        Optional<String> server = Forwards.destination(group);
        if (wanted.isEmpty() || server.isEmpty()) {
            return List.of();
        }
        var at = wanted.get().origin();
        return List.of(new Rule.EditField(
                new FieldEdit.Replace(
                        "Destination",
                        reading.regex("^https?://[^/]+(.*)$", true, at),
                        new Template(
                                List.of(
                                        new Template.Part.Literal(server.get()),
                                        new Template.Part.Reference(new Variable.Capture(1))),
                                at),
                        false),
                at));
    }

    private Optional<Rule> answer(Statement service, Conditions conditions, Errors errors) {
        Optional<Statement> redirect = service.last("Redirect");
        if (redirect.isPresent()) {
            return Optional.of(redirect(redirect.get(), conditions));
        }
        return service.last("Error").map(error -> {
            int status = reading.number(error, 0, 400, 599).orElse(503);
            return error.args().size() < 2
                    ? errors.answer(status, error.origin())
                    : Errors.answer(
                            status,
                            reading.text(
                                            reading.path(error.text(1)),
                                            error.arg(1).span())
                                    .orElse(""),
                            error.origin());
        });
    }

    private Rule redirect(Statement redirect, Conditions conditions) {
        boolean hasCode = redirect.args().size() > 1;
        int status = hasCode ? reading.number(redirect, 0, 301, 308).orElse(302) : 302;
        if (!REDIRECTS.contains(status)) {
            reading.problems()
                    .error(
                            "pound.redirect",
                            redirect.arg(0).span(),
                            "invalid status code " + status,
                            "301, 302, 303, 307 or 308");
        }
        Word url = redirect.arg(hasCode ? 1 : 0);
        if (!url.text().matches("(?is)https?://.*|.*(\\$|%\\[).*|/.*")) {
            reading.problems()
                    .error(
                            "pound.redirect",
                            url.span(),
                            "Redirect bad URL \"" + url.text() + "\"",
                            "such as \"https://www.example.org\"");
        }
        Template to = new Expansion(reading.problems(), conditions.matches()).template(url);
        if (isForHostAlone(url)) {
            List<Template.Part> parts = new ArrayList<>(to.parts());
            parts.add(new Template.Part.Reference(new Variable.Builtin(Attribute.RAW_TARGET)));
            to = new Template(parts, url.span());
        }
        return new Rule.Respond(
                status,
                Optional.of(Template.constant("text/html", url.span())),
                new Content.Text(page(to, url)),
                List.of(new Forward.FieldAssignment("Location", to, url.span())),
                redirect.origin());
    }

    /// A host alone is asked for the same thing.
    static boolean isForHostAlone(Word url) {
        return !Expansion.hasReferences(url.text()) && url.text().matches("(?i)https?://[^/]+");
    }

    private static Template page(Template to, Word url) {
        List<Template.Part> parts = new ArrayList<>();
        parts.add(new Template.Part.Literal(
                "<!DOCTYPE html><html><head><title>Redirect</title></head><body><h1>Redirect</h1><p>"
                        + "This is to be found elsewhere.</p></body></html>\n"));
        return new Template(parts, to.isConstant() ? to.origin() : url.span());
    }
}
