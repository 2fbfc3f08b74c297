package dev.fairlead.dialect.haproxy.sample;

import static dev.fairlead.dialect.haproxy.sample.RequestFetches.builtin;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Short hashes of what is asked for, with and without who asks: the keys that stick tables count requests by.
final class PrintFetches {
    private static final Variable HOST = new Variable.FieldLine(Variable.Side.REQUEST, "host", 1);
    private static final Variable PATH = builtin(Attribute.RAW_PATH);

    private PrintFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        List<Variable> base = List.of(HOST, PATH);
        List<Variable> url = List.of(HOST, PATH, builtin(Attribute.QUERY_MARK), builtin(Attribute.QUERY));
        add(rows, "base32", "host and path as a number of 32 bits", base);
        add(rows, "url32", "host, path and query as a number of 32 bits", url);
        return rows;
    }

    private static void add(List<Fetch> rows, String name, String doc, List<Variable> of) {
        rows.add(new Fetch(
                name, 0, 0, doc, (call, around) -> Sample.of(number(composed(of, call.origin())), Kind.NUMBER)));
        rows.add(new Fetch(
                name + "+src",
                0,
                0,
                "the same as 4 bytes, and the client's address behind them",
                (call, around) -> Sample.of(withClient(composed(of, call.origin()), call.origin()), Kind.BYTES)));
    }

    private static Variable number(Variable of) {
        return new Variable.Converted(of, new Conversion.Hashed(Conversion.Hash.SDBM, true, 0));
    }

    private static Variable withClient(Variable of, Span origin) {
        return composed(
                List.of(
                        new Variable.Converted(number(of), Conversion.Plain.NUMBER_BYTES),
                        new Variable.Converted(builtin(Attribute.CLIENT_ADDRESS), Conversion.Plain.ADDRESS_BYTES)),
                origin);
    }

    private static Variable composed(List<Variable> variables, Span origin) {
        List<Template.Part> parts = variables.stream()
                .<Template.Part>map(Template.Part.Reference::new)
                .toList();
        return new Variable.Composed(new Template(parts, origin));
    }
}
