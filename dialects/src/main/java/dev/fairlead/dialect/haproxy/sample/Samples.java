package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.http.Conversion;
import dev.fairlead.model.http.Variable;
import java.util.Optional;

/// Makes samples of expressions.
public final class Samples {
    private Samples() {}

    /// @throws IllegalArgumentException with the reason if a name or an argument is wrong
    public static Sample make(Expression expression, Surroundings around) {
        Sample sample = Fetches.make(expression.fetch(), around);
        for (Call call : expression.converters()) {
            Converter converter = Converters.find(call);
            sample = converted(sample, converter, converter.maker().make(call, around));
        }
        return sample;
    }

    private static Sample converted(Sample sample, Converter converter, Conversion how) {
        Kind kind = converter.result().orElse(sample.kind());
        Variable variable = new Variable.Converted(sample.variable(), how);
        Optional<Variable> list =
                isCaseOnly(how) ? sample.list().map(of -> new Variable.Converted(of, how)) : Optional.empty();
        return new Sample(variable, kind, list, Optional.empty());
    }

    /// What may be done to a list as a whole instead of to each of its members.
    private static boolean isCaseOnly(Conversion how) {
        return how == Conversion.Plain.LOWER_CASE || how == Conversion.Plain.UPPER_CASE;
    }
}
