package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes listeners: what is taken, what is put on requests, and which service gets them.
final class Listeners {
    private static final Duration CLIENT = Duration.ofSeconds(10);
    private static final List<List<String>> METHODS = List.of(
            List.of("GET", "POST", "HEAD"),
            List.of("PUT", "PATCH", "DELETE"),
            List.of(
                    "LOCK",
                    "UNLOCK",
                    "PROPFIND",
                    "PROPPATCH",
                    "SEARCH",
                    "MKCOL",
                    "MOVE",
                    "COPY",
                    "OPTIONS",
                    "TRACE",
                    "MKACTIVITY",
                    "CHECKOUT",
                    "MERGE",
                    "REPORT"),
            List.of(
                    "SUBSCRIBE",
                    "UNSUBSCRIBE",
                    "NOTIFY",
                    "BPROPFIND",
                    "BPROPPATCH",
                    "POLL",
                    "BMOVE",
                    "BCOPY",
                    "BDELETE",
                    "CONNECT"),
            List.of("RPC_IN_DATA", "RPC_OUT_DATA"),
            List.of("VERSION-CONTROL"));

    private final Reading reading;
    private final Program program;
    private final Tls tls;
    private final Servers servers;
    private final Services services;
    private final Logs logs;
    private final Map<Address, Statement> taken = new HashMap<>();

    Listeners(Reading reading, Program program, Tls tls, Servers servers) {
        this.reading = reading;
        this.program = program;
        this.tls = tls;
        this.servers = servers;
        this.logs = new Logs(reading, program);
        this.services = new Services(reading, program, servers, logs);
    }

    Optional<HttpListener> of(Statement listener) {
        Optional<Address> address = servers.listening(listener);
        VirtualHost host = host(listener);
        boolean isSecured = listener.is("ListenHTTPS");
        List<VirtualHost> hosts = isSecured ? secured(listener, host) : List.of(host);
        if (address.isEmpty() || hosts.isEmpty()) {
            return Optional.empty();
        }
        Statement other = taken.putIfAbsent(address.get(), listener);
        if (other != null) {
            reading.problems()
                    .error(
                            "pound.address",
                            listener.origin(),
                            address.get().text() + " is taken by another listener",
                            "first at " + other.origin().fileAndLine());
        }
        return Optional.of(new HttpListener(
                address.get(),
                SocketOptions.DEFAULT,
                isSecured,
                false,
                false,
                hosts,
                hosts.getFirst(),
                listener.origin()));
    }

    /// A host for each certificate: the client's SNI chooses, the first is for all others.
    private List<VirtualHost> secured(Statement listener, VirtualHost host) {
        List<VirtualHost> hosts = new ArrayList<>();
        for (TlsIdentity identity : tls.identities(listener)) {
            List<VirtualHost.ServerName> names = new CertificateNames(reading)
                    .of(identity).stream().map(Listeners::name).toList();
            TlsServer server = tls.server(listener, identity);
            hosts.add(new VirtualHost(
                    names,
                    Optional.of(server),
                    host.head(),
                    host.rules(),
                    host.settings(),
                    host.action(),
                    host.locations(),
                    identity.origin()));
        }
        return hosts;
    }

    private static VirtualHost.ServerName name(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("*.")
                ? new VirtualHost.ServerName.Leading(text, lower.substring(1), false)
                : new VirtualHost.ServerName.Exact(lower);
    }

    private VirtualHost host(Statement listener) {
        Conditions conditions = new Conditions(reading, program.networks(), new Matches(), false, false);
        Conditions ofResponses = new Conditions(reading, program.networks(), new Matches(), true, false);
        Edits edits = new Edits(conditions);
        Errors errors = new Errors(reading, listener);
        Places places = new Places(
                listener.last("Client")
                        .flatMap(reading::seconds)
                        .or(() -> program.seconds("Client"))
                        .orElse(CLIENT),
                listener.last("MaxRequest")
                        .flatMap(most -> reading.number(most, 0, 0, Integer.MAX_VALUE))
                        .orElse(0));
        List<ResponseRule> responses = new ArrayList<>(CombinedFields.ofResponses(program));
        responses.addAll(new Edits(ofResponses).responses(listener.children()));
        List<Rule> rules = new ArrayList<>(Controls.refusals(listener, program, reading));
        rules.addAll(refusals(listener));
        rules.addAll(CombinedFields.ofRequests(program));
        rules.addAll(edits.removals(listener.children()));
        rules.addAll(builtIn(listener));
        rules.addAll(edits.requests(listener.children()));
        Services.Choice choice = services.of(listener, places, errors, responses);
        Settings settings = places.settings(errors.of(), responses, logs.of(listener));
        List<Location> locations = new ArrayList<>(choice.locations());
        listener.last("ACME").ifPresent(acme -> {
            rules.add(Challenges.enter(acme, reading));
            locations.add(Challenges.location(acme, settings, reading));
        });
        rules.addAll(choice.rules());
        rules.add(new Rule.Answer(503, Optional.empty(), listener.origin()));
        locations.addAll(errors.locations(settings));
        return new VirtualHost(
                List.of(),
                Optional.empty(),
                places.head(),
                rules,
                settings,
                new Action.ServeFiles(listener.origin()),
                locations,
                listener.origin());
    }

