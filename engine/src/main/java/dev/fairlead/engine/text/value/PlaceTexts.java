package dev.fairlead.engine.text.value;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Place;
import dev.fairlead.model.text.Attribute;
import org.jspecify.annotations.Nullable;

/// What variables ask of the place a request is in. Every place of the router is one.
public interface PlaceTexts extends Place {
    /// The first name of the virtual host.
    String serverName();

    /// The folder that paths are looked up in.
    Text documentRoot();

    /// The same with symbolic links resolved.
    Text realDocumentRoot();

    /// The file that the request's path stands for.
    Text requestFile();

    /// What a request can show for itself here; null where that is nothing.
    @Nullable
    String proof(Attribute of, Exchange exchange);
}
