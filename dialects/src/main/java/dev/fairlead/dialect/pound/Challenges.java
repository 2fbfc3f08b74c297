package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// `ACME`: challenges of HTTP-01 are answered with files of a folder, named by the challenge.
final class Challenges {
    private static final String NAME = "acme";
    /// A challenge's name is made of these characters only, so that it cannot lead out of the folder.
    private static final String EXPRESSION = "^/\\.well-known/acme-challenge/([A-Za-z0-9_-]+)$";
    private static final Variable PATH = new Variable.Builtin(Attribute.RAW_PATH);

    private Challenges() {}

    static Rule enter(Statement acme, Reading reading) {
        Span at = acme.origin();
        Condition asked =
                new Condition.FindsAny(Template.of(PATH, at), List.of(reading.regex(EXPRESSION, false, at)), false);
        return new Rule.When(asked, List.of(new Rule.Enter(NAME, at)), Optional.empty(), at);
    }

    static Location location(Statement acme, Settings settings, Reading reading) {
        Span at = acme.origin();
        Variable challenge = new Variable.Converted(
                PATH,
                new Conversion.Replaced(
                        reading.regex(EXPRESSION, false, at), Template.of(new Variable.Capture(1), at), false));
        Template file = new Template(
                List.of(
                        new Template.Part.Literal(reading.path(acme.text(0)) + "/"),
                        new Template.Part.Reference(challenge)),
                at);
        FileServing.Place place = new FileServing.Place.Alias(file, Optional.empty(), at);
        return new Location(
                new Location.Match.Named(NAME),
                List.of(),
                Places.withFiles(settings, place),
                new Action.ServeFiles(at),
                List.of(),
                true,
                at);
    }
}
