package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.model.http.Redirects;
import java.util.List;

/// How redirects made here are written.
public final class RedirectDirectives {
    private static final Setting<Boolean> ABSOLUTE = Setting.of(Group.REDIRECTS, true);
    private static final Setting<Boolean> NAME = Setting.of(Group.REDIRECTS, false);
    private static final Setting<Boolean> PORT = Setting.of(Group.REDIRECTS, true);

    private RedirectDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.flag("absolute_redirect", HTTP_SERVER_LOCATION, ABSOLUTE, "Puts scheme and host into redirects."),
                Rows.flag(
                        "server_name_in_redirect",
                        HTTP_SERVER_LOCATION,
                        NAME,
                        "Puts the server's first name into redirects instead of the request's host."),
                Rows.flag("port_in_redirect", HTTP_SERVER_LOCATION, PORT, "Puts the port into redirects."));
    }

    public static Redirects build(Level level) {
        return new Redirects(level.value(ABSOLUTE), level.value(NAME), level.value(PORT));
    }
}