    /// What is not taken: methods, URLs that do not match, URLs that are too long.
    private List<Rule> refusals(Statement listener) {
        List<Rule> rules = new ArrayList<>();
        Optional<Statement> level = listener.last("xHTTP");
        int most = level.flatMap(statement -> reading.number(statement, 0, 0, METHODS.size() - 1))
                .orElse(0);
        List<String> methods =
                METHODS.subList(0, most + 1).stream().flatMap(List::stream).toList();
        Span at = level.map(Statement::origin).orElse(listener.origin());
        Template method = Template.of(new Variable.Builtin(Attribute.METHOD), at);
        rules.add(refusal(
                new Condition.Not(new Condition.OneOf(method, new TextSet(TextSet.How.EXACT, false, methods), false)),
                501,
                at));
        Variable target = new Variable.Builtin(Attribute.RAW_TARGET);
        listener.last("MaxURI")
                .flatMap(statement -> reading.number(statement, 0, 1, Integer.MAX_VALUE - 1)
                        .map(longest -> refusal(
                                new Condition.InNumbers(
                                        Template.of(
                                                new Variable.Converted(target, Conversion.Plain.LENGTH),
                                                statement.origin()),
                                        List.of(new NumberRange(longest + 1L, Long.MAX_VALUE)),
                                        false),
                                414,
                                statement.origin())))
                .ifPresent(rules::add);
        listener.last("CheckURL")
                .map(statement -> refusal(
                        new Condition.Not(new Condition.FindsAny(
                                Template.of(target, statement.origin()),
                                List.of(reading.regex(
                                        statement.text(0),
                                        false,
                                        statement.arg(0).span())),
                                false)),
                        501,
                        statement.origin()))
                .ifPresent(rules::add);
        return rules;
    }

    private static Rule refusal(Condition condition, int status, Span at) {
        return new Rule.When(condition, List.of(new Rule.Answer(status, Optional.empty(), at)), Optional.empty(), at);
    }

    /// What a `HeaderOption` may switch.
    private enum Told {
        FORWARDED,
        SSL
    }

    /// Fields that tell servers about the client.
    private List<Rule> builtIn(Statement listener) {
        EnumSet<Told> told = EnumSet.allOf(Told.class);
        List<Statement> said = new ArrayList<>(program.all().each("HeaderOption"));
        said.addAll(listener.each("HeaderOption"));
        said.forEach(statement -> statement.args().forEach(word -> option(word, told)));
        Span at = listener.origin();
        List<Rule> rules = new ArrayList<>();
        if (told.contains(Told.FORWARDED)) {
            rules.add(set("X-Forwarded-For", Forwards.clients(at), at));
            rules.add(set("X-Forwarded-Proto", value(Attribute.SCHEME, at), at));
            rules.add(set("X-Forwarded-Port", value(Attribute.SERVER_PORT, at), at));
        }
        if (told.contains(Told.SSL) && listener.is("ListenHTTPS")) {
            rules.addAll(aboutTls(listener, at));
        }
        return rules;
    }

    private static List<Rule> aboutTls(Statement listener, Span at) {
        List<Rule> rules = new ArrayList<>();
        Template cipher = new Template(
                List.of(
                        new Template.Part.Reference(new Variable.Builtin(Attribute.TLS_PROTOCOL)),
                        new Template.Part.Literal("/"),
                        new Template.Part.Reference(new Variable.Builtin(Attribute.TLS_CIPHER))),
                at);
        rules.add(set("X-SSL-Cipher", cipher, at));
        Map<String, Attribute> fields = new java.util.LinkedHashMap<>();
        fields.put("X-SSL-Subject", Attribute.TLS_CLIENT_SUBJECT);
        fields.put("X-SSL-Issuer", Attribute.TLS_CLIENT_ISSUER);
        fields.put("X-SSL-NotBefore", Attribute.TLS_CLIENT_VALID_FROM);
        fields.put("X-SSL-NotAfter", Attribute.TLS_CLIENT_VALID_UNTIL);
        fields.put("X-SSL-Serial", Attribute.TLS_CLIENT_SERIAL);
        fields.put("X-SSL-Certificate", Attribute.TLS_CLIENT_CERTIFICATE);
        // Nobody but us may say who the client is.
        fields.keySet()
                .forEach(name ->
                        rules.add(new Rule.EditField(new FieldEdit.Remove(new FieldEdit.Names.Named(name)), at)));
        if (listener.last("ClientCert").isPresent()) {
            List<Rule> shown = new ArrayList<>();
            fields.forEach((name, attribute) -> shown.add(set(name, value(attribute, at), at)));
            rules.add(new Rule.When(
                    new Condition.IsTrue(value(Attribute.TLS_CLIENT_SERIAL, at)), shown, Optional.empty(), at));
        }
        return rules;
    }

    private void option(Word word, EnumSet<Told> told) {
        String text = word.text().toLowerCase(Locale.ROOT);
        boolean off = text.startsWith("no-");
        switch (off ? text.substring(3) : text) {
            case "none" -> told.clear();
            case "all" -> told.addAll(EnumSet.allOf(Told.class));
            case "forwarded" -> turn(Told.FORWARDED, off, told);
            case "ssl" -> turn(Told.SSL, off, told);
            default ->
                reading.problems()
                        .error(
                                "pound.header-option",
                                word.span(),
                                "unknown option \"" + word.text() + "\"",
                                "forwarded, ssl, none, all, no-forwarded or no-ssl");
        }
    }

    private static void turn(Told what, boolean off, EnumSet<Told> told) {
        if (off) {
            told.remove(what);
        } else {
            told.add(what);
        }
    }

    private static Template value(Attribute attribute, Span at) {
        return Template.of(new Variable.Builtin(attribute), at);
    }

    private static Rule set(String name, Template value, Span at) {
        return new Rule.EditField(new FieldEdit.Set(name, value), at);
    }
}
