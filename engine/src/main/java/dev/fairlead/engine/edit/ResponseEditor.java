package dev.fairlead.engine.edit;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.source.Span;
import java.util.List;

/// A compiled change of a response's header fields. Fields that have a member of their own in [Response] are put
/// among the others for the change, and taken out again.
final class ResponseEditor {
    /// Written by the carrier, which alone knows how the body is framed and the connection goes on.
    private static final List<FieldName> FRAMING =
            List.of(FieldName.CONTENT_LENGTH, FieldName.TRANSFER_ENCODING, FieldName.CONNECTION, FieldName.KEEP_ALIVE);

    private final FieldEditor editor;
    private final boolean touchesMembers;
    private final boolean isOfServer;

    private ResponseEditor(FieldEditor editor, boolean touchesMembers, boolean isOfServer) {
        this.editor = editor;
        this.touchesMembers = touchesMembers;
        this.isOfServer = isOfServer;
    }

    /// @param origin where the change is asked for
    static ResponseEditor compile(FieldEdit edit, Span origin, CompileContext context) {
        FieldEditor editor = FieldEditor.compile(edit, context);
        return switch (edit) {
            case FieldEdit.Set set -> ofName(editor, set.name(), origin, context);
            case FieldEdit.Add add -> ofName(editor, add.name(), origin, context);
            case FieldEdit.Replace replace -> ofName(editor, replace.name(), origin, context);
            case FieldEdit.Remove(FieldEdit.Names.Named(String name)) -> ofName(editor, name, origin, context);
            case FieldEdit.Remove remove -> new ResponseEditor(editor, true, false);
        };
    }

    private static ResponseEditor ofName(FieldEditor editor, String text, Span origin, CompileContext context) {
        FieldName name = FieldName.of(Text.bytes(text));
        if (FRAMING.contains(name)) {
            context.problems()
                    .warning(
                            "engine.framing",
                            origin,
                            "the field " + name
                                    + " is left as it is: how an answer is framed is decided when it is sent");
            return new ResponseEditor((exchange, fields) -> {}, false, false);
        }
        boolean isMember = name.equals(FieldName.CONTENT_TYPE)
                || name.equals(FieldName.LAST_MODIFIED)
                || name.equals(FieldName.SERVER);
        return new ResponseEditor(editor, isMember, name.equals(FieldName.SERVER));
    }

    void apply(Exchange exchange) {
        Response response = exchange.response();
        Fields fields = response.fields();
        if (!touchesMembers) {
            editor.apply(exchange, fields);
            return;
        }
        if (!response.contentType().isEmpty()) {
            fields.add(FieldName.CONTENT_TYPE, response.contentType());
        }
        if (!response.serverField().isEmpty()) {
            fields.add(FieldName.SERVER, response.serverField());
        }
        long modified = response.lastModified();
        String time = modified < 0 ? "" : HttpDate.text(modified);
        if (modified >= 0) {
            fields.add(FieldName.LAST_MODIFIED, time);
            response.lastModified(Response.UNKNOWN);
        }
        editor.apply(exchange, fields);
        if (modified >= 0 && fields.value(FieldName.LAST_MODIFIED).equals(time)) {
            // Conditions and ranges are judged by the number.
            fields.remove(FieldName.LAST_MODIFIED);
            response.lastModified(modified);
        }
        response.contentType(fields.value(FieldName.CONTENT_TYPE));
        fields.remove(FieldName.CONTENT_TYPE);
        String server = fields.value(FieldName.SERVER);
        response.serverField(server);
        if (isOfServer) {
            response.hideServer(server.isEmpty());
        }
        fields.remove(FieldName.SERVER);
    }
}
