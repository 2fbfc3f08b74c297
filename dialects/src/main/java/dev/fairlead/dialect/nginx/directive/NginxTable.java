package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.DirectiveTable;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;

/// All directives of nginx that Fairlead knows of: those it follows, those without effect, those it refuses.
public final class NginxTable {
    private static final DirectiveTable<Context, Setter> TABLE = new DirectiveTable<>(Rows.join(
            ProcessDirectives.rows(),
            ServerDirectives.rows(),
            HeadDirectives.rows(),
            LocationDirectives.rows(),
            FolderDirectives.rows(),
            FileDirectives.rows(),
            TypeDirectives.rows(),
            BodyDirectives.rows(),
            DavDirectives.rows(),
            ConnectionDirectives.rows(),
            ResponseDirectives.rows(),
            HeadersMoreDirectives.rows(),
            CompressionDirectives.rows(),
            SubstitutionDirectives.rows(),
            RedirectDirectives.rows(),
            ErrorDirectives.rows(),
            LoggingDirectives.rows(),
            AccessDirectives.rows(),
            ProofDirectives.rows(),
            MirrorDirectives.rows(),
            LimitDirectives.rows(),
            ClientAddressDirectives.rows(),
            TlsDirectives.rows(),
            OpensslDirectives.rows(),
            RewriteDirectives.rows(),
            MapDirectives.rows(),
            GeoDirectives.rows(),
            UpstreamDirectives.rows(),
            ProxyPass.rows(),
            ProxyDirectives.rows(),
            ProxyResponseDirectives.rows(),
            ProxyRewriteDirectives.rows(),
            CacheDirectives.rows(),
            ProxyTlsDirectives.rows(),
            ResolverDirectives.rows(),
            IdleDirectives.rows(),
            ApplicationDirectives.rows(),
            StreamDirectives.rows(),
            StreamProxyDirectives.rows(),
            ForeignDirectives.rows()));

    private NginxTable() {}

    public static DirectiveTable<Context, Setter> table() {
        return TABLE;
    }

    /// Whether a directive that Fairlead refuses is only switched off.
    public static boolean isSwitchedOff(Statement statement) {
        return ForeignDirectives.isSwitchedOff(statement);
    }
}
