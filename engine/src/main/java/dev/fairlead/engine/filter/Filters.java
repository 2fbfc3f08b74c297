package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.model.http.Settings;
import java.util.List;

/// The filters of a place, in the order in which they are applied.
public final class Filters {
    private Filters() {}

    public static List<HeadFilter> compile(Settings settings, CompileContext context) {
        return List.of();
    }
}
