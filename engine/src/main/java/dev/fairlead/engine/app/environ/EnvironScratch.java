package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.worker.MarshalWriter;
import io.netty.util.concurrent.FastThreadLocal;

/// What one event loop uses again for each environ it writes, so that requests leave no garbage.
final class EnvironScratch implements FieldVariables.Filter {
    /// Names the part of the path that belongs to the application's place. Only trusted peers may send it, see
    /// [UnderscoreRule].
    private static final FieldName SCRIPT_NAME = FieldName.of("SCRIPT_NAME");

    private static final FastThreadLocal<EnvironScratch> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected EnvironScratch initialValue() {
            return new EnvironScratch();
        }
    };

    final MarshalWriter writer = new MarshalWriter(4096);
    final MarshalWriter own = new MarshalWriter(512);
    final SentPath path = new SentPath();
    final FieldVariables variables = new FieldVariables();
    private UnderscoreRule underscores = new UnderscoreRule(RequestView.DEFAULT);
    private boolean isTrusted;
    private byte[] script = {};
    private int scriptStart;
    private int scriptEnd;

    private EnvironScratch() {}

    static EnvironScratch ofThread() {
        return OF_THREAD.get();
    }

    /// Whether a request names its script, if it may.
    static boolean namesScript(Fields fields) {
        return fields.has(SCRIPT_NAME);
    }

    /// Another request.
    ///
    /// @param isTrusted whether its peer is
    /// @param scriptName unless the request names another
    void begin(Exchange exchange, UnderscoreRule rule, boolean isTrusted, byte[] scriptName) {
        this.underscores = rule;
        this.isTrusted = isTrusted;
        writer.clear();
        own.clear();
        path.find(exchange);
        script = scriptName;
        scriptStart = 0;
        scriptEnd = scriptName.length;
        findScript(exchange.head().fields());
    }

    private void findScript(Fields fields) {
        for (int field = fields.first(SCRIPT_NAME); field >= 0; field = fields.next(SCRIPT_NAME, field)) {
            if (underscores.passes(fields, field, isTrusted)) {
                script = fields.bytes();
                scriptStart = fields.valueStart(field);
                scriptEnd = fields.valueEnd(field);
            }
        }
    }

    /// Characters of the path that are SCRIPT_NAME; -1 if the path does not begin with it.
    int scriptLength() {
        return path.startsWith(script, scriptStart, scriptEnd) ? scriptEnd - scriptStart : -1;
    }

    void writeScript() {
        writer.text(script, scriptStart, scriptEnd);
    }

    @Override
    public boolean passes(Fields fields, int field) {
        int id = fields.id(field);
        return id != FieldName.CONTENT_TYPE.id()
                && id != FieldName.CONTENT_LENGTH.id()
                && underscores.passes(fields, field, isTrusted);
    }
}
