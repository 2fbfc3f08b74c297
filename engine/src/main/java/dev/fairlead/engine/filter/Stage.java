package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import java.util.function.UnaryOperator;

/// An output that changes the bytes of a body, and behind which others may have to do so too.
interface Stage extends BodyOutput {
    /// Puts an output behind this one and behind the stages that are there already.
    ///
    /// @param make given what it passes its bytes to
    void addBehind(UnaryOperator<BodyOutput> make);

    /// The same for an exchange whose output may be no stage.
    static void add(Exchange exchange, UnaryOperator<BodyOutput> make) {
        exchange.replaceOutput(behind(exchange.output(), make));
    }

    /// What takes the place of an output when there is one more behind the stages that begin with it.
    static BodyOutput behind(BodyOutput output, UnaryOperator<BodyOutput> make) {
        if (output instanceof Stage stage) {
            stage.addBehind(make);
            return stage;
        }
        return make.apply(output);
    }
}
